import { instant } from "#domain/ids.ts";
import { localTimeOf } from "#domain/store/local-time.ts";
import { type RingPlans, UPDATE_RINGS, type UpdatePlan, type UpdateRing } from "#domain/updates/rings.ts";
import { compareVersions, isVersion } from "#domain/updates/version.ts";
import type { StoreUpdates } from "#protocol/hq/updates.ts";

const LOCAL_TIME_CHARS = 16;

/** A ring's plan as it is typed; the time is of this machine's clock. */
export interface PlanDraft {
  readonly version: string;
  readonly notBefore: string;
}
export type RingsDraft = { readonly [R in UpdateRing]: PlanDraft };

export function draftOf(plans: RingPlans, timeZone: string): RingsDraft {
  const typed = (plan: UpdatePlan | null): PlanDraft =>
    plan === null
      ? { version: "", notBefore: "" }
      : {
          version: plan.version,
          notBefore: localTimeOf({ at: plan.notBefore, timeZone }).slice(0, LOCAL_TIME_CHARS),
        };
  return { pilot: typed(plans.pilot), early: typed(plans.early), all: typed(plans.all) };
}

/** What was typed; null while a version is none or has no time. `toMoment` reads a time of this machine's clock. */
export function plansOf(draft: RingsDraft, toMoment: (local: string) => number): RingPlans | null {
  const plans: Record<UpdateRing, UpdatePlan | null> = { pilot: null, early: null, all: null };
  for (const ring of UPDATE_RINGS) {
    const version = draft[ring].version.trim();
    if (version === "") continue;
    const at = toMoment(draft[ring].notBefore);
    if (!isVersion(version) || Number.isNaN(at)) return null;
    plans[ring] = { version, notBefore: instant(at) };
  }
  return plans;
}

/** Registers by the version they said they run, the latest first, those that did not say last. */
export function byVersion(
  tills: StoreUpdates["tills"],
): readonly { readonly version: string | null; readonly registers: readonly number[] }[] {
  const versions = [...new Set(tills.map(({ version }) => version))].toSorted((a, b) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return compareVersions(b, a);
  });
  return versions.map((version) => ({
    version,
    registers: tills.filter((till) => till.version === version).map(({ register }) => register),
  }));
}
