import { type Instant, instant } from "#domain/ids.ts";
import { reservedBy } from "#domain/orders/goods.ts";
import type { Fulfilment } from "#domain/orders/order.ts";
import type { OrderPolicy } from "#domain/orders/policy.ts";
import { isOpen } from "#domain/orders/transitions.ts";

/** A fulfilment that is over stays on the tills this long, for whoever comes back with a question. */
export const KEEP_OVER_MS = 14 * 86_400_000;

/** What time brings about in a fulfilment. */
export type TimelyAct = "notAccepted" | "late" | "remind" | "expire" | "forget";

export interface Moment {
  readonly at: Instant;
  readonly act: TimelyAct;
}

/** All that time will bring about in a fulfilment as it stands, the earliest first. */
export function momentsOf(fulfilment: Fulfilment, policy: OrderPolicy): readonly Moment[] {
  const { state, kind, promisedAt, collectBy, trace } = fulfilment;
  const moments: Moment[] = [];
  const given = trace[0]?.at;
  if (state === "allocated" && given !== undefined)
    moments.push({ at: instant(given + policy.acceptWithinMs), act: "notAccepted" });
  if (isOpen(state) && state !== "ready") moments.push({ at: promisedAt, act: "late" });
  if (state === "ready" && kind === "pickup" && collectBy !== null) {
    // A parcel that is kept no longer than the reminder comes before would be reminded of as it becomes ready.
    if (policy.remindBeforeMs < policy.keepReadyMs)
      moments.push({ at: instant(collectBy - policy.remindBeforeMs), act: "remind" });
    moments.push({ at: collectBy, act: "expire" });
  }
  // Goods that still lie on the collect shelf have to be seen there until they are back on sale.
  if (!isOpen(state) && reservedBy(fulfilment).size === 0) {
    const last = trace.reduce((latest, each) => Math.max(latest, each.at), 0);
    moments.push({ at: instant(last + KEEP_OVER_MS), act: "forget" });
  }
  return moments.toSorted((a, b) => a.at - b.at);
}

/** When time next brings something about, after what was seen to already; null: never, as it stands. */
export function nextMoment(fulfilment: Fulfilment, policy: OrderPolicy, seenTo: Instant): Instant | null {
  const open = momentsOf(fulfilment, policy).find(({ at, act }) => at > seenTo || act === "forget");
  return open === undefined ? null : instant(Math.max(open.at, seenTo + 1));
}
