import { type Currency, type Money, money } from "#domain/money/money.ts";
import type { CashCount } from "#domain/shift/cash.ts";
import { typeNumber } from "../../app/typed-digits.ts";

/** How many pieces of each face value were counted, as digits; a face that is not there was not counted. */
export type Pieces = Readonly<Record<number, string>>;

/** No drawer holds more pieces of one face. */
const MAX_PIECES = 9_999;

/** The pieces after more keys on the field of one face. */
export function typePieces(pieces: Pieces, face: number, digits: string): Pieces {
  return { ...pieces, [face]: typeNumber("", digits, MAX_PIECES) };
}

/** One piece more or less; never less than none. */
export function stepPieces(pieces: Pieces, face: number, by: 1 | -1): Pieces {
  const next = Math.min(MAX_PIECES, Math.max(0, piecesOf(pieces, face) + by));
  return { ...pieces, [face]: next === 0 ? "" : String(next) };
}

export function piecesOf(pieces: Pieces, face: number): number {
  return Number(pieces[face] ?? "");
}

/** What was counted, largest first: faces of which there are none are left out. */
export function countOf(
  pieces: Pieces,
  { denominations, currency }: { readonly denominations: readonly number[]; readonly currency: Currency },
): CashCount {
  const counted = denominations
    .map((face) => ({ face, pieces: piecesOf(pieces, face) }))
    .filter((each) => each.pieces > 0);
  const total = counted.reduce((sum, each) => sum + each.face * each.pieces, 0);
  return { pieces: counted, total: money(total, currency) };
}

/**
 * An amount that nobody counts piece by piece, as the fewest pieces that it can be made of: a count is always one of notes and coins. Null where
 * there are no such pieces.
 */
export function fewestPieces(total: Money, denominations: readonly number[]): CashCount | null {
  let left = total.minor;
  const pieces = denominations.flatMap((face) => {
    const count = Math.floor(left / face);
    left -= count * face;
    return count === 0 ? [] : [{ face, pieces: count }];
  });
  return left === 0 ? { pieces, total } : null;
}
