import type { FiscalMark } from "../fiscal/mark.ts";
import type {
  BasketId,
  BusinessDay,
  CustomerId,
  DeviceId,
  Instant,
  LineId,
  OrderId,
  PromotionId,
  ReceiptNumber,
  ShiftId,
  Sku,
  StaffId,
  StoreId,
  TaxClassId,
  TenderId,
  TicketId,
  VariantId,
} from "../ids.ts";
import type { EarnedShare } from "../loyalty/earn.ts";
import type { Currency, Money } from "../money/money.ts";
import type { TerminalSlip } from "../payments/terminal-slip.ts";
import type { GiftNeeds, TierSteps } from "../promotions/promotion.ts";
import type { Disposition, GoodsCondition, ReturnReason } from "../returns/goods.ts";
import type { PurchaseLineRef, PurchaseRef } from "../returns/purchase.ts";
import type { GoodsMarks } from "../scan/goods-facts.ts";
import type { TaxAmount, TaxMode, TaxRounding } from "../tax/tax.ts";

/** A line of an order, named from a basket or a ticket. */
export interface OrderLineRef {
  readonly order: OrderId;
  readonly line: LineId;
}

/**
 * What a promotion asks of the goods that it is granted for, and what it takes to grant it again on those of them that are kept. `most`: so many times at most.
 */
export type PromotionNeeds =
  /** Each piece has it for itself: a share of what it costs, or so much. */
  | { readonly kind: "pieces"; readonly off: "share" | "amount" }
  /** All of it while the goods are worth at least so much before it, else nothing. */
  | { readonly kind: "value"; readonly least: Money }
  /** The highest of these steps that the goods reach, ascending; those above what was bought are not among them. */
  | { readonly kind: "steps"; readonly steps: TierSteps }
  /** Of each full group of `size` pieces among the lines that have it, `pays` are paid, the dearest; of the others `ppm` are off, all where it is absent. */
  | {
      readonly kind: "groups";
      readonly size: number;
      readonly pays: number;
      readonly ppm?: number;
      readonly most?: number;
    }
  /** Each set of all its components, `each` pieces of every component `component` of `components`, costs `price`. */
  | {
      readonly kind: "bundle";
      readonly component: number;
      readonly components: number;
      readonly each: number;
      readonly price: Money;
      readonly most?: number;
    }
  /** With what it asks of the goods, `free` pieces of the gift are free; the line is of the goods, of the gift, or of both. */
  | {
      readonly kind: "gift";
      readonly role: GiftRole;
      readonly asks: GiftNeeds;
      readonly free: number;
      readonly perEach: boolean;
      readonly most?: number;
    };

export const GIFT_ROLES = ["goods", "gift", "both"] as const;
export type GiftRole = (typeof GIFT_ROLES)[number];

/** A discount as it was granted: which cents, and why. A promotion also says what it depends on; `reason` is its name. */
export type GrantedDiscount =
  /** `taxExemption`: the tax that a price had in it; the reason is the certificate. */
  | { readonly source: "line" | "basket" | "taxExemption"; readonly reason: string; readonly amount: Money }
  | {
      readonly source: "promotion";
      readonly reason: string;
      readonly amount: Money;
      readonly promotion: PromotionId;
      /** Null: it depends on nothing else in the basket. */
      readonly needs: PromotionNeeds | null;
    }
  /** What a returned line had been reduced by. */
  | { readonly source: "returned"; readonly reason: string; readonly amount: Money };

/** What every line of a ticket says. Amounts of goods that came back are below zero; pieces are always above. */
interface TicketLineBase {
  readonly id: LineId;
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
}

