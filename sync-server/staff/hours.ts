import { isAsked, type StoreAsk } from "#domain/access/roles.ts";
import { type BusinessDay, type Instant, idOf, instant, type StaffId } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import {
  type ClockCorrection,
  correctionFlaw,
  MAX_SPAN_MS,
  type WorkSpan,
  workSpans,
} from "#domain/staff/hours.ts";
import { dayNumberOf } from "#domain/store/business-day.ts";
import { DAY_MS } from "#domain/store/offline-state.ts";
import type { ReadTransaction, WriteTransaction } from "../storage/port.ts";

/** Days of stores begin and end up to so much before and after those of UTC; spans that reach over their ends are read whole. */
const AROUND_MS = DAY_MS + MAX_SPAN_MS;

/** What colleagues worked on these days, both in it, by the calendar of each store. */
export async function hoursWorked(
  tx: ReadTransaction,
  {
    from,
    until,
    store,
    staff,
    now,
  }: {
    readonly from: BusinessDay;
    readonly until: BusinessDay;
    readonly store: StoreAsk;
    readonly staff: StaffId | null;
    readonly now: Instant;
  },
): Promise<readonly WorkSpan[]> {
  const zones = new Map((await tx.stores()).map((each) => [each.store, each.timeZone]));
  const period = {
    from: instant(Math.max(0, dayNumberOf(from) * DAY_MS - AROUND_MS)),
    until: instant((dayNumberOf(until) + 1) * DAY_MS + AROUND_MS),
  };
  const spans = workSpans({
    stamps: await tx.clockStamps(period),
    corrections: await tx.clockCorrections(period),
    now,
    timeZoneOf: (of) => zones.get(of) ?? "UTC",
  });
  return spans.filter(
    (span) =>
      span.day >= from &&
      span.day <= until &&
      isAsked(store, span.store) &&
      (staff === null || span.staff === staff),
  );
}

/** What HQ says that somebody worked: instead of a span, or, where `span` is null, though nobody clocked it. */
export interface WantedCorrection extends Pick<ClockCorrection, "staff" | "store" | "from" | "until"> {
  /** Made by whoever asks, who may ask again with it where no answer came; left out: one of ours. */
  readonly id?: ClockCorrection["id"] | undefined;
  readonly span: string | null;
  readonly reason: string;
  readonly by: string;
}

export type CorrectionRefusal =
  | NonNullable<ReturnType<typeof correctionFlaw>>
  | "unknownColleague"
  | "unknownSpan"
  | "otherUnderId";

/** Writes a correction down beside what was clocked, which stays; one with an id that is known is written down already. */
export async function correctHours(
  tx: WriteTransaction,
  wanted: WantedCorrection,
  { at, newId }: { readonly at: Instant; readonly newId: () => string },
): Promise<Result<ClockCorrection, CorrectionRefusal>> {
  const flaw = correctionFlaw({ ...wanted, now: at });
  if (flaw !== null) return refused(flaw);
  if ((await tx.colleague(wanted.staff)) === null) return refused("unknownColleague");
  const { id = idOf<"Correction">(newId()) } = wanted;
  const known = await tx.clockCorrection(id);
  if (known !== null) return isSame(known, wanted) ? ok(known) : refused("otherUnderId");
  // A correction under the name of what was clocked would stand in its place, whosever it is.
  if ((await tx.clockStamp(id)) !== null) return refused("unknownSpan");
  const of = wanted.span === null ? id : await spanOf(tx, wanted.span, wanted.staff);
  if (of === null) return refused("unknownSpan");
  const correction: ClockCorrection = { ...wanted, id, span: of, at };
  await tx.addClockCorrection(correction);
  return ok(correction);
}

function isSame(
  known: ClockCorrection,
  { span, staff, store, from, until, reason }: WantedCorrection,
): boolean {
  return (
    known.staff === staff &&
    known.store === store &&
    known.from === from &&
    known.until === until &&
    known.reason === reason &&
    known.span === (span ?? known.id)
  );
}

/** Spans are named by their first stamp, or by the correction that wrote them down. */
async function spanOf(tx: ReadTransaction, span: string, staff: StaffId): Promise<string | null> {
  const stamp = await tx.clockStamp(span);
  if (stamp !== null) return stamp.staff === staff ? span : null;
  const written = await tx.clockCorrection(span);
  return written !== null && written.span === written.id && written.staff === staff ? span : null;
}
