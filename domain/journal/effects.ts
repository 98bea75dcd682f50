import type { CaseAct, CaseOpening } from "../cases/case.ts";
import { type CouponUse, couponUsesOf } from "../coupons/uses.ts";
import type { CustomerFact } from "../customer/changes.ts";
import type { CaseId, DeliveryId, FulfilmentId } from "../ids.ts";
import type { Invoice } from "../invoice/invoice.ts";
import type { TillAct } from "../orders/act.ts";
import { actOfFact, type TillOrder } from "../orders/facts.ts";
import { movementsOfHanded } from "../orders/goods.ts";
import type { PurchaseRef } from "../returns/purchase.ts";
import { returnActsOf } from "../returns/return-acts.ts";
import type { ReturnAct } from "../returns/returned.ts";
import { movementOfAdjustment } from "../stock/adjusting.ts";
import type { DeliveryAct, DeliveryOpening } from "../stock/delivery.ts";
import { deliveryActOf, movementsOfDelivery } from "../stock/delivery-facts.ts";
import { movementsOfTicket } from "../stock/movements.ts";
import type { StockCount, StockMovement } from "../stock/stock.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { type CreditMove, creditMovesOf } from "../value/moves.ts";
import type { Fact, JournalEntry } from "./entry.ts";

/** What a fact changes. The server books it, the till's overlay folds it: the same function serves both. */
export interface EntryEffects {
  readonly tickets: readonly Ticket[];
  readonly movements: readonly StockMovement[];
  /** What happened to a store's part of an order. */
  readonly act: { readonly fulfilment: FulfilmentId; readonly act: TillAct } | null;
  /** A shelf was counted: by how much its level is off is known only where the level is. */
  readonly counted: StockCount | null;
  /** What came back of which purchases. */
  readonly returns: readonly { readonly purchase: PurchaseRef; readonly act: ReturnAct }[];
  /** Store credit that was given out or spent. */
  readonly credits: readonly CreditMove[];
  /** Coupons that were used up, or once more. */
  readonly coupons: readonly CouponUse[];
  readonly placed: { readonly order: TillOrder; readonly ticket: Ticket } | null;
  readonly invoice: Invoice | null;
  /** A customer who was registered or edited; the changes are sealed. */
  readonly customer: CustomerFact | null;
  /** A case that was taken in. */
  readonly opened: CaseOpening | null;
  /** What was done to a case. */
  readonly noted: { readonly case: CaseId; readonly act: CaseAct } | null;
  /** What was done to a delivery; `opening` where it began with that. */
  readonly delivered: {
    readonly id: string;
    readonly delivery: DeliveryId;
    readonly opening: DeliveryOpening | null;
    readonly act: DeliveryAct;
  } | null;
}

const NOTHING: EntryEffects = {
  tickets: [],
  movements: [],
  act: null,
  counted: null,
  returns: [],
  credits: [],
  coupons: [],
  placed: null,
  invoice: null,
  customer: null,
  opened: null,
  noted: null,
  delivered: null,
};

/** The ticket that a fact completes; null where it completes none. */
export function ticketOf(fact: Fact): Ticket | null {
  switch (fact.type) {
    case "ticket.completed":
    case "order.placed":
    case "order.handedOver":
      return fact.ticket;
    case "epoch.begun":
    case "staff.signedIn":
    case "staff.signedOut":
    case "receipt.reprinted":
    case "receipt.sent":
    case "invoice.issued":
    case "order.accepted":
    case "order.declined":
    case "order.pickingStarted":
    case "order.pickingStopped":
    case "order.picked":
    case "order.shipped":
    case "order.restocked":
    case "stock.counted":
    case "stock.areaCounted":
    case "stock.countFinished":
    case "stock.adjusted":
    case "case.opened":
    case "case.noted":
    case "delivery.sent":
    case "delivery.received":
    case "customer.registered":
    case "customer.edited":
    case "shift.opened":
    case "cash.moved":
    case "drawer.opened":
    case "shift.counted":
    case "shift.closed":
    case "day.closed":
    case "staff.clockedIn":
    case "staff.clockedOut":
    case "action.approved":
    case "basket.voided":
    case "fiscal.failed":
    case "fiscal.restored":
    case "card.reversed":
    case "card.settledByHand":
    case "giftCard.paidOut":
      return null;
  }
}

