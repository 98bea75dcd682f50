import type {
  BasketId,
  BusinessDay,
  CustomerId,
  DeviceId,
  Instant,
  LineId,
  OrderId,
  ReceiptNumber,
  Sku,
  StaffId,
  StoreId,
  TaxClassId,
  TenderId,
  TicketId,
  VariantId,
} from "../ids.ts";
import type { Currency, Money } from "../money/money.ts";
import type { TaxAmount, TaxMode, TaxRounding } from "../tax/tax.ts";

/** A line of an order, named from a basket or a ticket. */
export interface OrderLineRef {
  readonly order: OrderId;
  readonly line: LineId;
}

/** A discount as it was granted: which cents, and why. */
export interface GrantedDiscount {
  readonly source: "line" | "basket";
  readonly reason: string;
  readonly amount: Money;
}

export interface TicketLine {
  readonly id: LineId;
  readonly kind: "sale";
  readonly variant: VariantId;
  readonly sku: Sku;
  readonly name: string;
  readonly options: readonly string[];
  readonly taxClass: TaxClassId;
  readonly quantity: number;
  readonly unitPrice: Money;
  /** unitPrice x quantity, before discounts. */
  readonly gross: Money;
  readonly discounts: readonly GrantedDiscount[];
  /** What the customer pays for this line: gross minus discounts, as shown (with tax when prices are inclusive). */
  readonly total: Money;
  readonly taxes: readonly TaxAmount[];
  /** The order line that is paid here. Its goods move with the order, not with this ticket. */
  readonly order?: OrderLineRef;
}

export type TicketTender =
  | { readonly id: TenderId; readonly kind: "cash"; readonly tendered: Money; readonly change: Money }
  | { readonly id: TenderId; readonly kind: "card"; readonly amount: Money; readonly approvalCode: string }
  /** Paid in the web shop before; settles here what is settled already. */
  | { readonly id: TenderId; readonly kind: "paidOnline"; readonly amount: Money; readonly order: OrderId };

export interface TicketTotals {
  /** Sum of the lines' gross. */
  readonly gross: Money;
  /** All discounts, a positive amount. */
  readonly discount: Money;
  readonly net: Money;
  readonly tax: Money;
  /** net + tax: what the goods cost. */
  readonly total: Money;
  /** Added (or taken off, negative) because cash has no such coins; zero unless paid wholly in cash. */
  readonly cashRounding: Money;
  /** total + cashRounding: what the tenders less the change add up to. */
  readonly due: Money;
}

/** A completed sale: immutable. Corrections are new tickets that point back. */
export interface Ticket {
  readonly id: TicketId;
  readonly number: ReceiptNumber;
  readonly basket: BasketId;
  readonly store: StoreId;
  readonly device: DeviceId;
  readonly staff: StaffId;
  readonly customer: CustomerId | null;
  readonly completedAt: Instant;
  readonly businessDay: BusinessDay;
  readonly currency: Currency;
  readonly taxMode: TaxMode;
  readonly taxRounding: TaxRounding;
  readonly lines: readonly TicketLine[];
  /** Per rate, over the whole ticket; adds up to totals.tax. */
  readonly taxes: readonly TaxAmount[];
  readonly totals: TicketTotals;
  readonly tenders: readonly TicketTender[];
}
