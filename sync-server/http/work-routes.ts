import type { FastifyInstance, FastifyReply } from "fastify";
import { type BusinessDay, type Instant, instant, type StoreId } from "#domain/ids.ts";
import { commissionOf } from "#domain/staff/commission.ts";
import { dayNumberOf, daysAfter } from "#domain/store/business-day.ts";
import { instantOfLocalTime } from "#domain/store/local-time.ts";
import { DAY_MS } from "#domain/store/offline-state.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import {
  approvalsQuerySchema,
  clockCorrectionRequestSchema,
  commissionQuerySchema,
  type StaffLogFilterName,
  timeClockQuerySchema,
} from "#protocol/hq/staff.ts";
import { type CorrectionRefusal, correctHours, hoursWorked } from "../staff/hours.ts";
import type { StaffLogFilter } from "../staff/port.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { requireKey } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { commissionCsv, commissionRowOf, staffLogRowOf, timeClockCsv, workSpanRowOf } from "./staff-rows.ts";
import { storeCalled } from "./store-called.ts";
import { validated } from "./validate.ts";

/** What HQ sees of the work that colleagues did: hours, what had to be allowed, commission (protocol/hq/staff.ts). */
export function registerWorkRoutes(app: FastifyInstance, deps: ServerDeps): void {
  app.register(async (hq) => {
    hq.addHook("onRequest", (request) => requireKey(request, deps.storage, ["hq"]));
    registerHours(hq, deps);
    registerApprovals(hq, deps);
    registerCommission(hq, deps);
  });
}

function registerHours(hq: FastifyInstance, { storage, now, newId }: ServerDeps): void {
  hq.get("/hq/v1/time-clock", async (request, reply) => {
    const { format, store: code, staff = null, ...days } = validated(timeClockQuerySchema, request.query);
    const spans = await storage.read(async (tx) => {
      const store = await storeOrAll(tx, code);
      const names = { stores: await tx.stores(), staff: await tx.staffNames() };
      const worked = await hoursWorked(tx, { ...days, store, staff, now: now() });
      return worked.map((span) => workSpanRowOf(span, names));
    });
    return format === "csv" ? sendCsv(reply, "time-clock", timeClockCsv(spans)) : { spans };
  });
  hq.post("/hq/v1/time-clock/corrections", async (request, reply) => {
    const { store: code, ...wanted } = validated(clockCorrectionRequestSchema, request.body);
    const done = await storage.write(async (tx) =>
      correctHours(tx, { ...wanted, store: (await storeCalled(tx, code)).store }, { at: now(), newId }),
    );
    if (!done.ok) throw correctionRefusal(done.reason);
    return reply.code(201).send({ id: done.value.id });
  });
}

const LOG_FILTERS: Readonly<Record<StaffLogFilterName, StaffLogFilter>> = {
  allowed: { only: "allowed" },
  voids: { only: "kinds", kinds: ["voided"] },
  drawer: { only: "kinds", kinds: ["drawerOpened"] },
  signIns: { only: "kinds", kinds: ["signedIn", "signedOut"] },
};

function registerApprovals(hq: FastifyInstance, { storage }: ServerDeps): void {
  hq.get("/hq/v1/approvals", async (request) => {
    const {
      filter,
      store: code,
      staff = null,
      from,
      until,
      offset,
      limit,
    } = validated(approvalsQuerySchema, request.query);
    return storage.read(async (tx) => {
      const [store, stores] = [await storeOrAll(tx, code), await tx.stores()];
      const found = await tx.staffLog({
        filter: LOG_FILTERS[filter],
        store,
        staff,
        ...momentsOf({ from, until }, stores.find((each) => each.store === store) ?? stores[0]),
        offset,
        limit,
      });
      const names = { stores, staff: await tx.staffNames(), devices: await tx.devices() };
      return { entries: found.entries.map((entry) => staffLogRowOf(entry, names)), total: found.total };
    });
  });
}

function registerCommission(hq: FastifyInstance, { storage }: ServerDeps): void {
  hq.get("/hq/v1/commission", async (request, reply) => {
    const { format, store: code, ...days } = validated(commissionQuerySchema, request.query);
    const colleagues = await storage.read(async (tx) => {
      const amounts = await tx.commissionAmounts({ ...days, store: await storeOrAll(tx, code) });
      const names = await tx.staffNames();
      return commissionOf(amounts).map((commission) => commissionRowOf(commission, names));
    });
    return format === "csv" ? sendCsv(reply, "commission", commissionCsv(colleagues)) : { colleagues };
  });
}

async function storeOrAll(tx: ReadTransaction, code: string | undefined): Promise<StoreId | null> {
  return code === undefined ? null : (await storeCalled(tx, code)).store;
}

/** Days by the calendar of a store, both in it. */
function momentsOf(
  { from, until }: { readonly from: BusinessDay; readonly until: BusinessDay },
  { timeZone }: Pick<StoreSettings, "timeZone"> = { timeZone: "UTC" },
): { readonly from: Instant; readonly until: Instant } {
  const beginOf = (day: BusinessDay): Instant =>
    instantOfLocalTime({ text: `${day}T00:00`, timeZone }) ?? instant(dayNumberOf(day) * DAY_MS);
  return { from: beginOf(from), until: beginOf(daysAfter(until, 1)) };
}

function sendCsv(reply: FastifyReply, name: string, text: string): FastifyReply {
  return reply
    .type("text/csv; charset=utf-8")
    .header("content-disposition", `attachment; filename="${name}.csv"`)
    .send(text);
}

const CORRECTION_REFUSALS: Readonly<Record<CorrectionRefusal, readonly ["badRequest" | "notFound", string]>> =
  {
    endsBeforeItBegins: ["badRequest", "The times end before they begin."],
    tooLong: ["badRequest", "Nobody works for more than 16 hours in one go."],
    inTheFuture: ["badRequest", "These times are still to come."],
    unknownColleague: ["notFound", "There is no such colleague."],
    unknownSpan: ["notFound", "This colleague clocked no such times."],
  };

function correctionRefusal(reason: CorrectionRefusal): Refusal {
  const [kind, message] = CORRECTION_REFUSALS[reason];
  return new Refusal(kind, message, [reason]);
}
