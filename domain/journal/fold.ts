import type { FulfilmentId, VariantId } from "../ids.ts";
import { actOn, type TillAct } from "../orders/act.ts";
import type { StoreOrder } from "../orders/order.ts";
import { paymentAfter } from "../orders/payment.ts";
import { isSamePurchase } from "../returns/purchase.ts";
import { type Returned, withReturn } from "../returns/returned.ts";
import { applyMovement, movementOfCount } from "../stock/movements.ts";
import type { StockLevel } from "../stock/stock.ts";
import { parseReceiptNumber } from "../ticket/receipt-number.ts";
import { effectsOf, ticketOf } from "./effects.ts";
import type { Fact, JournalEntry } from "./entry.ts";
import { isAfter } from "./order-of-entries.ts";

/** The highest entry of a till whose effects a replica contains. */
export interface AppliedUpTo {
  readonly epoch: number;
  readonly seq: number;
}

/** Entries that a replica does not contain yet: of later epochs, or of its epoch beyond its seq. */
export function pendingEntries({
  entries,
  applied,
}: {
  readonly entries: readonly JournalEntry[];
  readonly applied: AppliedUpTo;
}): readonly JournalEntry[] {
  return entries.filter((entry) => isAfter(entry, applied));
}

/** fold(replica, pending): stock levels as they are with the till's own entries that the replica does not contain yet. */
export function foldStock({
  levels,
  pending,
}: {
  readonly levels: ReadonlyMap<VariantId, StockLevel>;
  readonly pending: readonly JournalEntry[];
}): ReadonlyMap<VariantId, StockLevel> {
  const folded = new Map(levels);
  for (const entry of pending) {
    const { movements, counted } = effectsOf(entry);
    const levelOf = (variant: VariantId): StockLevel =>
      folded.get(variant) ?? { store: entry.store, variant, onHand: 0 };
    const corrected =
      counted === null
        ? []
        : [movementOfCount({ level: levelOf(counted.variant), count: counted, entry: entry.id })];
    for (const movement of [...movements, ...corrected])
      folded.set(movement.variant, applyMovement(levelOf(movement.variant), movement));
  }
  return folded;
}

/** fold(replica, pending): what came back of a purchase, with the till's own returns that the replica does not contain yet. */
export function foldReturned({
  returned,
  pending,
}: {
  readonly returned: Returned;
  readonly pending: readonly JournalEntry[];
}): Returned {
  return pending
    .flatMap((entry) => effectsOf(entry).returns)
    .filter(({ purchase }) => isSamePurchase(purchase, returned.purchase))
    .reduce((so, { act }) => withReturn(so, act), returned);
}

/** The counter of the next receipt number after a fact; it lives in the journal and nowhere else. */
export function receiptCounterAfter({
  counter,
  fact,
}: {
  readonly counter: number;
  readonly fact: Fact;
}): number {
  if (fact.type === "epoch.begun") return fact.nextReceipt;
  return ticketOf(fact) === null ? counter : counter + 1;
}

/** The counter of the next receipt after an entry, as far as the entry itself tells it. */
export function counterAfter({ fact }: JournalEntry): number | null {
  if (fact.type === "epoch.begun") return fact.nextReceipt;
  const ticket = ticketOf(fact);
  if (ticket === null) return null;
  const number = parseReceiptNumber(ticket.number);
  return number === null ? null : number.counter + 1;
}

/** fold(replica, pending): a store's orders as they are with the till's own entries that the replica does not contain yet. */
export function foldOrders({
  orders,
  pending,
  keepReadyMs,
}: {
  readonly orders: ReadonlyMap<FulfilmentId, StoreOrder>;
  readonly pending: readonly JournalEntry[];
  readonly keepReadyMs: number;
}): ReadonlyMap<FulfilmentId, StoreOrder> {
  const folded = new Map(orders);
  for (const entry of pending) {
    const { act } = effectsOf(entry);
    const order = act === null ? undefined : folded.get(act.fulfilment);
    if (act === null || order === undefined) continue;
    folded.set(act.fulfilment, withAct({ order, act: act.act, entry, keepReadyMs }));
  }
  return folded;
}

/** A store's order after what an entry says happened to it. */
export function withAct({
  order,
  act,
  entry,
  keepReadyMs,
}: {
  readonly order: StoreOrder;
  readonly act: TillAct;
  readonly entry: Pick<JournalEntry, "at" | "staff" | "device" | "fact">;
  readonly keepReadyMs: number;
}): StoreOrder {
  const { at, staff, device, fact } = entry;
  const fulfilment = actOn(order.fulfilment, act, {
    at,
    by: { kind: "staff", staff, device },
    keepReadyMs,
  });
  return { ...order, fulfilment, payment: paymentAfter(order.payment, ticketOf(fact)) };
}
