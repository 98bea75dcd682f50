import type { FastifyInstance, FastifyReply } from "fastify";
import { reachesStore } from "#domain/access/roles.ts";
import { type BusinessDay, type Instant, instant } from "#domain/ids.ts";
import { commissionOf } from "#domain/staff/commission.ts";
import { dayNumberOf, daysAfter } from "#domain/store/business-day.ts";
import { instantOfLocalTime } from "#domain/store/local-time.ts";
import { DAY_MS } from "#domain/store/offline-state.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ClockCorrectionRequest, StaffLogFilterName } from "#protocol/hq/staff.ts";
import { type CorrectionRefusal, correctHours, hoursWorked } from "../staff/hours.ts";
import type { StaffLogFilter } from "../staff/port.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { type Asker, doerOf } from "./asker.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { ownStoreCalled, ownStores, serve, storesAsked } from "./hq-call.ts";
import { commissionCsv, commissionRowOf, staffLogRowOf, timeClockCsv, workSpanRowOf } from "./staff-rows.ts";
import { WORK_CALLS } from "./work-calls.ts";

/** What HQ sees of the work that colleagues did: hours, what had to be allowed, commission (protocol/hq/staff.ts). */
export function registerWorkRoutes(app: FastifyInstance, deps: ServerDeps): void {
  registerHours(app, deps);
  registerApprovals(app, deps);
  registerCommission(app, deps);
}

function registerHours(app: FastifyInstance, deps: ServerDeps): void {
  const { storage, now, newId } = deps;
  serve(app, deps, WORK_CALLS.timeClock, async ({ query, asker, reply }) => {
    const { format, store: code, staff = null, ...days } = query;
    const spans = await storage.read(async (tx) => {
      const store = await storesAsked(tx, asker, code);
      const names = { stores: await tx.stores(), staff: await tx.staffNames() };
      const worked = await hoursWorked(tx, { ...days, store, staff, now: now() });
      return worked.map((span) => workSpanRowOf(span, names));
    });
    return format === "csv" ? sendCsv(reply, "time-clock", timeClockCsv(spans)) : { spans };
  });
  serve(app, deps, WORK_CALLS.correctHours, async ({ body: { store: code, ...wanted }, asker }) => {
    const done = await storage.write(async (tx) => {
      const { store } = await ownStoreCalled(tx, asker, code);
      await refuseElsewhere(tx, asker, wanted);
      return correctHours(tx, { ...wanted, by: doerOf(asker, wanted.by), store }, { at: now(), newId });
    });
    if (!done.ok) throw correctionRefusal(done.reason);
    return { id: done.value.id };
  });
}

/** Refuses as not found for who works in no store of whoever asks, and for what was clocked in none of them. */
async function refuseElsewhere(
  tx: ReadTransaction,
  { stores }: Asker,
  { staff, span }: Pick<ClockCorrectionRequest, "staff" | "span">,
): Promise<void> {
  if (stores === null) return;
  const works = (await tx.colleague(staff))?.stores ?? null;
  if (works?.some((store) => reachesStore(stores, store)) === false)
    throw correctionRefusal("unknownColleague");
  if (span === null) return;
  const clocked = (await tx.clockStamp(span)) ?? (await tx.clockCorrection(span));
  if (!reachesStore(stores, clocked?.store ?? null)) throw correctionRefusal("unknownSpan");
}

const LOG_FILTERS: Readonly<Record<StaffLogFilterName, StaffLogFilter>> = {
  allowed: { only: "allowed" },
  voids: { only: "kinds", kinds: ["voided"] },
  drawer: { only: "kinds", kinds: ["drawerOpened"] },
  signIns: { only: "kinds", kinds: ["signedIn", "signedOut"] },
};

function registerApprovals(app: FastifyInstance, deps: ServerDeps): void {
  serve(app, deps, WORK_CALLS.approvals, ({ query, asker }) => {
    const { filter, store: code, staff = null, from, until, offset, limit } = query;
    return deps.storage.read(async (tx) => {
      const store = await storesAsked(tx, asker, code);
      const stores = ownStores(asker, await tx.stores());
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

function registerCommission(app: FastifyInstance, deps: ServerDeps): void {
  serve(app, deps, WORK_CALLS.commission, async ({ query, asker, reply }) => {
    const { format, store: code, ...days } = query;
    const colleagues = await deps.storage.read(async (tx) => {
      const amounts = await tx.commissionAmounts({ ...days, store: await storesAsked(tx, asker, code) });
      const names = await tx.staffNames();
      return commissionOf(amounts).map((commission) => commissionRowOf(commission, names));
    });
    return format === "csv" ? sendCsv(reply, "commission", commissionCsv(colleagues)) : { colleagues };
  });
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

const CORRECTION_REFUSALS: Readonly<
  Record<CorrectionRefusal, readonly ["badRequest" | "notFound" | "conflict", string]>
> = {
  endsBeforeItBegins: ["badRequest", "The times end before they begin."],
  tooLong: ["badRequest", "Nobody works for more than 16 hours in one go."],
  inTheFuture: ["badRequest", "These times are still to come."],
  unknownColleague: ["notFound", "There is no such colleague."],
  otherUnderId: ["conflict", "Something else was written down under this id. Ask with another one."],
  unknownSpan: ["notFound", "This colleague clocked no such times."],
};

function correctionRefusal(reason: CorrectionRefusal): Refusal {
  const [kind, message] = CORRECTION_REFUSALS[reason];
  return new Refusal(kind, message, [reason]);
}
