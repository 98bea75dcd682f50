import { z } from "zod";
import { MAX_POINTS } from "#domain/loyalty/programme.ts";
import { MAX_SLIP_LINE_CHARS, MAX_SLIP_LINES, type TerminalSlip } from "#domain/payments/terminal-slip.ts";
import { MAX_PURCHASES_PER_BASKET } from "#domain/returns/basket-returns.ts";
import { DISPOSITIONS, GOODS_CONDITIONS, RETURN_REASONS } from "#domain/returns/goods.ts";
import { MAX_RETURN_DAYS } from "#domain/returns/policy.ts";
import type { PurchaseLineRef, PurchaseRef } from "#domain/returns/purchase.ts";
import {
  MAX_DISCOUNT_REASON_CHARS,
  MAX_LINES_PER_TICKET,
  MAX_QUANTITY_PER_LINE,
  MAX_TENDERS_PER_TICKET,
} from "#domain/ticket/basket.ts";
import {
  GIFT_ROLES,
  type GrantedDiscount,
  type PromotionNeeds,
  type RefundTo,
  type ReturnGrant,
  type Ticket,
  type TicketLine,
  type TicketLoyalty,
  type TicketTender,
  type UsedCoupon,
} from "#domain/ticket/ticket.ts";
import { giftNeedsSchema, tierStepsSchema } from "../documents/promotion.ts";
import {
  businessDaySchema,
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  receiptNumberSchema,
  skuSchema,
  textSchema,
} from "../scalars.ts";
import { fiscalMarkSchema } from "./fiscal.ts";

const rateSchema = z.strictObject({
  id: z.string().min(1).max(64),
  name: textSchema,
  ppm: z.number().int().min(0).max(1_000_000),
});
export const taxAmountSchema = z.strictObject({ rate: rateSchema, net: moneySchema, tax: moneySchema });

export const orderLineRefSchema = z.strictObject({ order: idSchema<"Order">(), line: idSchema<"Line">() });

/** Goods that were bought, wherever: the same in journal, replica and answers. */
export const purchaseRefSchema: z.ZodType<PurchaseRef> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("ticket"), id: idSchema<"Ticket">() }),
  z.strictObject({ kind: z.literal("order"), id: idSchema<"Order">() }),
]);
export const positionSchema = z.number().int().min(0).max(MAX_LINES_PER_TICKET);
export const purchaseLineRefSchema: z.ZodType<PurchaseLineRef> = z.strictObject({
  purchase: purchaseRefSchema,
  position: positionSchema,
});

const piecesSchema = z.number().int().min(1).max(MAX_QUANTITY_PER_LINE);
const mostSchema = z.number().int().min(1).max(10_000);

export const promotionNeedsSchema: z.ZodType<PromotionNeeds> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pieces"), off: z.enum(["share", "amount"]) }),
  z.strictObject({ kind: z.literal("value"), least: moneySchema }),
  z.strictObject({ kind: z.literal("steps"), steps: tierStepsSchema }),
  z.strictObject({
    kind: z.literal("groups"),
    size: piecesSchema,
    pays: z.number().int().min(0).max(MAX_QUANTITY_PER_LINE),
    ppm: z.number().int().min(1).max(1_000_000).exactOptional(),
    most: mostSchema.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("bundle"),
    component: z.number().int().min(0).max(50),
    components: z.number().int().min(1).max(50),
    each: piecesSchema,
    price: moneySchema,
    most: mostSchema.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("gift"),
    role: z.enum(GIFT_ROLES),
    asks: giftNeedsSchema,
    free: piecesSchema,
    perEach: z.boolean(),
    most: mostSchema.exactOptional(),
  }),
]);

const discountSchema: z.ZodType<GrantedDiscount> = z.discriminatedUnion("source", [
  z.strictObject({
    source: z.enum(["line", "basket", "taxExemption"]),
    reason: textSchema,
    amount: moneySchema,
  }),
  z.strictObject({
    source: z.literal("promotion"),
    reason: textSchema,
    amount: moneySchema,
    promotion: idSchema<"Promotion">(),
    needs: promotionNeedsSchema.nullable(),
  }),
  z.strictObject({ source: z.literal("returned"), reason: textSchema, amount: moneySchema }),
]);

const lineShape = {
  id: idSchema<"Line">(),
  variant: idSchema<"Variant">(),
  sku: skuSchema,
  name: textSchema,
  options: z.array(textSchema).max(3),
  taxClass: idSchema<"TaxClass">(),
  quantity: z.number().int().min(1).max(MAX_QUANTITY_PER_LINE),
  unitPrice: moneySchema,
  gross: moneySchema,
  discounts: z.array(discountSchema).max(50),
  total: moneySchema,
  taxes: z.array(taxAmountSchema).max(10),
};

