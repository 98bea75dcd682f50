import type { CustomerGroupId } from "../ids.ts";
import type { Currency, Money } from "../money/money.ts";

/** Parts per million: as much as is said, neither more nor less. */
export const PLAIN_PPM = 1_000_000;
export const MAX_TIERS = 10;
/** Of one move: far above any sale, far below where sums stop being exact. */
export const MAX_POINTS = 1_000_000_000;

/** How a retailer thanks customers who come again; decided at HQ, the same in all stores and channels. */
export interface LoyaltyProgramme {
  readonly name: string;
  readonly earn: EarnRule;
  /** Ascending by `from`. */
  readonly tiers: readonly LoyaltyTier[];
  /** Null: points pay nothing. */
  readonly burn: BurnRule | null;
  /** Points lapse so many months after they were earned; null: never. */
  readonly expiresAfterMonths: number | null;
}

/** `points` for each `per` that is paid for goods, discounts taken off and tax in it. */
export interface EarnRule {
  readonly points: number;
  readonly per: Money;
  /** Categories whose goods earn more, less (parts per million) or, with 0, nothing. */
  readonly categories: readonly { readonly category: string; readonly ppm: number }[];
}

/** What customers become who earned `from` points in the last twelve months. */
export interface LoyaltyTier {
  readonly name: string;
  readonly from: number;
  /** Parts per million of what the others earn. */
  readonly ppm: number;
  /** Whose prices and promotions they have as long as they are of the tier. */
  readonly group?: CustomerGroupId;
}

/** `points` pay `worth`; only whole steps of `points` are taken. */
export interface BurnRule {
  readonly points: number;
  readonly worth: Money;
  /** The fewest and the most points that one ticket takes; null: as many as it can. */
  readonly least: number;
  readonly most: number | null;
}

/** Whether each tier has a name of its own and begins at more points than the one before it. */
export function areTiersApart({ tiers }: Pick<LoyaltyProgramme, "tiers">): boolean {
  if (new Set(tiers.map(({ name }) => name)).size < tiers.length) return false;
  return tiers.every(({ from }, index) => index === 0 || from > (tiers[index - 1]?.from ?? 0));
}

/** The highest tier that is reached; null below all of them. */
export function tierOf({ tiers }: Pick<LoyaltyProgramme, "tiers">, earnedInYear: number): LoyaltyTier | null {
  return tiers.filter(({ from }) => from <= earnedInYear).toSorted((a, b) => b.from - a.from)[0] ?? null;
}

/** The tier that comes next, and how many points are missing; null above all of them. */
export function nextTier(
  { tiers }: Pick<LoyaltyProgramme, "tiers">,
  earnedInYear: number,
): { readonly tier: LoyaltyTier; readonly missing: number } | null {
  const next = tiers.filter(({ from }) => from > earnedInYear).toSorted((a, b) => a.from - b.from)[0];
  return next === undefined ? null : { tier: next, missing: next.from - earnedInYear };
}

/** Points earn and pay in the programme's own currency only. */
export function isIn({ earn }: Pick<LoyaltyProgramme, "earn">, currency: Currency): boolean {
  return earn.per.currency === currency;
}

/** Whether a programme lets points lapse by another term than what there was before it (null: no programme): from then on, and never backwards. */
export function lapsesOtherwise(programme: LoyaltyProgramme, before: LoyaltyProgramme | null): boolean {
  return programme.expiresAfterMonths !== (before?.expiresAfterMonths ?? null);
}
