import { type Money, money } from "./money.ts";

/**
 * Splits an amount by weights so that the parts add up to it exactly: each part gets its whole minor units, and what is
 * left goes one by one to the largest remainders, earlier parts first among equals (Hamilton's method of largest
 * remainders). Weights are whole numbers of zero or more; when all are zero the parts are as equal as can be.
 * Throws on a negative or fractional weight, and on no weights for an amount that is not zero.
 */
export function allocateMoney({
  total,
  weights,
}: {
  readonly total: Money;
  readonly weights: readonly number[];
}): readonly Money[] {
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) {
    throw new RangeError("weights are whole numbers of zero or more");
  }
  if (weights.length === 0) {
    if (total.minor !== 0) throw new RangeError("nobody to allocate to");
    return [];
  }
  const sign = total.minor < 0 ? -1 : 1;
  const parts = largestRemainder(BigInt(Math.abs(total.minor)), weights.map(BigInt));
  return parts.map((part) => money(sign * Number(part), total.currency));
}

function largestRemainder(total: bigint, given: readonly bigint[]): readonly bigint[] {
  const givenSum = given.reduce((sum, weight) => sum + weight, 0n);
  const weights = givenSum === 0n ? given.map(() => 1n) : given;
  const sum = givenSum === 0n ? BigInt(given.length) : givenSum;
  const shares = weights.map((weight, index) => ({
    index,
    whole: (total * weight) / sum,
    remainder: (total * weight) % sum,
  }));
  const left = Number(total - shares.reduce((all, share) => all + share.whole, 0n));
  const lucky = new Set(
    [...shares]
      .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))
      .slice(0, left)
      .map((share) => share.index),
  );
  return shares.map((share) => (lucky.has(share.index) ? share.whole + 1n : share.whole));
}
