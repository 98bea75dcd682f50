import type { BusinessDay, Sku } from "../ids.ts";
import { daysAfter } from "../store/business-day.ts";
import type { ReturnReason } from "./goods.ts";
import { type AnnouncedLine, type MailReturn, spokenFor } from "./mail-return.ts";
import type { PurchasedLine } from "./purchase.ts";
import { piecesLeft } from "./refund.ts";
import { isRefundedTwice, type Standing } from "./returned.ts";

/** A parcel has so many days to come from the day on which it was announced, also where that is the last day of the window. */
export const DAYS_TO_ARRIVE = 14;

/** Pieces that a customer wants to send back: of a line by its place in the purchase, or of whatever lines have the article. */
export interface WantedByMail {
  readonly position: number | null;
  readonly sku: Sku | null;
  readonly pieces: number;
  readonly reason: ReturnReason;
}

/** Why pieces are not taken back by mail. There is no manager at hand: what a till might allow with one is refused here and can be brought to a store. */
export const MAIL_REFUSALS = ["unknownLine", "tooMany", "late", "finalSale", "refundedTwice"] as const;
export type MailRefusal = (typeof MAIL_REFUSALS)[number];

export interface RefusedByMail {
  readonly wanted: WantedByMail;
  readonly why: MailRefusal;
  /** Pieces that can be sent back. */
  readonly left: number;
  /** Where it is late: the day until which it might have been announced. */
  readonly day: BusinessDay | null;
}

/** What of a return by mail is taken, and what is not and why. `others` are the returns of the same purchase. */
export function announcedReturn({
  standing,
  wanted,
  others,
  today,
}: {
  readonly standing: Standing;
  readonly wanted: readonly WantedByMail[];
  readonly others: readonly MailReturn[];
  readonly today: BusinessDay;
}): { readonly lines: readonly AnnouncedLine[]; readonly refused: readonly RefusedByMail[] } {
  const lines: AnnouncedLine[] = [];
  const refusals: RefusedByMail[] = [];
  const free = (line: PurchasedLine): number => {
    const elsewhere = others.reduce((sum, other) => sum + spokenFor(other, line.position), 0);
    const here = lines.reduce((sum, each) => sum + (each.position === line.position ? each.pieces : 0), 0);
    return Math.max(0, piecesLeft(standing, line) - elsewhere - here);
  };
  for (const each of wanted) {
    const judged = judgedLine(each, { standing, free, today });
    if ("why" in judged) refusals.push(judged);
    else lines.push(...judged.taken);
  }
  return { lines: joined(lines), refused: refusals };
}

function judgedLine(
  wanted: WantedByMail,
  {
    standing,
    free,
    today,
  }: {
    readonly standing: Standing;
    readonly free: (line: PurchasedLine) => number;
    readonly today: BusinessDay;
  },
): RefusedByMail | { readonly taken: readonly AnnouncedLine[] } {
  const named = standing.purchase.lines.filter(({ position, sku }) =>
    wanted.position === null ? sku === wanted.sku : position === wanted.position,
  );
  const [first] = named;
  const refusal = (why: MailRefusal, left = 0, day: BusinessDay | null = null) => ({
    wanted,
    why,
    left,
    day,
  });
  if (first === undefined) return refusal("unknownLine");
  if (standing.returned.flagged || isRefundedTwice(standing)) return refusal("refundedTwice");
  const inTime = named.flatMap((line) => {
    const { returnBy } = line;
    return returnBy !== null && returnBy >= today ? [{ line, returnBy }] : [];
  });
  if (inTime.length === 0)
    return first.returnBy === null ? refusal("finalSale") : refusal("late", 0, first.returnBy);
  const left = inTime.reduce((sum, { line }) => sum + free(line), 0);
  if (wanted.pieces > left) return refusal("tooMany", left);
  let open = wanted.pieces;
  const taken = inTime.flatMap(({ line, returnBy }): AnnouncedLine[] => {
    const pieces = Math.min(open, free(line));
    open -= pieces;
    const { position, sku, name } = line;
    return pieces === 0 ? [] : [{ position, sku, name, pieces, reason: wanted.reason, returnBy }];
  });
  return { taken };
}

/** One line for each line of the purchase; the reason is the first that was given. */
function joined(lines: readonly AnnouncedLine[]): readonly AnnouncedLine[] {
  const byPosition = new Map<number, AnnouncedLine>();
  for (const line of lines) {
    const known = byPosition.get(line.position);
    byPosition.set(
      line.position,
      known === undefined ? line : { ...known, pieces: known.pieces + line.pieces },
    );
  }
  return [...byPosition.values()];
}

/** The last day on which goods that were announced today may arrive: the end of their window, and time enough for a parcel in any case. */
export function arriveByDay(
  lines: readonly Pick<AnnouncedLine, "returnBy">[],
  today: BusinessDay,
): BusinessDay {
  const least = daysAfter(today, DAYS_TO_ARRIVE);
  return [least, ...lines.map(({ returnBy }) => returnBy)].toSorted().at(-1) ?? least;
}