/** A batch or serial number as GS1 codes carry it. */
const gs1TextSchema = z.string().regex(/^[!"%-?A-Z_a-z]{1,20}$/);

/** What is charged with goods, as such. */
const chargeSchema = z.enum(["deposit", "levy", "bag"]);

/** What a line that is sold says besides, in baskets and tickets alike. */
export const saleLineShape = {
  weighed: z
    .strictObject({ grams: z.number().int().min(1).max(10_000_000), perKilo: moneySchema })
    .exactOptional(),
  openPrice: z.literal(true).exactOptional(),
  override: z
    .strictObject({
      listPrice: moneySchema,
      reason: z.string().trim().min(1).max(MAX_DISCOUNT_REASON_CHARS),
    })
    .exactOptional(),
  linked: z.strictObject({ to: idSchema<"Line">(), kind: chargeSchema }).exactOptional(),
  giftCard: z
    .strictObject({ code: z.string().min(1).max(40), act: z.enum(["sold", "loaded"]) })
    .exactOptional(),
  marks: z
    .strictObject({
      lot: gs1TextSchema.exactOptional(),
      serial: gs1TextSchema.exactOptional(),
      expires: businessDaySchema.exactOptional(),
    })
    .exactOptional(),
  soldBy: idSchema<"Staff">().exactOptional(),
};

export const returnReasonSchema = z.enum(RETURN_REASONS);
export const goodsConditionSchema = z.enum(GOODS_CONDITIONS);
export const dispositionSchema = z.enum(DISPOSITIONS);

const lineSchema: z.ZodType<TicketLine> = z.discriminatedUnion("kind", [
  z.strictObject({
    ...lineShape,
    kind: z.literal("sale"),
    order: orderLineRefSchema.exactOptional(),
    returnDays: z.number().int().min(0).max(MAX_RETURN_DAYS).exactOptional(),
    ...saleLineShape,
  }),
  z.strictObject({
    ...lineShape,
    kind: z.literal("return"),
    of: purchaseLineRefSchema.nullable(),
    reason: returnReasonSchema,
    condition: goodsConditionSchema,
    disposition: dispositionSchema,
    boughtBy: z.string().min(1).max(100).exactOptional(),
    spared: moneySchema.exactOptional(),
    chargedAs: chargeSchema.exactOptional(),
  }),
  z.strictObject({ ...lineShape, kind: z.literal("repriced"), of: purchaseLineRefSchema }),
]);

/** What a refund at a payment terminal refers to. */
export const terminalReferenceShape = {
  reference: z.string().min(1).max(128),
  at: z.string().min(1).max(64),
};

/** What a payment terminal said of money that it moved. */
export const terminalSlipSchema: z.ZodType<TerminalSlip> = z.strictObject({
  service: z.string().min(1).max(10),
  brand: z.string().max(40),
  lastFour: z
    .string()
    .regex(/^\d{4}$/)
    .nullable(),
  ...terminalReferenceShape,
  terminal: z.string().max(64),
  lines: z.array(z.string().max(MAX_SLIP_LINE_CHARS)).max(MAX_SLIP_LINES),
});

/** Where money that is given back goes. */
export const refundToSchema: z.ZodType<RefundTo> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("cash") }),
  z.strictObject({
    kind: z.literal("card"),
    approvalCode: z.string().min(1).max(40),
    paidBy: z.string().max(40).exactOptional(),
    terminal: terminalSlipSchema.exactOptional(),
  }),
  z.strictObject({ kind: z.literal("credit"), code: z.string().min(1).max(40) }),
  z.strictObject({
    kind: z.literal("points"),
    customer: idSchema<"Customer">(),
    points: z.number().int().min(0).max(MAX_POINTS),
  }),
  z.strictObject({ kind: z.literal("online"), order: idSchema<"Order">() }),
]);
export const refundTenderSchema = z.strictObject({
  id: idSchema<"Tender">(),
  kind: z.literal("refund"),
  amount: moneySchema.refine(({ minor }) => minor > 0, "money that is given back is above zero"),
  to: refundToSchema,
});

const grantShape = {
  identity: textSchema.nullable(),
  owedInGoods: moneySchema.exactOptional(),
  shares: z
    .array(
      z.strictObject({
        tender: idSchema<"Tender">().nullable(),
        purchase: purchaseRefSchema,
        amount: moneySchema,
      }),
    )
    .max((MAX_TENDERS_PER_TICKET + 1) * MAX_PURCHASES_PER_BASKET)
    .exactOptional(),
};

export const returnGrantSchema: z.ZodType<ReturnGrant> = z.discriminatedUnion("by", [
  z.strictObject({ ...grantShape, by: z.enum(["lease", "offline"]), override: z.null() }),
  z.strictObject({
    ...grantShape,
    by: z.literal("override"),
    override: z.strictObject({ manager: idSchema<"Staff">(), reason: textSchema }),
  }),
]);

