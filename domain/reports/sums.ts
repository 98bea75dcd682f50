/**
 * What reports add up, of any part of any ticket. Whole pieces and minor units of one currency; adding is exact, so that sums of sums are the
 * sum of all. Amounts of what came back are below zero, pieces are never.
 */
export interface Sums {
  /** Lines of tickets, payments or discounts that were added up. */
  readonly parts: number;
  readonly soldPieces: number;
  readonly returnedPieces: number;
  /** What customers paid, tax in it; of payments: what was taken. */
  readonly sold: number;
  /** What was taken off for what came back, tax in it, zero or below; of payments: what was given back. */
  readonly returned: number;
  readonly net: number;
  readonly tax: number;
  /** Taken off list prices, less what returned goods had been reduced by. */
  readonly discount: number;
  /** What the goods cost the retailer, as far as it was known. */
  readonly cost: number;
  /** The part of `net` of which the cost was known. */
  readonly costedNet: number;
}

export const MEASURES = [
  "parts",
  "soldPieces",
  "returnedPieces",
  "sold",
  "returned",
  "net",
  "tax",
  "discount",
  "cost",
  "costedNet",
] as const satisfies readonly (keyof Sums)[];

export const NO_SUMS: Sums = {
  parts: 0,
  soldPieces: 0,
  returnedPieces: 0,
  sold: 0,
  returned: 0,
  net: 0,
  tax: 0,
  discount: 0,
  cost: 0,
  costedNet: 0,
};

/** Throws a RangeError where a sum is no exact number any more. */
export function addSums(one: Sums, other: Sums): Sums {
  return mapSums((measure) => exact(one[measure] + other[measure]));
}

/** Sums that more is still added to. */
export type RisingSums = { -readonly [Measure in keyof Sums]: number };

/** Adds to sums in their place. Throws a RangeError as `addSums` does. */
export function raiseSums(sums: RisingSums, by: Sums): void {
  for (const measure of MEASURES) {
    const more = by[measure];
    if (more !== 0) sums[measure] = exact(sums[measure] + more);
  }
}

/** The same, taken away. */
export function negated(sums: Sums): Sums {
  return mapSums((measure) => (sums[measure] === 0 ? 0 : -sums[measure]));
}

function mapSums(each: (measure: keyof Sums) => number): Sums {
  return {
    parts: each("parts"),
    soldPieces: each("soldPieces"),
    returnedPieces: each("returnedPieces"),
    sold: each("sold"),
    returned: each("returned"),
    net: each("net"),
    tax: each("tax"),
    discount: each("discount"),
    cost: each("cost"),
    costedNet: each("costedNet"),
  };
}

function exact(sum: number): number {
  if (!Number.isSafeInteger(sum)) throw new RangeError(`${sum} is beyond what a report can add up exactly`);
  return sum;
}

/** What a figure of a report is made of: `sold` + `returned`. */
export function totalOf({ sold, returned }: Pick<Sums, "sold" | "returned">): number {
  return sold + returned;
}

/** Earned on the goods whose cost was known; minor units. */
export function marginOf({ costedNet, cost }: Pick<Sums, "costedNet" | "cost">): number {
  return costedNet - cost;
}

const PPM = 1_000_000n;

/** A share of a whole in parts per million, half away from zero; null of nothing. */
export function ppmOf(part: number, whole: number): number | null {
  if (whole === 0) return null;
  const [numerator, denominator] = [BigInt(part) * PPM, BigInt(whole)];
  const twice = (2n * abs(numerator) + abs(denominator)) / (2n * abs(denominator));
  return Number(numerator < 0n === denominator < 0n ? twice : -twice);
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
