import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { idOf } from "#domain/ids.ts";
import { type CashPolicy, cashPolicyOf } from "#domain/shift/cash.ts";
import { reportRows, zReportTitle } from "#domain/shift/report-rows.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { cashPolicySchema } from "#protocol/documents/settings.ts";
import {
  type StoreCash,
  type shiftsAnswerSchema,
  shiftsQuerySchema,
  type ZReportDetail,
  type zReportsAnswerSchema,
  zReportsQuerySchema,
} from "#protocol/hq/shifts.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { calledIn, ShiftNames, shiftRowOf, zReportDetailOf, zReportRowOf } from "./shift-rows.ts";
import { storeCalled } from "./store-called.ts";
import { validated } from "./validate.ts";

const storeParams = z.object({ code: z.string().max(8) });
const reportParams = z.object({ id: z.string().min(1).max(64) });

type Deps = Pick<ServerDeps, "storage" | "publisher" | "pdfs">;

/** What HQ sees of drawers and days, and how it decides that stores handle their cash (protocol/hq/shifts.ts). */
export function registerShiftsRoutes(app: FastifyInstance, deps: Deps): void {
  const { storage, publisher } = deps;
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, storage, ["hq"]));
    hq.get("/hq/v1/shifts", (request) => shifts(deps, request));
    hq.get("/hq/v1/z-reports", (request) => zReports(deps, request));
    hq.get("/hq/v1/z-reports/:id", (request) => zReport(deps, request));
    hq.get("/hq/v1/z-reports/:id/file", (request, reply) => zReportFile(deps, request, reply));
    hq.get("/hq/v1/cash-policies", async () => ({
      stores: (await storage.read((tx) => tx.stores())).map(cashOf),
    }));
    hq.put("/hq/v1/stores/:code/cash", async (request) => {
      const { code } = validated(storeParams, request.params);
      const cash = validated(cashPolicySchema, request.body);
      return publisher.publish(async (publication) => {
        const store = await storeCalled(publication.tx, code);
        if (amountsOf(cash).some(({ currency }) => currency !== store.currency))
          throw new Refusal("badRequest", `${store.name} keeps its amounts in ${store.currency}.`);
        const changed = { ...store, cash };
        await publication.putStore(changed);
        return cashOf(changed);
      });
    });
  });
}

async function shifts(
  { storage }: Deps,
  request: FastifyRequest,
): Promise<z.infer<typeof shiftsAnswerSchema>> {
  const { store: code, filter, limit } = validated(shiftsQuerySchema, request.query);
  return storage.read(async (tx) => {
    const store = code === undefined ? null : (await storeCalled(tx, code)).store;
    const names = new ShiftNames(tx);
    const rows = [];
    for (const shift of await tx.shifts({ store, onlyOpen: filter === "open", limit }))
      rows.push(await shiftRowOf(names, shift));
    return { shifts: rows };
  });
}

async function zReports(
  { storage }: Deps,
  request: FastifyRequest,
): Promise<z.infer<typeof zReportsAnswerSchema>> {
  const { store: code, day, limit } = validated(zReportsQuerySchema, request.query);
  return storage.read(async (tx) => {
    const store = code === undefined ? null : (await storeCalled(tx, code)).store;
    const { reports, total } = await tx.zReports({ store, day: day ?? null, limit });
    const names = new ShiftNames(tx);
    const rows = [];
    for (const report of reports) rows.push(await zReportRowOf(names, report));
    return { reports: rows, total };
  });
}

async function zReport({ storage }: Deps, request: FastifyRequest): Promise<ZReportDetail> {
  const { id } = validated(reportParams, request.params);
  return storage.read(async (tx) => {
    const booked = await tx.zReport(idOf<"Entry">(id));
    if (booked === null) throw new Refusal("notFound", "There is no such Z report.");
    return zReportDetailOf(tx, booked);
  });
}

/** The report as its till printed it, in the store's language. */
async function zReportFile(
  { storage, pdfs }: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { id } = validated(reportParams, request.params);
  const { title, rows, madeAt } = await storage.read(async (tx) => {
    const booked = await tx.zReport(idOf<"Entry">(id));
    const settings = booked === null ? null : await tx.store(booked.report.store);
    if (booked === null || settings === null) throw new Refusal("notFound", "There is no such Z report.");
    const { report } = booked;
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
}

function amountsOf({ variance, float, pickupAbove }: CashPolicy) {
  return [variance, float, pickupAbove].filter((amount) => amount !== null);
}

function cashOf(store: StoreSettings): StoreCash {
  const { code, name, currency } = store;
  return { code, name, currency, policy: cashPolicyOf(store) };
}
