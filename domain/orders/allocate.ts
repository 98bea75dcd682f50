import type { LineId, StoreId, VariantId } from "../ids.ts";
import { ok, type Result, refused } from "../result.ts";
import type { RoutingRule } from "./policy.ts";
import type { SilentRule } from "./retailer-rules.ts";

/** Pieces of a line that some store is to deliver. */
export interface Need {
  readonly line: LineId;
  readonly variant: VariantId;
  readonly quantity: number;
}

/** A store as the routing sees it. */
export interface Candidate {
  readonly store: StoreId;
  /** Available to promise, per variant; a variant that is not there has none. */
  readonly available: ReadonlyMap<VariantId, number>;
  readonly isCustomersStore: boolean;
  readonly distanceKm: number | null;
  /** Orders it may still take today; null: no limit. */
  readonly capacityLeft: number | null;
  /** Minor units; null: not known, ranked last. */
  readonly costMinor: number | null;
  /** No word from its tills for longer than its policy allows. */
  readonly isSilent: boolean;
}

export interface Allocation {
  readonly store: StoreId;
  readonly lines: readonly Need[];
  /** It was chosen although its tills are silent: say so. */
  readonly isSilent: boolean;
}

/**
 * Which stores deliver what. One store that has everything comes before several; among equals the retailer's rules decide in their order. Stores at their
 * capacity are asked only when no others can, silent ones as `silent` says. Refused, with nothing allocated, when not every piece can be delivered.
 */
export function allocate({
  needs,
  candidates,
  rules,
  maySplit,
  silent = "last",
}: {
  readonly needs: readonly Need[];
  readonly candidates: readonly Candidate[];
  readonly rules: readonly RoutingRule[];
  readonly maySplit: boolean;
  readonly silent?: SilentRule;
}): Result<readonly Allocation[], "noStoreHasIt"> {
  const heard = silent === "likeOthers" ? candidates : candidates.filter((each) => !each.isSilent);
  const pools = [
    heard.filter((each) => each.capacityLeft !== 0),
    heard,
    ...(silent === "last" ? [candidates] : []),
  ];
  for (const pool of pools) {
    const ranked = pool.toSorted((a, b) => compareBy(rules, needs, a, b));
    const whole = ranked.find((each) => piecesFrom(each, needs) === piecesOf(needs));
    if (whole !== undefined) return ok([{ store: whole.store, lines: needs, isSilent: whole.isSilent }]);
    const parts = maySplit ? split(needs, ranked) : null;
    if (parts !== null) return ok(parts);
  }
  return refused("noStoreHasIt");
}

/** The fewest parts that ranking gives: each time the store that can deliver most of what is left, the better ranked among equals. */
function split(needs: readonly Need[], ranked: readonly Candidate[]): readonly Allocation[] | null {
  const parts: Allocation[] = [];
  let left = needs;
  let stores = ranked;
  while (left.length > 0) {
    const best = stores.reduce<Candidate | null>(
      (most, each) => (most === null || piecesFrom(each, left) > piecesFrom(most, left) ? each : most),
      null,
    );
    if (best === null || piecesFrom(best, left) === 0) return null;
    const taken = takeFrom(best, left);
    parts.push({ store: best.store, lines: taken, isSilent: best.isSilent });
    left = without(left, taken);
    stores = stores.filter((each) => each !== best);
  }
  return parts;
}

function takeFrom({ available }: Candidate, needs: readonly Need[]): readonly Need[] {
  const left = new Map(available);
  return needs.flatMap((need) => {
    const quantity = Math.min(need.quantity, Math.max(0, left.get(need.variant) ?? 0));
    left.set(need.variant, (left.get(need.variant) ?? 0) - quantity);
    return quantity === 0 ? [] : [{ ...need, quantity }];
  });
}

function without(needs: readonly Need[], taken: readonly Need[]): readonly Need[] {
  const gone = new Map(taken.map((each) => [each.line, each.quantity]));
  return needs
    .map((need) => ({ ...need, quantity: need.quantity - (gone.get(need.line) ?? 0) }))
    .filter(({ quantity }) => quantity > 0);
}

function piecesOf(needs: readonly Need[]): number {
  return needs.reduce((sum, each) => sum + each.quantity, 0);
}

function piecesFrom(candidate: Candidate, needs: readonly Need[]): number {
  return piecesOf(takeFrom(candidate, needs));
}

function compareBy(
  rules: readonly RoutingRule[],
  needs: readonly Need[],
  a: Candidate,
  b: Candidate,
): number {
  for (const rule of rules) {
    const difference = scoreBy(rule, a, needs) - scoreBy(rule, b, needs);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  if (a.store === b.store) return 0;
  return a.store < b.store ? -1 : 1;
}

/** The lower the better. */
function scoreBy(rule: RoutingRule, candidate: Candidate, needs: readonly Need[]): number {
  switch (rule) {
    case "customersStore":
      return candidate.isCustomersStore ? 0 : 1;
    case "inStock":
      return -piecesFrom(candidate, needs);
    case "nearest":
      return candidate.distanceKm ?? Number.MAX_SAFE_INTEGER;
    case "capacity":
      return -(candidate.capacityLeft ?? Number.MAX_SAFE_INTEGER);
    case "cheapest":
      return candidate.costMinor ?? Number.MAX_SAFE_INTEGER;
  }
}
