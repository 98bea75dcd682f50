import type {
  BusinessDay,
  ChannelId,
  CustomerId,
  Instant,
  OrderId,
  PromotionId,
  Sku,
  StoreId,
  TaxClassId,
  TicketId,
  VariantId,
} from "../ids.ts";
import type { Currency, Money } from "../money/money.ts";
import type { TerminalReference } from "../payments/terminal-slip.ts";
import type { TaxAmount, TaxMode } from "../tax/tax.ts";
import type { LinkedLine, PromotionNeeds } from "../ticket/ticket.ts";

/** What was bought: at a till, or as an order. Lines of a ticket that pay an order are the order's, so that nothing can be returned under two names. */
export type PurchaseRef =
  | { readonly kind: "ticket"; readonly id: TicketId }
  | { readonly kind: "order"; readonly id: OrderId };

/** A line of a purchase: its place in the ticket's or order's own list of lines, from 0. Neither list ever loses or reorders lines. */
export interface PurchaseLineRef {
  readonly purchase: PurchaseRef;
  readonly position: number;
}

/** Money off that was granted because of what was bought together; a return may take the reason for it away. */
export interface DependentDiscount {
  readonly promotion: PromotionId;
  readonly name: string;
  readonly needs: PromotionNeeds;
  /** Off all pieces of the line. */
  readonly amount: Money;
}

export interface PurchasedLine {
  readonly position: number;
  /** Null: the shop sold something that this catalogue does not know. */
  readonly variant: VariantId | null;
  readonly sku: Sku;
  /** Empty where only a receipt code is known; the catalogue has it. */
  readonly name: string;
  readonly options: readonly string[];
  readonly taxClass: TaxClassId;
  /** Pieces that the customer got. */
  readonly quantity: number;
  readonly unitPrice: Money;
  /** What was paid for all pieces as it was shown: with tax where the purchase's prices have it in them. */
  readonly total: Money;
  /** The tax on all pieces, by the rates of the day of sale. */
  readonly taxes: readonly TaxAmount[];
  /** The last day on which it may be brought back; null: it is a final sale. */
  readonly returnBy: BusinessDay | null;
  readonly discounts: readonly DependentDiscount[];
  /** Charged with the line at a position, piece for piece. Absent: goods, or nobody knows. */
  readonly linked?: { readonly to: number; readonly kind: LinkedLine["kind"] };
}

/** How a purchase was paid. `amount` is what stayed with the shop: change is off. */
export type PaidWith =
  | { readonly kind: "cash"; readonly amount: Money }
  /** `terminal`: what a refund at a terminal refers to; absent where nobody knows it. */
  | {
      readonly kind: "card";
      readonly amount: Money;
      readonly approvalCode: string;
      readonly terminal?: TerminalReference;
    }
  | { readonly kind: "credit"; readonly amount: Money }
  | {
      readonly kind: "points";
      readonly amount: Money;
      readonly points: number;
      readonly customer: CustomerId;
    }
  | { readonly kind: "online"; readonly amount: Money; readonly order: OrderId };

/** What can be brought back, the same for every channel. Immutable but for orders, of which more may have been handed out since. */
export interface Purchase {
  readonly ref: PurchaseRef;
  /** The receipt's or the order's number, as people read it. */
  readonly number: string;
  readonly channel: ChannelId;
  /** Where it was sold or handed out; null: sent from elsewhere. */
  readonly store: StoreId | null;
  readonly at: Instant;
  readonly day: BusinessDay;
  readonly currency: Currency;
  readonly taxMode: TaxMode;
  readonly customer: CustomerId | null;
  readonly lines: readonly PurchasedLine[];
  readonly paidWith: readonly PaidWith[];
  /** What was really paid for these lines, cash rounding in it: no more than this is ever given back. */
  readonly settled: Money;
}

export function isSamePurchase(a: PurchaseRef, b: PurchaseRef): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/** `ticket:ID` or `order:ID`: the purchase as a key of maps and documents. */
export function purchaseKey({ kind, id }: PurchaseRef): string {
  return `${kind}:${id}`;
}