/** Points that pay, and whose. */
export const pointsTenderShape = {
  points: z.number().int().min(1).max(MAX_POINTS),
  customer: idSchema<"Customer">(),
};

const tenderSchema: z.ZodType<TicketTender> = z.discriminatedUnion("kind", [
  z.strictObject({
    id: idSchema<"Tender">(),
    kind: z.literal("cash"),
    tendered: moneySchema,
    change: moneySchema,
  }),
  z.strictObject({
    id: idSchema<"Tender">(),
    kind: z.literal("card"),
    amount: moneySchema,
    approvalCode: z.string().min(1).max(40),
    terminal: terminalSlipSchema.exactOptional(),
  }),
  z.strictObject({
    id: idSchema<"Tender">(),
    kind: z.literal("credit"),
    amount: moneySchema.refine(({ minor }) => minor > 0, "what is paid is above zero"),
    code: z.string().min(1).max(40),
    left: moneySchema.exactOptional(),
  }),
  z.strictObject({
    id: idSchema<"Tender">(),
    kind: z.literal("points"),
    amount: moneySchema.refine(({ minor }) => minor > 0, "what is paid is above zero"),
    ...pointsTenderShape,
  }),
  z.strictObject({
    id: idSchema<"Tender">(),
    kind: z.literal("paidOnline"),
    amount: moneySchema,
    order: idSchema<"Order">(),
  }),
  refundTenderSchema,
]);

const ticketLoyaltySchema: z.ZodType<TicketLoyalty> = z.strictObject({
  earned: z.number().int().min(0).max(MAX_POINTS),
  shares: z
    .array(
      z.strictObject({
        position: positionSchema,
        pieces: z.number().int().min(1).max(MAX_QUANTITY_PER_LINE),
        points: z.number().int().min(1).max(MAX_POINTS),
      }),
    )
    .max(MAX_LINES_PER_TICKET),
  balance: z.strictObject({ points: z.number().int(), word: z.enum(["server", "till"]) }).exactOptional(),
});

/** Coupons of a basket or a ticket. */
export const couponsSchema: z.ZodType<readonly UsedCoupon[]> = z
  .array(z.strictObject({ code: z.string().min(1).max(40), promotion: idSchema<"Promotion">() }))
  .max(20);

const ticketShape: z.ZodType<Ticket> = z.strictObject({
  id: idSchema<"Ticket">(),
  number: receiptNumberSchema,
  basket: idSchema<"Basket">(),
  store: idSchema<"Store">(),
  device: idSchema<"Device">(),
  staff: idSchema<"Staff">(),
  customer: idSchema<"Customer">().nullable(),
  completedAt: instantSchema,
  businessDay: businessDaySchema,
  shift: idSchema<"Shift">().exactOptional(),
  currency: currencySchema,
  taxMode: z.enum(["inclusive", "exclusive"]),
  taxRounding: z.enum(["line", "ticket"]),
  lines: z.array(lineSchema).min(1).max(MAX_LINES_PER_TICKET),
  taxes: z.array(taxAmountSchema).max(100),
  totals: z.strictObject({
    gross: moneySchema,
    discount: moneySchema,
    net: moneySchema,
    tax: moneySchema,
    total: moneySchema,
    cashRounding: moneySchema,
    due: moneySchema,
  }),
  tenders: z.array(tenderSchema).max(MAX_TENDERS_PER_TICKET),
  coupons: couponsSchema.exactOptional(),
  taxExemption: z.string().min(1).max(120).exactOptional(),
  returning: returnGrantSchema.exactOptional(),
  loyalty: ticketLoyaltySchema.exactOptional(),
  fiscal: fiscalMarkSchema.exactOptional(),
});

/** No sale comes near it: sums over any number of tickets stay exact. */
const MAX_TICKET_AMOUNT_MINOR = 10_000_000_000_000;

/** A completed sale as the journal carries it: all of it in its own currency. */
export const ticketSchema: z.ZodType<Ticket> = ticketShape.refine(
  (ticket) => isInOneCurrency(ticket, ticket.currency),
  `every amount is in the ticket's currency, at most ${MAX_TICKET_AMOUNT_MINOR} minor units`,
);

/** Looks at every amount in it, however deep. */
function isInOneCurrency(value: unknown, currency: string): boolean {
  if (typeof value !== "object" || value === null) return true;
  if ("minor" in value && "currency" in value)
    return value.currency === currency && Math.abs(Number(value.minor)) <= MAX_TICKET_AMOUNT_MINOR;
  return Object.values(value).every((inner) => isInOneCurrency(inner, currency));
}