export interface SaleLine extends TicketLineBase {
  readonly kind: "sale";
  /** The order line that is paid here. Its goods move with the order, not with this ticket. */
  readonly order?: OrderLineRef;
  /** Until how many days after the sale it may be brought back, 0: it is a final sale. Absent: as the store's policy says. */
  readonly returnDays?: number;
  /** Weighed: what it weighs and what a kilogram costs; `unitPrice` is what this one piece costs by it. */
  readonly weighed?: Weighed;
  /** The colleague typed what it costs. */
  readonly openPrice?: true;
  /** A colleague typed another price over the list's: what that was, and why. */
  readonly override?: PriceOverride;
  /** Charged with another line, piece for piece: it comes, changes and goes with it. */
  readonly linked?: LinkedLine;
  /** Value that the customer buys onto a gift card: no goods, no tax, no discount. */
  readonly giftCard?: GiftCardLine;
  /** Batch, serial number and expiry, as scanned from its package. */
  readonly marks?: GoodsMarks;
  /** Who sold it, where it is not whoever rang it up: for commission. */
  readonly soldBy?: StaffId;
}

export interface Weighed {
  readonly grams: number;
  readonly perKilo: Money;
}

export interface PriceOverride {
  /** What a piece would have cost. */
  readonly listPrice: Money;
  readonly reason: string;
}

export interface LinkedLine {
  readonly to: LineId;
  readonly kind: "deposit" | "levy" | "bag";
}

/** A gift card that is sold with so much on it, or loaded with so much more. */
export interface GiftCardLine {
  readonly code: string;
  readonly act: "sold" | "loaded";
}

/** Goods that came back. */
export interface ReturnLine extends TicketLineBase {
  readonly kind: "return";
  /** Null: without a receipt. */
  readonly of: PurchaseLineRef | null;
  readonly reason: ReturnReason;
  readonly condition: GoodsCondition;
  readonly disposition: Disposition;
  /** Number of the receipt or order that it was bought by, as people read it. */
  readonly boughtBy?: string;
  /** What a cash rounding at the sale had spared the customer: it is not given back with `total`. */
  readonly spared?: Money;
  /** It had been charged with other goods, as such. Absent: goods, or nobody knows. */
  readonly chargedAs?: LinkedLine["kind"];
}

/** Goods that the customer keeps and that cost more now, since what a promotion needed came back. `quantity` pieces are kept; none move. */
export interface RepricedLine extends TicketLineBase {
  readonly kind: "repriced";
  readonly of: PurchaseLineRef;
}

export type TicketLine = SaleLine | ReturnLine | RepricedLine;

/** The order line that a line pays; null where it pays none. */
export function orderLineOf(line: TicketLine): OrderLineRef | null {
  return line.kind === "sale" ? (line.order ?? null) : null;
}

/** Whether a line sells goods of the ticket's own: what pays an order is the order's, and value on a gift card is no goods. */
export function sellsGoods(line: TicketLine): line is SaleLine {
  return line.kind === "sale" && line.order === undefined && line.giftCard === undefined;
}

/** Paid with what the shop owes in goods. */
export type ValueTender =
  /** Store credit or a gift card; `code` is as it stands on the slip, `left` what the till knew to be left of it afterwards. */
  | {
      readonly id: TenderId;
      readonly kind: "credit";
      readonly amount: Money;
      readonly code: string;
      readonly left?: Money;
    }
  /** The points of the customer of the sale: so many of them, for `amount`. */
  | {
      readonly id: TenderId;
      readonly kind: "points";
      readonly amount: Money;
      readonly points: number;
      readonly customer: CustomerId;
    };

/** Paid by card. `terminal`: what the till's own terminal said; absent where the approval code was typed. */
export interface CardTender {
  readonly id: TenderId;
  readonly kind: "card";
  readonly amount: Money;
  readonly approvalCode: string;
  readonly terminal?: TerminalSlip;
}

export type TicketTender =
  | { readonly id: TenderId; readonly kind: "cash"; readonly tendered: Money; readonly change: Money }
  | CardTender
  | ValueTender
  /** Paid in the web shop before; settles here what is settled already. */
  | { readonly id: TenderId; readonly kind: "paidOnline"; readonly amount: Money; readonly order: OrderId }
  | RefundTender;