/** What a fact says of a customer; null where it is about something else. Cheap: a till that is cut off for days asks it of each entry that waits. */
export function customerFactOf(fact: Fact): CustomerFact | null {
  return fact.type === "customer.registered" || fact.type === "customer.edited" ? fact : null;
}

export function effectsOf(
  entry: Pick<JournalEntry, "fact" | "store" | "device" | "staff" | "at">,
): EntryEffects {
  const { fact, store } = entry;
  const ticket = ticketOf(fact);
  const sold =
    ticket === null
      ? NOTHING
      : {
          ...NOTHING,
          tickets: [ticket],
          movements: movementsOfTicket(ticket),
          returns: returnActsOf(ticket),
          credits: creditMovesOf(ticket),
          coupons: couponUsesOf(ticket),
        };
  switch (fact.type) {
    case "epoch.begun":
    case "staff.signedIn":
    case "staff.signedOut":
    case "receipt.reprinted":
    case "shift.opened":
    case "cash.moved":
    case "drawer.opened":
    case "shift.counted":
    case "shift.closed":
    case "day.closed":
    case "staff.clockedIn":
    case "staff.clockedOut":
    case "action.approved":
    case "basket.voided":
    case "fiscal.failed":
    case "fiscal.restored":
    case "card.reversed":
    case "card.settledByHand":
    case "receipt.sent":
    case "ticket.completed":
      return sold;
    case "invoice.issued": {
      const { id, ticket: of, recipient } = fact;
      return { ...NOTHING, invoice: { id, ticket: of, recipient } };
    }
    case "stock.counted": {
      const { task, variant, counted } = fact;
      return { ...NOTHING, counted: { task, variant, counted } };
    }
    case "stock.areaCounted":
    case "stock.countFinished":
      // What is off is seen and booked at HQ.
      return NOTHING;
    case "stock.adjusted": {
      const { id: act, variant, quantity, why, note } = fact;
      const by = { kind: "staff", staff: entry.staff } as const;
      return {
        ...NOTHING,
        movements: [movementOfAdjustment({ store, variant, quantity, act, why, note, by })],
      };
    }
    case "customer.registered":
    case "customer.edited":
      return { ...NOTHING, customer: fact };
    case "giftCard.paidOut": {
      const { id, code, amount } = fact;
      const { at, device, staff } = entry;
      const told = { at, ticket: null, number: null, store, device, staff, note: fact.reason };
      return { ...NOTHING, credits: [{ ...told, id: `paidOut:${id}`, kind: "paidOut", code, amount }] };
    }
    case "case.opened":
      return { ...NOTHING, opened: fact.opening };
    case "case.noted":
      return { ...NOTHING, noted: { case: fact.case, act: fact.act } };
    case "delivery.sent":
    case "delivery.received": {
      const { id, delivery } = fact;
      const act = deliveryActOf(fact, store);
      const opening = fact.type === "delivery.sent" ? fact.opening : null;
      const movements = movementsOfDelivery({ id, delivery, act });
      return { ...NOTHING, movements, delivered: { id, delivery, opening, act } };
    }
    case "order.placed":
      return { ...sold, placed: { order: fact.order, ticket: fact.ticket } };
    case "order.handedOver":
    case "order.shipped": {
      const { fulfilment, lines } = fact;
      const moved = movementsOfHanded({ fulfilment, store, lines });
      return {
        ...sold,
        movements: [...sold.movements, ...moved],
        act: { fulfilment, act: actOfFact(fact) },
      };
    }
    case "order.accepted":
    case "order.declined":
    case "order.pickingStarted":
    case "order.pickingStopped":
    case "order.picked":
    case "order.restocked":
      return { ...NOTHING, act: { fulfilment: fact.fulfilment, act: actOfFact(fact) } };
  }
}
