import { type CustomerId, type Instant, instant } from "../ids.ts";
import { type PointsEntry, pointsAccount, pointsOn } from "./ledger.ts";
import { earnedInYear, monthsAfter, nextOutOfYear, pointsLots } from "./lots.ts";
import { type LoyaltyProgramme, type LoyaltyTier, nextTier, tierOf } from "./programme.ts";

/** How a customer stands in the programme. */
export interface LoyaltyStanding {
  /** Below zero where more came back than was left, or two tills without a connection took the same points. */
  readonly balance: number;
  readonly earnedInYear: number;
  readonly tier: LoyaltyTier | null;
  readonly next: { readonly tier: LoyaltyTier; readonly missing: number } | null;
  /** The points that lapse next, and when; null where none do. */
  readonly expiry: { readonly points: number; readonly at: Instant } | null;
}

/** By the entries of all accounts of a profile (`pointsIdsOf`), in whatever order they were told. */
export function standingOf({
  entries,
  customers,
  programme,
  at,
}: {
  readonly entries: readonly PointsEntry[];
  readonly customers: readonly CustomerId[];
  readonly programme: LoyaltyProgramme;
  readonly at: Instant;
}): LoyaltyStanding {
  const own = entries.filter(({ customer }) => customers.includes(customer));
  const earned = earnedInYear(own, at);
  return {
    balance: customers.reduce((sum, each) => sum + pointsOn(own, pointsAccount(each)), 0),
    earnedInYear: earned,
    tier: tierOf(programme, earned),
    next: nextTier(programme, earned),
    expiry: expiryOf(own, programme),
  };
}

function expiryOf(
  entries: readonly PointsEntry[],
  { expiresAfterMonths: months }: LoyaltyProgramme,
): LoyaltyStanding["expiry"] {
  const lots = pointsLots(entries);
  const [oldest] = lots;
  if (months === null || oldest === undefined) return null;
  const at = monthsAfter(oldest.at, months);
  const points = lots
    .filter((lot) => monthsAfter(lot.at, months) === at)
    .reduce((sum, lot) => sum + lot.points, 0);
  return { points, at };
}

/** When time alone changes how a customer stands; null where it does not. */
export function nextChangeOf(
  entries: readonly PointsEntry[],
  programme: LoyaltyProgramme,
  at: Instant,
): Instant | null {
  const moments = [
    expiryOf(entries, programme)?.at ?? null,
    programme.tiers.length === 0 ? null : nextOutOfYear(entries, at),
  ].filter((moment) => moment !== null);
  return moments.length === 0 ? null : instant(Math.min(...moments));
}
