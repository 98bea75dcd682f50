import { type Instant, instant } from "../ids.ts";
import { DAY_MS } from "../store/offline-state.ts";
import type { Case } from "./case.ts";
import type { CaseKind } from "./status.ts";

/** Closed cases stay on the tills of their store this long, for whoever comes back with a question. */
export const KEEP_CLOSED_MS = 90 * DAY_MS;
export const MAX_DEADLINE_DAYS = 730;

/** Days within which a customer hears of a case, by what they came with. Each store follows its own. */
export interface CasePolicy {
  readonly deadlineDays: Readonly<Record<CaseKind, number>>;
}

export const DEFAULT_CASE_POLICY: CasePolicy = { deadlineDays: { complaint: 7, warranty: 28, repair: 14 } };

/** The policy of a store; the common one where its settings have none. */
export function casePolicyOf({ cases }: { readonly cases?: CasePolicy }): CasePolicy {
  return cases ?? DEFAULT_CASE_POLICY;
}

/** Until when a case that is opened at `at` is promised. */
export function deadlineOf({
  kind,
  at,
  policy,
}: {
  readonly kind: CaseKind;
  readonly at: Instant;
  readonly policy: CasePolicy;
}): Instant {
  return instant(at + policy.deadlineDays[kind] * DAY_MS);
}

/** Whether the shop owes the customer something. What waits to be picked up is the customer's turn. */
export function isAwaited({ status }: Pick<Case, "status">): boolean {
  return status !== "closed" && status !== "readyForPickup";
}

/** Whether the customer was promised to hear by now and did not. */
export function isOverdue(of: Pick<Case, "status" | "deadline">, now: Instant): boolean {
  return isAwaited(of) && now > of.deadline;
}
