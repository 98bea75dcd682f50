import type { Instant, StoreId } from "../ids.ts";
import { compareVersions } from "./version.ts";

/** Which version tills are to run, and from when on they may change to it. */
export interface UpdatePlan {
  readonly version: string;
  readonly notBefore: Instant;
}

/** In this order a version comes to the stores: a few try it, more follow, then everybody. */
export const UPDATE_RINGS = ["pilot", "early", "all"] as const;
export type UpdateRing = (typeof UPDATE_RINGS)[number];

/** What each ring is to run; null: whatever its tills have. */
export type RingPlans = { readonly [R in UpdateRing]: UpdatePlan | null };

/** How HQ gives versions out. A store that is not named is in the last ring. */
export interface StagedUpdates {
  readonly plans: RingPlans;
  readonly rings: readonly { readonly store: StoreId; readonly ring: UpdateRing }[];
}

export const NOTHING_STAGED: StagedUpdates = { plans: { pilot: null, early: null, all: null }, rings: [] };

export function ringOf({ rings }: StagedUpdates, store: StoreId): UpdateRing {
  return rings.find((each) => each.store === store)?.ring ?? "all";
}

/** What a store's tills are told; null: nothing. */
export function planOf(staged: StagedUpdates, store: StoreId): UpdatePlan | null {
  return staged.plans[ringOf(staged, store)];
}

/** The same with a store in another ring. */
export function withRing(staged: StagedUpdates, store: StoreId, ring: UpdateRing): StagedUpdates {
  const others = staged.rings.filter((each) => each.store !== store);
  return { ...staged, rings: [...others, { store, ring }] };
}

/** The first ring that would get a version before the ring ahead of it does, or a later one; null: all is in order. */
export function ringOutOfOrder(plans: RingPlans): UpdateRing | null {
  for (const [place, ring] of UPDATE_RINGS.entries()) {
    const ahead = UPDATE_RINGS[place - 1];
    if (ahead !== undefined && !follows(plans[ring], plans[ahead])) return ring;
  }
  return null;
}

function follows(plan: UpdatePlan | null, ahead: UpdatePlan | null): boolean {
  if (plan === null) return true;
  if (ahead === null) return false;
  const apart = compareVersions(plan.version, ahead.version);
  return apart < 0 || (apart === 0 && plan.notBefore >= ahead.notBefore);
}
