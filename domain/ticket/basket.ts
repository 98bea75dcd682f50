import type {
  BasketId,
  CustomerId,
  Instant,
  LineId,
  Sku,
  StaffId,
  TaxClassId,
  TenderId,
  VariantId,
} from "../ids.ts";
import type { Money } from "../money/money.ts";

export const MAX_LINES_PER_TICKET = 500;
export const MAX_QUANTITY_PER_LINE = 9_999;
export const MAX_TENDERS_PER_TICKET = 20;
export const MAX_DISCOUNT_REASON_CHARS = 120;
/** Goods of one basket before discounts, and one cash tender: far above any sale, far below where sums stop being exact. */
export const MAX_AMOUNT_MINOR = 999_999_999_999;

/** Why and how much less: percent as parts per million of the line's or basket's value, or an amount. */
export type Discount =
  | { readonly kind: "percent"; readonly ppm: number; readonly reason: string }
  | { readonly kind: "amount"; readonly amount: Money; readonly reason: string };

/** A line as the cashier builds it. Name, price and tax class are those of the moment it was rung. */
export interface BasketLine {
  readonly id: LineId;
  readonly variant: VariantId;
  readonly sku: Sku;
  readonly name: string;
  readonly options: readonly string[];
  readonly taxClass: TaxClassId;
  readonly unitPrice: Money;
  readonly quantity: number;
  readonly discount: Discount | null;
}

/** `tendered` is what was handed over (may exceed what is due, cash only); change is worked out when the sale completes. */
export type Tender =
  | { readonly id: TenderId; readonly kind: "cash"; readonly tendered: Money }
  | { readonly id: TenderId; readonly kind: "card"; readonly amount: Money; readonly approvalCode: string };

/** A sale in the making: local to the till, kept on disk at each step, never sent. */
export interface Basket {
  readonly id: BasketId;
  readonly status: "open" | "parked";
  readonly label: string;
  readonly staff: StaffId;
  readonly customer: CustomerId | null;
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
  readonly lines: readonly BasketLine[];
  readonly discount: Discount | null;
  readonly tenders: readonly Tender[];
}
