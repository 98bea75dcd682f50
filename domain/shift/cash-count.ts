import { type Currency, type Money, money } from "../money/money.ts";
import { ok, type Result, refused } from "../result.ts";
import { MAX_AMOUNT_MINOR } from "../ticket/basket.ts";
import type { CashCount, CountedCash } from "./cash.ts";
import { denominationsOf } from "./denominations.ts";

/** A count out of its pieces; what there is none of is left out. */
export function countOf(pieces: readonly CountedCash[], currency: Currency): CashCount {
  return { pieces: pieces.filter((each) => each.pieces > 0), total: money(worthOf(pieces), currency) };
}

/** `badCount`: a coin or note that there is not, the same one twice, or pieces that do not come to the total. */
export type CountRefusal = "wrongCurrency" | "badCount";

/** A count as it may be written down: in the store's currency, of coins and notes that there are. */
export function checkCount(count: CashCount, currency: Currency): Result<CashCount, CountRefusal> {
  if (count.total.currency !== currency) return refused("wrongCurrency");
  if (count.total.minor < 0 || count.total.minor > MAX_AMOUNT_MINOR) return refused("badCount");
  const faces = denominationsOf(currency);
  const isKnown = count.pieces.every(({ face }) => faces.includes(face));
  const isOnce = new Set(count.pieces.map(({ face }) => face)).size === count.pieces.length;
  if (!isKnown || !isOnce) return refused("badCount");
  return worthOf(count.pieces) === count.total.minor ? ok(count) : refused("badCount");
}

/** Whether what a count is off by, either way, is no more than a store lets pass. */
export function isWithin(variance: Money, tolerance: Money): boolean {
  return tolerance.currency === variance.currency
    ? Math.abs(variance.minor) <= tolerance.minor
    : variance.minor === 0;
}

function worthOf(pieces: readonly CountedCash[]): number {
  return pieces.reduce((sum, each) => sum + each.face * each.pieces, 0);
}
