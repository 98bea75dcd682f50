import { z } from "zod";
import { COUPON_REFUSALS } from "#domain/coupons/coupon.ts";
import { currencySchema, idSchema, instantSchema, moneySchema, skuSchema, textSchema } from "../scalars.ts";

export const MAX_QUOTE_LINES = 200;
export const MAX_QUOTE_COUPONS = 20;

/** `POST /shop/v1/quote`: what a basket costs this very moment, with the same rules and the same cents as at a till. Nothing is kept of it. */
export const quoteRequestSchema = z.strictObject({
  channel: idSchema<"Channel">(),
  lines: z
    .array(z.strictObject({ sku: skuSchema, quantity: z.number().int().min(1).max(9_999) }))
    .min(1)
    .max(MAX_QUOTE_LINES),
  /** Who buys, where the shop knows: prices and promotions may be for some only. */
  customer: idSchema<"Customer">().exactOptional(),
  /** Words and codes that the customer gave, as typed. */
  coupons: z.array(z.string().min(1).max(60)).max(MAX_QUOTE_COUPONS).default([]),
  /** What sending it would cost, before anything is off. */
  shipping: moneySchema.exactOptional(),
});
export type QuoteRequest = z.output<typeof quoteRequestSchema>;

const taxSchema = z.strictObject({
  name: textSchema,
  ppm: z.number().int().min(0).max(1_000_000),
  net: moneySchema,
  tax: moneySchema,
});

const quotedLineSchema = z.strictObject({
  /** Which of the asked lines it is, or is charged with; from 1. */
  line: z.number().int().positive(),
  /** What it is where it was not asked for but is charged with the line: put its amount into the order's total, not among the goods. Null: the line itself. */
  charged: z.enum(["deposit", "levy", "bag"]).nullable(),
  sku: skuSchema,
  /** Title and options in one. */
  name: textSchema,
  quantity: z.number().int().positive(),
  unitPrice: moneySchema,
  /** What it cost before it was reduced; null: it is not. */
  compareAt: moneySchema.nullable(),
  /** unitPrice x quantity. */
  gross: moneySchema,
  /** Each cent off names its promotion. */
  discounts: z.array(
    z.strictObject({ promotion: idSchema<"Promotion">().nullable(), name: textSchema, amount: moneySchema }),
  ),
  total: moneySchema,
  taxes: z.array(taxSchema),
});

const quotedCouponSchema = z.strictObject({
  /** As it is written. */
  code: z.string(),
  /** `used`: it takes money off. `notUsed`: it is good, and nothing in the basket fits it (yet), or something else is better for the customer. */
  state: z.enum(["used", "notUsed", "refused"]),
  /** Why it is refused; null where it is not. */
  why: z.enum(COUPON_REFUSALS).nullable(),
  promotion: z.strictObject({ id: idSchema<"Promotion">(), name: textSchema }).nullable(),
});

export const quoteSchema = z.strictObject({
  at: instantSchema,
  /** The next moment at which a price or promotion of this basket may change by plan; null: nothing is planned. HQ may decide otherwise at any time. */
  validUntil: instantSchema.nullable(),
  currency: currencySchema,
  /** Whether line totals have the tax in them. */
  taxIncluded: z.boolean(),
  /** As asked, each followed by what is charged with it. */
  lines: z.array(quotedLineSchema),
  coupons: z.array(quotedCouponSchema),
  /** What each promotion takes off in all. */
  promotions: z.array(z.strictObject({ id: idSchema<"Promotion">(), name: textSchema, amount: moneySchema })),
  /** By which promotion nothing is charged for sending it; null: by none, or `shipping` was not asked for. */
  freeShipping: z.strictObject({ id: idSchema<"Promotion">(), name: textSchema }).nullable(),
  totals: z.strictObject({
    gross: moneySchema,
    discount: moneySchema,
    net: moneySchema,
    tax: moneySchema,
    /** What the goods cost, tax included. */
    goods: moneySchema,
    /** What is charged for sending it. */
    shipping: moneySchema,
    /** goods + shipping */
    total: moneySchema,
  }),
});
export type Quote = z.infer<typeof quoteSchema>;
