import type { BusinessDay, Instant } from "../ids.ts";
import { ok, type Result, refused } from "../result.ts";
import { daysAfter } from "../store/business-day.ts";
import type { AuditSeverity } from "./checks.ts";

/** Who sees to what a check finds, and until when. */
export interface AuditOwner {
  /** As the audit log knows them; `id` null: known by name alone. */
  readonly id: string | null;
  readonly name: string;
  readonly due: BusinessDay;
  readonly note: string;
  /** When it was given to them, and by whom. */
  readonly at: Instant;
  readonly by: string;
}

/** Whoever takes something on says no day further away. */
const MAX_DUE_DAYS = 365;

const USUAL_DAYS: Readonly<Record<AuditSeverity, number>> = { high: 7, medium: 30, low: 90 };

/** Until when it is to be seen to where nobody says another day. */
export function usualDue(severity: AuditSeverity, today: BusinessDay): BusinessDay {
  return daysAfter(today, USUAL_DAYS[severity]);
}

/** The day that somebody wants, or the usual one; refused where it is over or too far away. */
export function dueOf({
  wanted,
  severity,
  today,
}: {
  readonly wanted: BusinessDay | null;
  readonly severity: AuditSeverity;
  readonly today: BusinessDay;
}): Result<BusinessDay, "over" | "tooFar"> {
  if (wanted === null) return ok(usualDue(severity, today));
  if (wanted < today) return refused("over");
  return wanted > daysAfter(today, MAX_DUE_DAYS) ? refused("tooFar") : ok(wanted);
}

/** Whether the day is over and there still is something. */
export function isOverdue({
  due,
  today,
  count,
}: {
  readonly due: BusinessDay;
  readonly today: BusinessDay;
  readonly count: number | null;
}): boolean {
  return count !== 0 && due < today;
}
