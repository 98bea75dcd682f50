import type { BusinessDay, Instant, StaffId, StoreId } from "../ids.ts";
import { businessDayOf } from "../store/business-day.ts";

/** Nobody works longer in one go: a clock-out that comes later belongs to no clock-in, and one of the two was forgotten. */
export const MAX_SPAN_MS = 16 * 3_600_000;

/** One clocking in or out, as a till wrote it down. */
export interface ClockStamp {
  /** The journal entry's id. */
  readonly id: string;
  readonly kind: "in" | "out";
  readonly staff: StaffId;
  readonly store: StoreId;
  readonly at: Instant;
}

/** What HQ says a span should be; the stamps stay as they are. */
export interface ClockCorrection {
  readonly id: string;
  /** Id of the stamp that the span begins with, or of the correction that wrote down a span that nobody clocked. */
  readonly span: string;
  readonly staff: StaffId;
  readonly store: StoreId;
  readonly from: Instant;
  readonly until: Instant;
  readonly reason: string;
  readonly by: string;
  readonly at: Instant;
}

/** From clocking in to clocking out. Null: that was not clocked. */
export interface ClockedTimes {
  readonly from: Instant | null;
  readonly until: Instant | null;
}

export interface WorkSpan {
  readonly id: string;
  readonly staff: StaffId;
  readonly store: StoreId;
  readonly day: BusinessDay;
  /** As it counts. */
  readonly times: ClockedTimes;
  /** As it was clocked; both null where HQ wrote it down. */
  readonly clocked: ClockedTimes;
  /** What HQ said of it, the oldest first; the last one counts. */
  readonly corrections: readonly ClockCorrection[];
  /** `working`: clocked in and not for too long yet; the others say what was forgotten. */
  readonly state: "whole" | "working" | "missingOut" | "missingIn";
}

/**
 * The times that colleagues worked, by their stamps and what HQ corrected, in the order in which they began. A second clock-in before any clock-out
 * begins a new span: the one before has its clock-out missing. `timeZoneOf` answers where a store is.
 */
export function workSpans({
  stamps,
  corrections,
  now,
  timeZoneOf,
}: {
  readonly stamps: readonly ClockStamp[];
  readonly corrections: readonly ClockCorrection[];
  readonly now: Instant;
  readonly timeZoneOf: (store: StoreId) => string;
}): readonly WorkSpan[] {
  const clocked = clockedSpans(stamps);
  const known = new Set(clocked.map(({ id }) => id));
  const written = corrections.filter(({ id, span }) => id === span && !known.has(span)).map(writtenSpan);
  return [...clocked, ...written]
    .map((span) => {
      const said = corrections.filter(({ span: of }) => of === span.id).sort(byTime);
      return { ...corrected(span, said, now), day: dayOf(span, said, timeZoneOf) };
    })
    .sort((a, b) => beginOf(a) - beginOf(b) || (a.id < b.id ? -1 : 1));
}

type Clocked = Pick<WorkSpan, "id" | "staff" | "store" | "clocked">;

function clockedSpans(stamps: readonly ClockStamp[]): readonly Clocked[] {
  const open = new Map<StaffId, ClockStamp>();
  const spans: Clocked[] = [];
  for (const stamp of [...stamps].sort(byTime)) {
    const began = open.get(stamp.staff);
    open.delete(stamp.staff);
    if (stamp.kind === "in") {
      if (began !== undefined) spans.push(spanOf(began, began.at, null));
      open.set(stamp.staff, stamp);
    } else if (began !== undefined && stamp.at - began.at <= MAX_SPAN_MS) {
      spans.push(spanOf(began, began.at, stamp.at));
    } else {
      if (began !== undefined) spans.push(spanOf(began, began.at, null));
      spans.push(spanOf(stamp, null, stamp.at));
    }
  }
  return [...spans, ...[...open.values()].map((began) => spanOf(began, began.at, null))];
}

function spanOf({ id, staff, store }: ClockStamp, from: Instant | null, until: Instant | null): Clocked {
  return { id, staff, store, clocked: { from, until } };
}

function writtenSpan({ id, staff, store }: ClockCorrection): Clocked {
  return { id, staff, store, clocked: { from: null, until: null } };
}

function corrected(
  span: Clocked,
  corrections: readonly ClockCorrection[],
  now: Instant,
): Omit<WorkSpan, "day"> {
  const last = corrections.at(-1);
  if (last !== undefined)
    return { ...span, times: { from: last.from, until: last.until }, corrections, state: "whole" };
  return { ...span, times: span.clocked, corrections, state: stateOf(span.clocked, now) };
}

function stateOf({ from, until }: ClockedTimes, now: Instant): WorkSpan["state"] {
  if (from === null) return "missingIn";
  if (until !== null) return "whole";
  return now - from <= MAX_SPAN_MS ? "working" : "missingOut";
}

function dayOf(
  { store, clocked }: Clocked,
  corrections: readonly ClockCorrection[],
  timeZoneOf: (store: StoreId) => string,
): BusinessDay {
  const at = corrections.at(-1)?.from ?? clocked.from ?? clocked.until;
  if (at === null) throw new Error("a span has a time or a correction");
  return businessDayOf({ at, timeZone: timeZoneOf(store) });
}

function beginOf({ times }: WorkSpan): number {
  return times.from ?? times.until ?? 0;
}

function byTime(a: { readonly at: Instant; readonly id: string }, b: typeof a): number {
  return a.at - b.at || (a.id < b.id ? -1 : 1);
}

/** How long a span lasted, milliseconds; null while an end of it is missing. */
export function workedMs({ times: { from, until } }: Pick<WorkSpan, "times">): number | null {
  return from === null || until === null ? null : until - from;
}

export const CORRECTION_FLAWS = ["endsBeforeItBegins", "tooLong", "inTheFuture"] as const;

/** Why times cannot be what somebody worked; null when they can. */
export function correctionFlaw({
  from,
  until,
  now,
}: {
  readonly from: Instant;
  readonly until: Instant;
  readonly now: Instant;
}): (typeof CORRECTION_FLAWS)[number] | null {
  if (until <= from) return "endsBeforeItBegins";
  if (until - from > MAX_SPAN_MS) return "tooLong";
  return until > now ? "inTheFuture" : null;
}
