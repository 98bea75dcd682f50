/** What a customer comes with. */
export const CASE_KINDS = ["complaint", "warranty", "repair"] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** Where a case stands. */
export const CASE_STATUSES = [
  "open",
  "inProgress",
  "waitingForCustomer",
  "waitingForSupplier",
  "readyForPickup",
  "closed",
] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

/** How a case ended. */
export const CASE_OUTCOMES = [
  "repaired",
  "replaced",
  "refunded",
  "discounted",
  "rejected",
  "withdrawn",
] as const;
export type CaseOutcome = (typeof CASE_OUTCOMES)[number];

/** The one table of where a case may go next; till, server and console read it. What is closed is opened again by going on with it. */
export const CASE_TRANSITIONS: Readonly<Record<CaseStatus, readonly CaseStatus[]>> = {
  open: ["inProgress", "waitingForCustomer", "waitingForSupplier", "readyForPickup", "closed"],
  inProgress: ["waitingForCustomer", "waitingForSupplier", "readyForPickup", "closed"],
  waitingForCustomer: ["inProgress", "waitingForSupplier", "readyForPickup", "closed"],
  waitingForSupplier: ["inProgress", "waitingForCustomer", "readyForPickup", "closed"],
  readyForPickup: ["inProgress", "closed"],
  closed: ["inProgress"],
};

/**
 * Whether a move makes sense for a case that stands at `now`. `from` is what whoever moved it had in front of them: a case that was closed meanwhile
 * is opened again only by somebody who knew that it was closed.
 */
export function moveFits({
  now,
  from,
  to,
}: {
  readonly now: CaseStatus;
  readonly from: CaseStatus;
  readonly to: CaseStatus;
}): boolean {
  if (to === now) return true;
  return CASE_TRANSITIONS[now].includes(to) && (now !== "closed" || from === "closed");
}
