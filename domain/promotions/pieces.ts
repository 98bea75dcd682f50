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
  return firstOf(dearestFirst(all), count);
}

/** What the so many cheapest pieces cost now. */
export function costOfCheapest(all: readonly Pieces[], count: number): number {
  const sorted = dearestFirst(all);
  let cost = 0;
  let left = count;
  for (let at = sorted.length - 1; at >= 0 && left > 0; at -= 1) {
    const line = sorted[at];
    if (line === undefined) continue;
    const pieces = Math.min(left, line.pieces);
    left -= pieces;
    cost += costOfSome(line, pieces);
  }
  return cost;
}

/** Before anything is off they are in that order as they come, and most ways to grant promotions are looked at then. */
function dearestFirst<P extends Pieces>(all: readonly P[]): readonly P[] {
  for (let at = 1; at < all.length; at += 1) {
    const before = all[at - 1];
    const line = all[at];
    if (before !== undefined && line !== undefined && byDearness(before, line) > 0)
      return all.toSorted(byDearness);
  }
  return all;
}

function byDearness(a: Pieces, b: Pieces): number {
  return b.cost * a.pieces - a.cost * b.pieces;
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
  const sum = weights.reduce((all, weight) => all + weight, 0);
  // Nothing is off what costs nothing.
  if (sum === 0) return weights;
  if (off * sum < Number.MAX_SAFE_INTEGER) return sharedExactly(off, { weights, sum });
  return roundTogether(
    weights.map((weight) => ({ numerator: BigInt(off) * BigInt(weight), denominator: BigInt(sum) })),
  ).map(Number);
}

/** The same where every product is a whole number for sure, as it is in any basket that fits through a door. */
function sharedExactly(
  off: number,
  { weights, sum }: { readonly weights: readonly number[]; readonly sum: number },
): readonly number[] {
  const remainders = weights.map((weight) => (off * weight) % sum);
  const shares = weights.map((weight, at) => (off * weight - (remainders[at] ?? 0)) / sum);
  const left = off - shares.reduce((all, share) => all + share, 0);
  if (left === 0) return shares;
  const lucky = [...remainders.keys()]
    .toSorted((a, b) => (remainders[b] ?? 0) - (remainders[a] ?? 0) || a - b)
    .slice(0, left);
  for (const at of lucky) shares[at] = (shares[at] ?? 0) + 1;
  return shares;
}
