import { divideRounding } from "../money/divide.ts";
import { roundTogether } from "../money/round-together.ts";
import { PPM } from "../money/share.ts";

/**
 * Pieces of one price that take part in a promotion. Amounts are minor units of the basket's currency, all of one: thousands of ways to grant promotions are
 * looked at for one basket.
 */
export interface Pieces {
  readonly pieces: number;
  /** At their prices, before any promotion: what promotions ask for. */
  readonly worth: number;
  /** What promotions that were granted before have left of it: what promotions take from. */
  readonly cost: number;
}

/** Some pieces of a line, and what they cost. */
export interface Taken<P> {
  readonly of: P;
  readonly pieces: number;
  readonly cost: number;
}

export function countOf(all: readonly Pieces[]): number {
  return all.reduce((sum, { pieces }) => sum + pieces, 0);
}

export function worthOf(all: readonly Pieces[]): number {
  return all.reduce((sum, { worth }) => sum + worth, 0);
}

export function costOf(all: readonly { readonly cost: number }[]): number {
  return all.reduce((sum, { cost }) => sum + cost, 0);
}

/** Some of a line's pieces cost their share of what it costs, halves up: a promotion before need not have left whole cents for each. */
export function costOfSome({ pieces, cost }: Pieces, some: number): number {
  return some === pieces ? cost : partOf(cost, some, pieces);
}

/** `amount * numerator / denominator`, halves away from zero. */
export function partOf(amount: number, numerator: number, denominator: number): number {
  const product = amount * numerator;
  // Below it, twice the product is still a whole number for sure.
  return Math.abs(product) < Number.MAX_SAFE_INTEGER / 4
    ? roundedQuotient(product, denominator)
    : Number(divideRounding(BigInt(amount) * BigInt(numerator), BigInt(denominator)));
}

function roundedQuotient(product: number, denominator: number): number {
  const magnitude = Math.abs(product);
  const rest = magnitude % denominator;
  const rounded = (magnitude - rest) / denominator + (2 * rest >= denominator ? 1 : 0);
  return product < 0 ? -rounded : rounded;
}

/** A share in parts per million. */
export function shareOf(amount: number, ppm: number): number {
  return partOf(amount, ppm, PPM);
}

/** The so many dearest pieces, by what they cost now. */
export function dearest<P extends Pieces>(all: readonly P[], count: number): readonly Taken<P>[] {
  return firstOf(
    all.toSorted((a, b) => b.cost * a.pieces - a.cost * b.pieces),
    count,
  );
}

/** The so many cheapest pieces, by what they cost now. */
export function cheapest<P extends Pieces>(all: readonly P[], count: number): readonly Taken<P>[] {
  return firstOf(
    all.toSorted((a, b) => a.cost * b.pieces - b.cost * a.pieces),
    count,
  );
}

function firstOf<P extends Pieces>(sorted: readonly P[], count: number): readonly Taken<P>[] {
  const taken: Taken<P>[] = [];
  let left = count;
  for (const of of sorted) {
    if (left <= 0) break;
    const pieces = Math.min(left, of.pieces);
    left -= pieces;
    taken.push({ of, pieces, cost: costOfSome(of, pieces) });
  }
  return taken;
}

/** What is off, shared by what the goods cost; every cent kept, none below what the goods cost. Odd cents to the largest remainders, earlier ones first. */
export function sharedByCost(off: number, costs: readonly number[]): readonly number[] {
  const weights = costs.map((cost) => Math.max(0, cost));
  const sum = BigInt(weights.reduce((all, weight) => all + weight, 0));
  // Nothing is off what costs nothing.
  if (sum === 0n) return weights;
  return roundTogether(
    weights.map((weight) => ({ numerator: BigInt(off) * BigInt(weight), denominator: sum })),
  ).map(Number);
}
