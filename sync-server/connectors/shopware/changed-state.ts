import { msOf, type ShopwareOrder } from "./payload.ts";

const CHANGE = /^state_enter\.(order|order_transaction|order_delivery)\.state\.(\w+)$/;

interface Part {
  readonly stateMachineState?: { readonly technicalName: string } | null | undefined;
  readonly createdAt?: string | null | undefined;
  readonly updatedAt?: string | null | undefined;
}

/**
 * The order of a message with the state that its topic names, where the order itself lacks it: from Shopware 6.6 on, a change of state comes with the order's
 * own state loaded, but not with those of its payments and deliveries. The message does not say which of them was changed: it is the one that was written last.
 */
export function withChangedState(order: ShopwareOrder, topic: string): ShopwareOrder {
  const [, machine, technicalName = ""] = CHANGE.exec(topic) ?? [];
  const state = { technicalName };
  if (machine === "order") return { ...order, stateMachineState: order.stateMachineState ?? state };
  if (machine === "order_transaction")
    return { ...order, transactions: withStateOfLastWritten(order.transactions ?? [], state) };
  if (machine === "order_delivery")
    return { ...order, deliveries: withStateOfLastWritten(order.deliveries ?? [], state) };
  return order;
}

function withStateOfLastWritten<P extends Part>(
  parts: readonly P[],
  stateMachineState: { readonly technicalName: string },
): P[] {
  const unknown = parts.filter((part) => !part.stateMachineState);
  const last = unknown.toSorted((a, b) => writtenAt(a) - writtenAt(b)).at(-1);
  return parts.map((part) => (part === last ? { ...part, stateMachineState } : part));
}

function writtenAt({ createdAt, updatedAt }: Part): number {
  return Math.max(msOf(createdAt), msOf(updatedAt));
}
