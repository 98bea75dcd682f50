import { divideRounding } from "./divide.ts";

/** A number of minor units that need not be whole: `numerator / denominator`, the denominator above zero. */
export interface ExactAmount {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * Rounds exact amounts to whole minor units so that they add up to their exact sum, rounded (halves away from zero). Each amount keeps
 * its whole units, and what is left goes one by one to the largest remainders, earlier ones first among equals (Hamilton's
 * method). No amount moves by a whole unit, and amounts that are all negative come out as the mirror image of positive ones.
 */
export function roundTogether(amounts: readonly ExactAmount[]): readonly bigint[] {
  const denominator = [...new Set(amounts.map((amount) => amount.denominator))].reduce(
    leastCommonMultiple,
    1n,
  );
  const scaled = amounts.map((amount) => amount.numerator * (denominator / amount.denominator));
  const sum = scaled.reduce((all, part) => all + part, 0n);
  const sign = sum < 0n ? -1n : 1n;
  const shares = scaled.map((part, index) => share(sign * part, denominator, index));
  const left = divideRounding(sign * sum, denominator) - shares.reduce((all, each) => all + each.whole, 0n);
  const lucky = new Set(
    shares
      .toSorted(byRemainder)
      .slice(0, Number(left))
      .map((each) => each.index),
  );
  return shares.map(({ whole, index }) => sign * (lucky.has(index) ? whole + 1n : whole));
}

interface Share {
  readonly index: number;
  readonly whole: bigint;
  readonly remainder: bigint;
}

/** Whole units at or below a part, and what it has beyond them. */
function share(part: bigint, denominator: bigint, index: number): Share {
  const remainder = ((part % denominator) + denominator) % denominator;
  return { index, whole: (part - remainder) / denominator, remainder };
}

function byRemainder(a: Share, b: Share): number {
  if (a.remainder === b.remainder) return a.index - b.index;
  return a.remainder > b.remainder ? -1 : 1;
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  return (a / greatestCommonDivisor(a, b)) * b;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : greatestCommonDivisor(b, a % b);
}
