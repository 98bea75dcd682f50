import type { GiftRole } from "../ticket/ticket.ts";
import { type Off, offTogether } from "./off.ts";
import { costOf, countOf, dearest, type Pieces, worthOf } from "./pieces.ts";
import type { GiftNeeds } from "./promotion.ts";

/** Pieces of what a gift asks for, of the gift, or of both. */
export interface GiftPieces extends Pieces {
  readonly role: GiftRole;
}

export interface GiftTerms {
  readonly asks: GiftNeeds;
  readonly free: number;
  readonly perEach: boolean;
  readonly most?: number;
}

/** As many of the gift's dearest pieces are free as the other pieces are enough for; null where that is none. What is off is shared over all of them. */
export function offGift(all: readonly GiftPieces[], terms: GiftTerms): Off | null {
  const gifts = all.filter(({ role }) => role !== "goods");
  const goods = all.filter(({ role }) => role !== "gift");
  const wanted = Math.min(countOf(gifts), terms.free * timesAtMost(terms));
  let fewest = 0;
  let most = wanted;
  while (fewest < most) {
    const middle = Math.ceil((fewest + most) / 2);
    if (isEnough({ goods, gifts, free: middle }, terms)) fewest = middle;
    else most = middle - 1;
  }
  return fewest === 0 ? null : offTogether(costOf(dearest(gifts, fewest)), all);
}

function timesAtMost({ perEach, most }: GiftTerms): number {
  return perEach ? (most ?? Number.MAX_SAFE_INTEGER) : 1;
}

/** A piece that is free is none that the gift asks for. */
function isEnough(
  given: {
    readonly goods: readonly GiftPieces[];
    readonly gifts: readonly GiftPieces[];
    readonly free: number;
  },
  { asks, free: each }: GiftTerms,
): boolean {
  const { goods, gifts, free } = given;
  const times = Math.ceil(free / each);
  const ofBoth = dearest(gifts, free).filter(({ of }) => of.role === "both");
  if (asks.kind === "pieces") {
    const asked = ofBoth.reduce((sum, { pieces }) => sum + pieces, 0);
    return countOf(goods) - asked >= times * asks.pieces;
  }
  const asked = ofBoth.reduce((sum, { of, pieces }) => sum + (of.worth / of.pieces) * pieces, 0);
  return worthOf(goods) - asked >= times * asks.least.minor;
}
