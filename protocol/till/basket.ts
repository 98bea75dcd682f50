import { z } from "zod";
import type { Discount } from "#domain/ticket/basket.ts";
import { MAX_DISCOUNT_REASON_CHARS, MAX_QUANTITY_PER_LINE } from "#domain/ticket/basket.ts";
import { idSchema, imageHashSchema, instantSchema, moneySchema, skuSchema, textSchema } from "../scalars.ts";
import { pointsTenderShape, refundTenderSchema, saleLineShape, terminalSlipSchema } from "../sync/ticket.ts";
import { quantityPriceSchema } from "./catalog.ts";
import { basketCouponSchema } from "./coupons.ts";
import { basketLoyaltySchema } from "./loyalty.ts";
import { returningViewSchema } from "./returns.ts";

export const discountSchema: z.ZodType<Discount> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("percent"),
    ppm: z.number().int().min(1).max(1_000_000),
    reason: z.string().trim().min(1).max(MAX_DISCOUNT_REASON_CHARS),
  }),
  z.strictObject({
    kind: z.literal("amount"),
    amount: moneySchema,
    reason: z.string().trim().min(1).max(MAX_DISCOUNT_REASON_CHARS),
  }),
]);
export const quantitySchema = z.number().int().min(1).max(MAX_QUANTITY_PER_LINE);

/** What a promotion took off, by its name. */
const savedSchema = z.strictObject({
  promotion: idSchema<"Promotion">(),
  name: textSchema,
  amount: moneySchema,
});

/** A basket line as the register shows it. */
export const basketLineViewSchema = z.strictObject({
  id: idSchema<"Line">(),
  variant: idSchema<"Variant">(),
  sku: skuSchema,
  name: textSchema,
  options: z.array(textSchema),
  image: imageHashSchema.nullable(),
  quantity: z.number().int(),
  unitPrice: moneySchema,
  discount: discountSchema.nullable(),
  /** What each promotion took off it, in the order in which they were granted. */
  promotions: z.array(savedSchema),
  /** All cents off this line, its share of the basket's discount included. */
  discounted: moneySchema,
  total: moneySchema,
  /** A line of an order that is collected: paid as it was placed. */
  isOrdered: z.boolean(),
  /** Value for a gift card: one piece, and paid in full. */
  isGiftCard: z.literal(true).exactOptional(),
  weighed: saleLineShape.weighed,
  /** A colleague typed its price. */
  openPrice: saleLineShape.openPrice,
  /** A colleague typed another price over the list's. */
  override: saleLineShape.override,
  /** Who sold it, where it is not whoever rings it up. */
  soldBy: saleLineShape.soldBy,
  /** Charged with another line: comes, changes and goes with it. */
  linked: saleLineShape.linked,
  /** Batch, serial number and expiry of what was scanned. */
  marks: saleLineShape.marks,
  /** Its prices from so many pieces on. */
  tiers: z.array(quantityPriceSchema).exactOptional(),
  /** Before it was reduced, and the lowest price of the 30 days before that. */
  compareAt: moneySchema.exactOptional(),
  lowest30: moneySchema.exactOptional(),
});
export type BasketLineView = z.infer<typeof basketLineViewSchema>;

export const tenderViewSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("cash"), id: idSchema<"Tender">(), tendered: moneySchema }),
  z.strictObject({
    kind: z.literal("card"),
    id: idSchema<"Tender">(),
    amount: moneySchema,
    approvalCode: z.string(),
    terminal: terminalSlipSchema.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("credit"),
    id: idSchema<"Tender">(),
    amount: moneySchema,
    code: z.string(),
    left: moneySchema.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("points"),
    id: idSchema<"Tender">(),
    amount: moneySchema,
    ...pointsTenderShape,
  }),
  refundTenderSchema,
]);

export const taxLineViewSchema = z.strictObject({
  name: textSchema,
  ppm: z.number().int(),
  net: moneySchema,
  tax: moneySchema,
});

/** The basket in front of the cashier, priced. `revision` grows with each change. */
export const basketViewSchema = z.strictObject({
  id: idSchema<"Basket">(),
  revision: z.number().int().nonnegative(),
  label: textSchema,
  /** Who it is sold to; without a name where this till does not know the profile. */
  customer: z
    .strictObject({
      id: idSchema<"Customer">(),
      name: textSchema,
      /** Names of the groups whose prices are asked first. */
      pricesOf: z.array(textSchema).exactOptional(),
      /** The certificate by which they pay no tax today. */
      taxExemption: z.string().exactOptional(),
    })
    .nullable(),
  lines: z.array(basketLineViewSchema),
  discount: discountSchema.nullable(),
  pieces: z.number().int().nonnegative(),
  subtotal: moneySchema,
  discounted: moneySchema,
  /** What each promotion took off all lines. */
  promotions: z.array(savedSchema),
  tax: moneySchema,
  taxIncluded: z.boolean(),
  taxes: z.array(taxLineViewSchema),
  /** What is to be paid by card, below zero when money is given back; cash may be rounded, see `dueInCash`. */
  due: moneySchema,
  dueInCash: moneySchema,
  tenders: z.array(tenderViewSchema),
  paid: moneySchema,
  remaining: moneySchema,
  remainingInCash: moneySchema,
  change: moneySchema,
  /** What is still to be given back, by card or as credit, and what cash can settle of that; zero where the customer pays. */
  giveBack: moneySchema,
  giveBackInCash: moneySchema,
  /** Notes a customer is likely to hand over, exact amount first. */
  quickCash: z.array(moneySchema),
  /** What the last removal took away and could bring back; null when there is nothing to undo. */
  undo: z.strictObject({ line: basketLineViewSchema, at: instantSchema }).nullable(),
  /** The order that is handed out when this sale completes, and what of it was paid online. */
  collecting: z
    .strictObject({ fulfilment: idSchema<"Fulfilment">(), number: z.string(), paidOnline: moneySchema })
    .nullable(),
  /** The sale becomes an order: where the goods go. */
  ordering: z
    .strictObject({ customerName: textSchema, kind: z.enum(["pickup", "ship"]), to: textSchema })
    .nullable(),
  /** What comes back with this sale. */
  returning: returningViewSchema.nullable(),
  coupons: z.array(basketCouponSchema),
  /** Null: nobody known buys, or there is no programme. */
  loyalty: basketLoyaltySchema.nullable(),
});
export type BasketView = z.infer<typeof basketViewSchema>;

/** How many lines cost another price now that the basket is another customer's; absent: none does. */
export const customerBasketSchema = basketViewSchema.extend({
  repriced: z.number().int().positive().exactOptional(),
});

export type CustomerBasket = z.infer<typeof customerBasketSchema>;

/** A basket begun online as it came here. `skipped`: what this store does not sell or has no price for; absent when all of it came. */
export const fetchedBasketSchema = basketViewSchema.extend({
  skipped: z
    .array(z.strictObject({ sku: skuSchema, name: textSchema, quantity: z.number().int().positive() }))
    .exactOptional(),
});

export const parkedBasketSchema = z.strictObject({
  id: idSchema<"Basket">(),
  label: textSchema,
  staffName: textSchema,
  parkedAt: instantSchema,
  pieces: z.number().int().nonnegative(),
  total: moneySchema,
});
export type ParkedBasket = z.infer<typeof parkedBasketSchema>;
