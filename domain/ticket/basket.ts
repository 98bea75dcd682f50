import type { TaxExemption } from "../customer/customer.ts";
import type {
  BasketId,
  CustomerId,
  FulfilmentId,
  Instant,
  LineId,
  OrderId,
  Sku,
  StaffId,
  TaxClassId,
  TenderId,
  VariantId,
} from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { HandOver } from "../orders/act.ts";
import type { DeliveryWish, OrderContact } from "../orders/order.ts";
import type { CardRequest } from "../payments/card-request.ts";
import type { QuantityPrice } from "../product/product.ts";
import type { Promotion, PromotionChoice } from "../promotions/promotion.ts";
import type { Returning } from "../returns/returning.ts";
import type { GoodsMarks } from "../scan/goods-facts.ts";
import type {
  CardTender,
  GiftCardLine,
  LinkedLine,
  OrderLineRef,
  PriceOverride,
  RefundTender,
  UsedCoupon,
  ValueTender,
  Weighed,
} from "./ticket.ts";

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
  /** Absent: of no category that promotions or return windows know. */
  readonly category?: string;
  readonly unitPrice: Money;
  readonly quantity: number;
  readonly discount: Discount | null;
  /** The order line that is paid here; its price is the one that was promised. */
  readonly order?: OrderLineRef;
  /** Until how many days after the sale it may be brought back, 0: it is a final sale. Absent: as the store's policy says. */
  readonly returnDays?: number;
  /** Weighed: what it weighs and what a kilogram costs; `unitPrice` is what this one piece costs by it. */
  readonly weighed?: Weighed;
  /** The colleague typed what it costs. */
  readonly openPrice?: true;
  /** Another price was typed over the list's, which stands here: no list changes it, and no promotion reduces it further. */
  readonly override?: PriceOverride;
  /** What it costs is printed on its package: no list changes that. */
  readonly labelPrice?: true;
  /** Charged with another line, piece for piece: it comes, changes and goes with it. */
  readonly linked?: LinkedLine;
  /** Value that the customer buys onto a gift card: no goods, no tax, no discount. */
  readonly giftCard?: GiftCardLine;
  /** What a piece costs alone and in numbers; absent: `unitPrice` holds for any number. */
  readonly tiers?: PriceTiers;
  /** Batch, serial number and expiry, as scanned from its package. */
  readonly marks?: GoodsMarks;
  /** Who sold it, where it is not whoever rings it up. */
  readonly soldBy?: StaffId;
}

/** `single` is the price of one piece, `tiers` those from so many pieces of the variant in the basket on. */
export interface PriceTiers {
  readonly single: Money;
  readonly tiers: readonly QuantityPrice[];
}

/** Whether lines come to more than a ticket may, before anything is off. */
export function isTooLarge(lines: readonly Pick<BasketLine, "unitPrice" | "quantity">[]): boolean {
  return (
    lines.reduce((sum, { unitPrice, quantity }) => sum + unitPrice.minor * quantity, 0) > MAX_AMOUNT_MINOR
  );
}

/** `tendered` is what was handed over (may exceed what is due, cash only); change is worked out when the sale completes. */
export type Tender =
  | { readonly id: TenderId; readonly kind: "cash"; readonly tendered: Money }
  | CardTender
  | ValueTender
  | RefundTender;

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
  /** What a payment terminal was asked for and did not answer yet. */
  readonly cardRequest?: CardRequest;
  /** The order that is handed out with this sale. */
  readonly collecting?: Collecting;
  /** What is sold here goes to the customer by another way: as an order. */
  readonly ordering?: Ordering;
  /** Those that held when the basket was last touched, in the order in which they are granted. */
  readonly promotions?: readonly Promotion[];
  /** Which of them are granted where several fit; absent: by priority. */
  readonly promotionChoice?: PromotionChoice;
  /** Coupons that the customer showed and that are good, whether or not their promotion is granted for what is in the basket. */
  readonly coupons?: readonly UsedCoupon[];
  /** By which its customer pays no tax today. */
  readonly taxExemption?: TaxExemption;
  /** What comes back with this sale; with nothing sold it is a return, with something an exchange. */
  readonly returning?: Returning;
}

/** A hand-out in the making: completing the sale hands the goods over. `paidOnline` counts as paid already. */
export interface Collecting {
  readonly fulfilment: FulfilmentId;
  readonly order: OrderId;
  readonly paidOnline: Money;
  readonly handOver: HandOver;
}

/** An order at the till in the making: paid here, picked elsewhere. */
export interface Ordering {
  readonly order: OrderId;
  readonly contact: OrderContact;
  readonly delivery: DeliveryWish;
}
