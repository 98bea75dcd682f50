import type { Instant } from "../ids.ts";
import { ok, type Result, refused } from "../result.ts";
import type { UpdatePlan } from "./rings.ts";
import { compareVersions } from "./version.ts";

/** What goes on at a till at one moment, as far as it matters to who would end its program now. */
export interface TillMoment {
  readonly training: boolean;
  /** The payment terminal has a request whose outcome is not known yet. */
  readonly terminalPending: boolean;
  /** Something is rung up or paid in a basket that is in front of anybody. */
  readonly openBasket: boolean;
  /** A parked basket has been paid in part. */
  readonly paidParked: boolean;
  /** Entries that the server has not acknowledged. */
  readonly unsent: number;
  /** Somebody is signed in and touched the till lately. */
  readonly inUse: boolean;
}

/** Why a till must not install now, whoever asks. */
export const INSTALL_REFUSALS = [
  "training",
  "terminalPending",
  "openBasket",
  "paidParked",
  "unsentEntries",
] as const;
export type InstallRefusal = (typeof INSTALL_REFUSALS)[number];

/** Whether nothing is lost or broken off by installing now. */
export function maySafelyInstall(moment: TillMoment): Result<null, InstallRefusal> {
  if (moment.training) return refused("training");
  if (moment.terminalPending) return refused("terminalPending");
  if (moment.openBasket) return refused("openBasket");
  if (moment.paidParked) return refused("paidParked");
  return moment.unsent > 0 ? refused("unsentEntries") : ok(null);
}

/** Whether a till may install by itself now: nobody is to find the screen gone under their hands. */
export function mayInstall(moment: TillMoment): Result<null, InstallRefusal | "inUse"> {
  const safe = maySafelyInstall(moment);
  return safe.ok && moment.inUse ? refused("inUse") : safe;
}

/** The plan that a till still has to follow; null where it runs that version or a later one: a till never goes back, its files have moved on. */
export function planAhead(plan: UpdatePlan | null, running: string): UpdatePlan | null {
  return plan !== null && compareVersions(plan.version, running) > 0 ? plan : null;
}

/** How long until a plan's moment has come, milliseconds; zero: it has. */
export function waitForMoment({ notBefore }: UpdatePlan, now: Instant): number {
  return Math.max(0, notBefore - now);
}
