import type { FulfilmentId, OrderId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { HandedLine, HandOver, PickedLine, ShortChoice, TillAct } from "./act.ts";
import type { DeliveryWish, OrderContact, OrderLine, Parcel } from "./order.ts";

/** An order that a colleague placed at the till; it is paid by the ticket it travels with. */
export interface TillOrder {
  readonly id: OrderId;
  readonly contact: OrderContact;
  readonly delivery: DeliveryWish;
  readonly lines: readonly OrderLine[];
  readonly shipping: Money;
  readonly note: string;
  /** Whether the server's word on stock was there when it was sold; else the receipt says that it is unconfirmed. */
  readonly confirmed: boolean;
}

/** What happens to orders at a till, as the journal says it. */
export type OrderFact =
  | { readonly type: "order.accepted"; readonly fulfilment: FulfilmentId }
  | { readonly type: "order.declined"; readonly fulfilment: FulfilmentId; readonly reason: string }
  | { readonly type: "order.pickingStarted"; readonly fulfilment: FulfilmentId }
  | { readonly type: "order.pickingStopped"; readonly fulfilment: FulfilmentId }
  | {
      readonly type: "order.picked";
      readonly fulfilment: FulfilmentId;
      readonly lines: readonly PickedLine[];
      readonly shelf: string;
      readonly rest: ShortChoice | null;
    }
  /** `ticket`: what was paid as the goods changed hands, add-on sale included; null when nothing was. */
  | ({
      readonly type: "order.handedOver";
      readonly fulfilment: FulfilmentId;
      readonly ticket: Ticket | null;
    } & HandOver)
  | {
      readonly type: "order.shipped";
      readonly fulfilment: FulfilmentId;
      readonly lines: readonly HandedLine[];
      readonly parcels: readonly Parcel[];
    }
  | { readonly type: "order.restocked"; readonly fulfilment: FulfilmentId }
  | { readonly type: "order.placed"; readonly order: TillOrder; readonly ticket: Ticket };

/** The act on a fulfilment that a fact tells of. */
export function actOfFact(fact: Exclude<OrderFact, { readonly type: "order.placed" }>): TillAct {
  switch (fact.type) {
    case "order.accepted":
      return { type: "accepted" };
    case "order.declined":
      return { type: "declined", reason: fact.reason };
    case "order.pickingStarted":
      return { type: "pickingStarted" };
    case "order.pickingStopped":
      return { type: "pickingStopped" };
    case "order.picked":
      return { type: "picked", lines: fact.lines, shelf: fact.shelf, rest: fact.rest };
    case "order.handedOver": {
      const { lines, proof, override, signature } = fact;
      const signed = signature === undefined ? {} : { signature };
      return { type: "handedOver", lines, proof, override, ...signed };
    }
    case "order.shipped":
      return { type: "shipped", lines: fact.lines, parcels: fact.parcels };
    case "order.restocked":
      return { type: "restocked" };
  }
}
