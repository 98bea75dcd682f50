import { type Money, money } from "./money.ts";
import { roundTogether } from "./round-together.ts";

/**
 * Splits an amount by weights so that the parts add up to it exactly: each part gets its whole minor units, and what is
 * left goes one by one to the largest remainders, earlier parts first among equals. Weights are whole numbers of zero or more;
 * when all are zero the parts are as equal as can be.
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
  const shares = weights.some((weight) => weight > 0) ? weights.map(BigInt) : weights.map(() => 1n);
  const denominator = shares.reduce((sum, share) => sum + share, 0n);
  const parts = roundTogether(
    shares.map((share) => ({ numerator: BigInt(total.minor) * share, denominator })),
  );
  return parts.map((part) => money(Number(part), total.currency));
}
