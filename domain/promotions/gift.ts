import type { GiftRole } from "../ticket/ticket.ts";
import { type Off, offTogether } from "./off.ts";
import { costOf, countOf, dearest, type Pieces, type Taken, worthOf } from "./pieces.ts";
import type { GiftNeeds } from "./promotion.ts";

export interface GiftTerms {
  readonly asks: GiftNeeds;
  readonly free: number;
  readonly perEach: boolean;
  readonly most?: number;
}

/** As many of the gift's dearest pieces are free as the other pieces are enough for; null where that is none. What is off is shared over all of them. */
export function offGift<P extends Pieces>(
  all: readonly P[],
  roleOf: (line: P) => GiftRole,
  terms: GiftTerms,
): Off | null {
  // Of pieces that cost the same those are free that the gift does not ask for, whatever the order.
  const gifts = (["gift", "both"] as const).flatMap((role) => all.filter((line) => roleOf(line) === role));
  if (gifts.length === 0) return null;
  const goods = all.filter((line) => roleOf(line) !== "gift");
  const isOfBoth = (line: P): boolean => roleOf(line) === "both";
  const wanted = Math.min(countOf(gifts), terms.free * timesAtMost(terms));
  let fewest = 0;
  let most = wanted;
  while (fewest < most) {
    const middle = Math.ceil((fewest + most) / 2);
    if (isEnough({ goods, freed: dearest(gifts, middle), isOfBoth }, terms)) fewest = middle;
    else most = middle - 1;
  }
  return fewest === 0 ? null : offTogether(costOf(dearest(gifts, fewest)), all);
}

function timesAtMost({ perEach, most }: GiftTerms): number {
  return perEach ? (most ?? Number.MAX_SAFE_INTEGER) : 1;
}

/** A piece that is free is none that the gift asks for. */
function isEnough<P extends Pieces>(
  {
    goods,
    freed,
    isOfBoth,
  }: {
    readonly goods: readonly P[];
    readonly freed: readonly Taken<P>[];
    readonly isOfBoth: (line: P) => boolean;
  },
  { asks, free }: GiftTerms,
): boolean {
  const times = Math.ceil(freed.reduce((sum, { pieces }) => sum + pieces, 0) / free);
  const ofBoth = freed.filter(({ of }) => isOfBoth(of));
  if (asks.kind === "pieces") {
    const gone = ofBoth.reduce((sum, { pieces }) => sum + pieces, 0);
    return countOf(goods) - gone >= times * asks.pieces;
  }
  const gone = ofBoth.reduce((sum, { of, pieces }) => sum + (of.worth / of.pieces) * pieces, 0);
  return worthOf(goods) - gone >= times * asks.least.minor;
}