/** Where money that is given back goes. `online`: back to how the order was paid in its shop, which the shop does. */
export type RefundTo =
  | { readonly kind: "cash" }
  /** `paidBy`: the approval code of the payment that is given back, where the purchase was paid by card. `terminal`: as for `CardTender`. */
  | {
      readonly kind: "card";
      readonly approvalCode: string;
      readonly paidBy?: string;
      readonly terminal?: TerminalSlip;
    }
  | { readonly kind: "credit"; readonly code: string }
  /** What was paid with points goes back as points, to whoever paid with them. */
  | { readonly kind: "points"; readonly customer: CustomerId; readonly points: number }
  | { readonly kind: "online"; readonly order: OrderId };

/** Money given back; `amount` is above zero. */
export interface RefundTender {
  readonly id: TenderId;
  readonly kind: "refund";
  readonly amount: Money;
  readonly to: RefundTo;
}

/** What of a refund is for one of the purchases that come back with a ticket. */
export interface RefundShare {
  /** Null: no refund; other goods were taken for it, as owed in goods alone (`owedInGoods`). */
  readonly tender: TenderId | null;
  readonly purchase: PurchaseRef;
  readonly amount: Money;
}

/** By what right goods were taken back: the server's word, the offline policy, or a manager's. */
export type ReturnGrant = {
  /** What was seen of an identity document where no receipt was shown. */
  readonly identity: string | null;
  /** What of the goods that were taken instead is owed in goods alone (`owedInGoods`). Absent: nothing. */
  readonly owedInGoods?: Money;
  /** Which refunds are for which purchase (`refundShares`). Absent: one purchase comes back, or nobody said. */
  readonly shares?: readonly RefundShare[];
} & (
  | { readonly by: "lease" | "offline"; readonly override: null }
  | { readonly by: "override"; readonly override: { readonly manager: StaffId; readonly reason: string } }
);

export interface TicketTotals {
  /** Sum of the lines' gross. */
  readonly gross: Money;
  /** All discounts: above zero, less what goods that came back had been reduced by. */
  readonly discount: Money;
  readonly net: Money;
  readonly tax: Money;
  /** net + tax: what the goods cost. */
  readonly total: Money;
  /**
   * Added (or taken off, negative) because cash has no such coins, zero unless paid wholly in cash; and what a cash rounding had spared the customer who now
   * brings the goods back.
   */
  readonly cashRounding: Money;
  /** total + cashRounding: what the tenders less change and refunds add up to; below zero when money is given back. */
  readonly due: Money;
}

/** A coupon that was redeemed, as it was scanned or typed. */
export interface UsedCoupon {
  readonly code: string;
  readonly promotion: PromotionId;
}

/** What the customer's points do with a sale, as the receipt says it and as it is booked. */
export interface TicketLoyalty {
  readonly earned: number;
  /** What of it each line earned, to be taken back when the line is. */
  readonly shares: readonly EarnedShare[];
  /** The balance with this sale, as the till knew it; `till`: without the server's word. Absent: not known. */
  readonly balance?: { readonly points: number; readonly word: "server" | "till" };
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
  /** The drawer's shift in which it was rung up. Absent: the store keeps none. */
  readonly shift?: ShiftId;
  readonly currency: Currency;
  readonly taxMode: TaxMode;
  readonly taxRounding: TaxRounding;
  readonly lines: readonly TicketLine[];
  /** Per rate, over the whole ticket; adds up to totals.tax. */
  readonly taxes: readonly TaxAmount[];
  readonly totals: TicketTotals;
  readonly tenders: readonly TicketTender[];
  /** Coupons that took money off: each with the promotion that it was for. */
  readonly coupons?: readonly UsedCoupon[];
  /** The certificate by which the customer paid no tax on what was sold. */
  readonly taxExemption?: string;
  /** Present where goods came back. */
  readonly returning?: ReturnGrant;
  /** Present where a customer of the loyalty programme bought. */
  readonly loyalty?: TicketLoyalty;
  /** What the fiscal device said of the sale. Absent: none is set up at the till. */
  readonly fiscal?: FiscalMark;
}
