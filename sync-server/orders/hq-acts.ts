import type { Money } from "#domain/money/money.ts";
import {
  type EditRefusal,
  editedByHq,
  type HqEdit,
  type RefundRefusal,
  refundedByHq,
} from "#domain/orders/hq-edit.ts";
import type { Actor, Order } from "#domain/orders/order.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import { ok, type Result } from "#domain/result.ts";
import type { Publication } from "../sync/publisher.ts";
import { saveOrder } from "./ledger.ts";
import { nameOfActor } from "./order-exceptions.ts";
import { saveEdited } from "./save-edited.ts";

interface Act {
  readonly order: Order;
  readonly by: Actor;
  readonly newId: () => string;
}

/** Changes an order as HQ wants it, with all that follows. */
export async function editOrder(
  publication: Publication,
  { order, by, newId, edit }: Act & { readonly edit: HqEdit },
): Promise<Result<Order, EditRefusal>> {
  // Nothing becomes ready by what HQ changes: how long a store keeps parcels does not matter.
  const context = { at: publication.at, by, keepReadyMs: DEFAULT_ORDER_POLICY.keepReadyMs };
  const edited = editedByHq(order, { edit, context });
  if (!edited.ok) return edited;
  const { reason } = edit;
  const save = { before: order, after: edited.value, by: nameOfActor(by), reason, newId };
  return ok(await saveEdited(publication, save));
}

/** What HQ gives back of an order; asked for twice with one id, it is given once. */
export interface OrderRefund {
  readonly id?: string | undefined;
  readonly amount: Money;
  readonly reason: string;
}

/** Gives money back of an order besides goods: its shop is told to. */
export async function refundOrder(
  publication: Publication,
  { order, by, newId, ...refund }: Act & OrderRefund,
): Promise<Result<Order, RefundRefusal>> {
  const refunded = refundedByHq(order, { ...refund, context: { at: publication.at, by } });
  if (!refunded.ok || refunded.value === order) return refunded;
  await saveOrder(publication, { before: order, after: refunded.value, newId });
  return refunded;
}
