import type { FastifyInstance } from "fastify";
import { reachesStore } from "#domain/access/roles.ts";
import { idOf } from "#domain/ids.ts";
import { type CashPolicy, cashPolicyOf } from "#domain/shift/cash.ts";
import { reportRows, zReportTitle } from "#domain/shift/report-rows.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { StoreCash } from "#protocol/hq/shifts.ts";
import type { BookedReport } from "../shifts/port.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Asker } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStores, serve, storesAsked } from "./hq-call.ts";
import { calledIn, ShiftNames, shiftRowOf, zReportDetailOf, zReportRowOf } from "./shift-rows.ts";
import { SHIFT_CALLS } from "./shifts-calls.ts";
import { storeCalled } from "./store-called.ts";

/** What HQ sees of drawers and days, and how it decides that stores handle their cash (protocol/hq/shifts.ts). */
export function registerShiftsRoutes(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, publisher } = deps;
  serve(app, deps, SHIFT_CALLS.shifts, ({ query: { store: code, filter, limit }, asker }) =>
    storage.read(async (tx) => {
      const store = await storesAsked(tx, asker, code);
      const names = new ShiftNames(tx);
      const rows = [];
      for (const shift of await tx.shifts({ store, onlyOpen: filter === "open", limit }))
        rows.push(await shiftRowOf(names, shift));
      return { shifts: rows };
    }),
  );
  registerZReports(app, deps);
  serve(app, deps, SHIFT_CALLS.cashPolicies, async ({ asker }) => ({
    stores: ownStores(asker, await storage.read((tx) => tx.stores())).map(cashOf),
  }));
  serve(app, deps, SHIFT_CALLS.putCashPolicy, ({ params: { code }, body: cash }) =>
    publisher.publish(async (publication) => {
      const store = await storeCalled(publication.tx, code);
      if (amountsOf(cash).some(({ currency }) => currency !== store.currency))
        throw new Refusal("badRequest", `${store.name} keeps its amounts in ${store.currency}.`);
      const changed = { ...store, cash };
      await publication.putStore(changed);
      return cashOf(changed);
    }),
  );
}

function registerZReports(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, pdfs } = deps;
  serve(app, deps, SHIFT_CALLS.zReports, ({ query: { store: code, day = null, limit }, asker }) =>
    storage.read(async (tx) => {
      const { reports, total } = await tx.zReports({
        store: await storesAsked(tx, asker, code),
        day,
        limit,
      });
      const names = new ShiftNames(tx);
      const rows = [];
      for (const report of reports) rows.push(await zReportRowOf(names, report));
      return { reports: rows, total };
    }),
  );
  serve(app, deps, SHIFT_CALLS.zReport, ({ params: { id }, asker }) =>
    storage.read(async (tx) => zReportDetailOf(tx, await ownReport(tx, asker, id))),
  );
  /** As its till printed it, in the store's language. */
  serve(app, deps, SHIFT_CALLS.zReportFile, async ({ params: { id }, asker, reply }) => {
    const { title, rows, madeAt } = await storage.read(async (tx) => {
      const { report } = await ownReport(tx, asker, id);
      const settings = await tx.store(report.store);
      if (settings === null) throw noSuchReport();
      const names = await calledIn(new ShiftNames(tx), report);
      return {
        title: zReportTitle(report, settings),
        rows: reportRows({ report, settings, nameOf: (staff) => names[staff] ?? "" }),
        madeAt: report.madeAt,
      };
    });
    const drawn = await pdfs.draw({ title, rows, paper: "a4", madeAt });
    if (!drawn.ok) throw new Refusal("tooManyRequests", "Too many documents are being made. Try again soon.");
    return reply
      .header("content-disposition", `inline; filename="${title}.pdf"`)
      .header("cache-control", "no-store")
      .type("application/pdf")
      .send(Buffer.from(drawn.value));
  });
}

async function ownReport(tx: ReadTransaction, { stores }: Asker, id: string): Promise<BookedReport> {
  const booked = await tx.zReport(idOf<"Entry">(id));
  if (booked === null || !reachesStore(stores, booked.report.store)) throw noSuchReport();
  return booked;
}

function noSuchReport(): Refusal {
  return new Refusal("notFound", "There is no such Z report.");
}

function amountsOf({ variance, float, pickupAbove }: CashPolicy) {
  return [variance, float, pickupAbove].filter((amount) => amount !== null);
}

function cashOf(store: StoreSettings): StoreCash {
  const { code, name, currency } = store;
  return { code, name, currency, policy: cashPolicyOf(store) };
}
