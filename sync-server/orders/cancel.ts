import type { ExceptionKind } from "#domain/exceptions/exceptions.ts";
import type { Actor, Order } from "#domain/orders/order.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import { cancelOrder } from "#domain/orders/routing.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Publication } from "../sync/publisher.ts";
import { saveOrder } from "./ledger.ts";
import { closeSettled, nameOfActor } from "./order-exceptions.ts";

/** What only asked what becomes of an order. */
export const SETTLED_BY_CANCELLING: readonly ExceptionKind[] = [
  "noStoreForOrder",
  "unknownProduct",
  "addressMissing",
  "shortPick",
  "late",
  "storeSilent",
];

/** Cancels what was not handed over yet; exceptions that only asked what becomes of it are settled by that. */
export async function cancel(
  publication: Publication,
  {
    order,
    reason,
    by,
    newId,
  }: { readonly order: Order; readonly reason: string; readonly by: Actor; readonly newId: () => string },
): Promise<Result<Order, "nothingToCancel">> {
  // Nothing becomes ready by being cancelled: how long a store keeps parcels does not matter.
  const context = { at: publication.at, by, keepReadyMs: DEFAULT_ORDER_POLICY.keepReadyMs };
  const cancelled = cancelOrder({ order, reason, context });
  if (!cancelled.ok) return refused(cancelled.reason);
  await closeSettled(publication, cancelled.value, {
    kinds: SETTLED_BY_CANCELLING,
    resolution: "cancelOrder",
    by: nameOfActor(by),
    note: reason,
  });
  await saveOrder(publication, { before: order, after: cancelled.value, newId });
  return ok(cancelled.value);
}
