import { z } from "zod";
import type { CardRequest } from "#domain/payments/card-request.ts";
import { PROMOTION_CHOICES } from "#domain/promotions/promotion.ts";
import { MAX_RETURN_DAYS } from "#domain/returns/policy.ts";
import { PROMOTIONS_ON_RETURN } from "#domain/returns/repricing.ts";
import type { BasketReturn, Returning } from "#domain/returns/returning.ts";
import type { Basket, BasketLine, Collecting, Discount, Ordering, Tender } from "#domain/ticket/basket.ts";
import { taxExemptionSchema } from "#protocol/documents/customer.ts";
import { deliveryWishSchema, orderContactSchema } from "#protocol/documents/order.ts";
import { promotionSchema } from "#protocol/documents/promotion.ts";
import { standingSchema } from "#protocol/documents/purchase.ts";
import { idSchema, instantSchema, moneySchema, skuSchema, textSchema } from "#protocol/scalars.ts";
import { handOverShape } from "#protocol/sync/order-facts.ts";
import {
  couponsSchema,
  dispositionSchema,
  goodsConditionSchema,
  orderLineRefSchema,
  pointsTenderShape,
  positionSchema,
  purchaseRefSchema,
  refundTenderSchema,
  returnReasonSchema,
  saleLineShape,
  terminalSlipSchema,
} from "#protocol/sync/ticket.ts";
import { discountSchema } from "#protocol/till/basket.ts";

const lineSchema: z.ZodType<BasketLine> = z.strictObject({
  id: idSchema<"Line">(),
  variant: idSchema<"Variant">(),
  sku: skuSchema,
  name: textSchema,
  options: z.array(textSchema),
  taxClass: idSchema<"TaxClass">(),
  category: z.string().exactOptional(),
  unitPrice: moneySchema,
  quantity: z.number().int(),
  discount: discountSchema.nullable(),
  order: orderLineRefSchema.exactOptional(),
  returnDays: z.number().int().min(0).max(MAX_RETURN_DAYS).exactOptional(),
  ...saleLineShape,
  labelPrice: z.literal(true).exactOptional(),
  tiers: z
    .strictObject({
      single: moneySchema,
      tiers: z.array(z.strictObject({ from: z.number().int(), amount: moneySchema })),
    })
    .exactOptional(),
});

const tenderSchema: z.ZodType<Tender> = z.discriminatedUnion("kind", [
  z.strictObject({ id: idSchema<"Tender">(), kind: z.literal("cash"), tendered: moneySchema }),
  z.strictObject({
    id: idSchema<"Tender">(),
    kind: z.literal("card"),
    amount: moneySchema,
    approvalCode: z.string(),
    terminal: terminalSlipSchema.exactOptional(),
  }),
  z.strictObject({
    id: idSchema<"Tender">(),
    kind: z.literal("credit"),
    amount: moneySchema,
    code: z.string(),
    left: moneySchema.exactOptional(),
  }),
  z.strictObject({
    id: idSchema<"Tender">(),
    kind: z.literal("points"),
    amount: moneySchema,
    ...pointsTenderShape,
  }),
  refundTenderSchema,
]);

/** What a terminal was asked for, as it lies on disk. */
export const cardRequestSchema: z.ZodType<CardRequest> = z.strictObject({
  service: z.string().min(1).max(10),
  tender: idSchema<"Tender">(),
  act: z.enum(["pay", "giveBack"]),
  amount: moneySchema,
  paidBy: z.string().exactOptional(),
  at: instantSchema,
});

const collectingSchema: z.ZodType<Collecting> = z.strictObject({
  fulfilment: idSchema<"Fulfilment">(),
  order: idSchema<"Order">(),
  paidOnline: moneySchema,
  handOver: z.strictObject(handOverShape),
});

const orderingSchema: z.ZodType<Ordering> = z.strictObject({
  order: idSchema<"Order">(),
  contact: orderContactSchema,
  delivery: deliveryWishSchema,
});

const returnedGoods = {
  id: idSchema<"Line">(),
  quantity: z.number().int(),
  reason: returnReasonSchema,
  condition: goodsConditionSchema,
  disposition: dispositionSchema,
};
const basketReturnSchema: z.ZodType<BasketReturn> = z.discriminatedUnion("kind", [
  z.strictObject({
    ...returnedGoods,
    kind: z.literal("receipted"),
    of: z.strictObject({ purchase: purchaseRefSchema, position: positionSchema }),
  }),
  z.strictObject({
    ...returnedGoods,
    kind: z.literal("unreceipted"),
    variant: idSchema<"Variant">(),
    sku: skuSchema,
    name: textSchema,
    options: z.array(textSchema),
    taxClass: idSchema<"TaxClass">(),
    unitPrice: moneySchema,
  }),
]);

const returningSchema: z.ZodType<Returning> = z.strictObject({
  standings: z.array(standingSchema),
  lines: z.array(basketReturnSchema),
  promotions: z.enum(PROMOTIONS_ON_RETURN),
  gifts: z.array(purchaseRefSchema).exactOptional(),
  roundsDown: z.boolean().exactOptional(),
  override: z
    .strictObject({
      manager: idSchema<"Staff">(),
      reason: z.string(),
      covers: z.array(z.string()).exactOptional(),
    })
    .nullable(),
  identity: z.string().nullable(),
});

const basketSchema: z.ZodType<Basket> = z.strictObject({
  id: idSchema<"Basket">(),
  status: z.enum(["open", "parked"]),
  label: textSchema,
  staff: idSchema<"Staff">(),
  customer: idSchema<"Customer">().nullable(),
  openedAt: instantSchema,
  updatedAt: instantSchema,
  lines: z.array(lineSchema),
  discount: discountSchema.nullable(),
  tenders: z.array(tenderSchema),
  cardRequest: cardRequestSchema.exactOptional(),
  collecting: collectingSchema.exactOptional(),
  ordering: orderingSchema.exactOptional(),
  promotions: z.array(promotionSchema).exactOptional(),
  promotionChoice: z.enum(PROMOTION_CHOICES).exactOptional(),
  coupons: couponsSchema.exactOptional(),
  taxExemption: taxExemptionSchema.exactOptional(),
  returning: returningSchema.exactOptional(),
});

/** What the last removal took away, and where it belongs. `discount` is the basket's, which goes with its last line. */
export interface Removal {
  readonly line: BasketLine;
  /** What was charged with it, and went with it. */
  readonly linked?: readonly BasketLine[];
  readonly index: number;
  readonly discount: Discount | null;
  readonly at: BasketDraft["basket"]["updatedAt"];
}

/** A basket as it lies on disk between two touches of the screen. */
export interface BasketDraft {
  readonly basket: Basket;
  /** Grows with each change. */
  readonly revision: number;
  readonly undo: Removal | null;
}

export const basketDraftSchema: z.ZodType<BasketDraft> = z.strictObject({
  basket: basketSchema,
  revision: z.number().int().nonnegative(),
  undo: z
    .strictObject({
      line: lineSchema,
      linked: z.array(lineSchema).exactOptional(),
      index: z.number().int().nonnegative(),
      discount: discountSchema.nullable(),
      at: instantSchema,
    })
    .nullable(),
});
