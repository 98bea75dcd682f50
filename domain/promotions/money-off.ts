import { allocateMoney } from "../money/allocate.ts";
import { timesMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Currency, type Money, money } from "../money/money.ts";

/** Pieces of one price that take part in a promotion. */
export interface PricedPieces {
  readonly unitPrice: Money;
  readonly pieces: number;
}

/** One component of a set: how many pieces of it each set has, and those that there are. */
export interface SetPart {
  readonly each: number;
  readonly of: readonly PricedPieces[];
}

/** What pieces cost at their prices. */
export function worthOf(pieces: readonly PricedPieces[], currency: Currency): Money {
  return money(minorOf(pieces), currency);
}

/** What is off where of every `size` pieces only `pays` are paid, the dearest of all; null where they are no group. */
export function offGroups(
  pieces: readonly PricedPieces[],
  { size, pays, currency }: { readonly size: number; readonly pays: number; readonly currency: Currency },
): Money | null {
  const groups = size < 1 ? 0 : Math.floor(countOf(pieces) / size);
  if (groups === 0) return null;
  return worthOf(cheapest(pieces, groups * Math.max(0, size - pays)), currency);
}

/** What is off where each set of all its parts costs `price`; nothing where the parts cost less, null where they are no set. */
export function offSets(parts: readonly SetPart[], price: Money): Money | null {
  if (parts.length === 0 || parts.some(({ each }) => each < 1)) return null;
  const sets = Math.min(...parts.map(({ each, of }) => Math.floor(countOf(of) / each)));
  if (sets === 0) return null;
  // The dearest pieces make up the sets: what is left over is charged at the lower prices.
  const worth = parts.reduce(
    (sum, { each, of }) => sum + minorOf(of) - minorOf(cheapest(of, countOf(of) - sets * each)),
    0,
  );
  return money(Math.max(0, worth - timesMoney(price, sets).minor), price.currency);
}

/** What is off, shared over pieces by what they cost; every cent kept. */
export function sharedByPrice(off: Money, pieces: readonly PricedPieces[]): readonly Money[] {
  const weights = pieces.map((each) => Math.max(0, minorOf([each])));
  // Nothing is off what costs nothing; allocating would share in equal parts.
  if (weights.every((weight) => weight === 0)) return pieces.map(() => zeroMoney(off.currency));
  return allocateMoney({ total: off, weights });
}

function countOf(all: readonly PricedPieces[]): number {
  return all.reduce((sum, { pieces }) => sum + pieces, 0);
}

function minorOf(all: readonly PricedPieces[]): number {
  return all.reduce((sum, { unitPrice, pieces }) => sum + unitPrice.minor * pieces, 0);
}

function cheapest(all: readonly PricedPieces[], count: number): readonly PricedPieces[] {
  let left = count;
  return all
    .toSorted((a, b) => a.unitPrice.minor - b.unitPrice.minor)
    .map(({ unitPrice, pieces }) => {
      const now = Math.min(left, pieces);
      left -= now;
      return { unitPrice, pieces: now };
    });
}
