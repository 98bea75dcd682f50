import { z } from "zod";
import { MAX_POINTS } from "#domain/loyalty/programme.ts";
import { MAX_LINES_PER_TICKET, MAX_QUANTITY_PER_LINE } from "#domain/ticket/basket.ts";
import { loyaltyStandingSchema, pointsRowSchema } from "../documents/loyalty.ts";
import { idSchema, moneySchema, skuSchema, textSchema } from "../scalars.ts";

/** `GET /shop/v1/loyalty/{customer}` */
export const loyaltyParamsSchema = z.object({ customer: z.string().min(1).max(64) });

export const shopLoyaltySchema = z.strictObject({
  customer: idSchema<"Customer">(),
  programme: textSchema,
  ...loyaltyStandingSchema.shape,
  /** The newest first. */
  entries: z.array(pointsRowSchema),
});
export type ShopLoyalty = z.infer<typeof shopLoyaltySchema>;

/** `POST /shop/v1/loyalty/{customer}/quote`: what goods would earn, and how many points may pay for them. `total` is what is paid for all pieces of a line, discounts off and tax in it. */
export const loyaltyQuoteRequestSchema = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        sku: skuSchema,
        quantity: z.number().int().min(1).max(MAX_QUANTITY_PER_LINE),
        total: moneySchema,
      }),
    )
    .min(1)
    .max(MAX_LINES_PER_TICKET),
  /** How many points the customer wants to pay with; absent: none. */
  points: z.number().int().min(0).max(MAX_POINTS).default(0),
});

export const loyaltyQuoteSchema = z.strictObject({
  /** With `points` paid. */
  earns: z.number().int(),
  /** Null: no points can pay for it now. */
  burn: z
    .strictObject({
      least: z.number().int(),
      most: z.number().int(),
      step: z.number().int(),
      /** What a step pays, and what `most` does. */
      worth: moneySchema,
      amount: moneySchema,
    })
    .nullable(),
});
export type LoyaltyQuote = z.infer<typeof loyaltyQuoteSchema>;

const orderShape = {
  channel: idSchema<"Channel">(),
  /** The shop's own id of the order, as it places it. */
  order: z.string().min(1).max(100),
};

/** `POST /shop/v1/loyalty/{customer}/burn`: points pay an order. Once per order: asking again answers what was taken. */
export const burnRequestSchema = z.strictObject({
  ...orderShape,
  points: z.number().int().min(1).max(MAX_POINTS),
  /** What is to be paid for the order's goods: no more than that is paid with points. */
  total: moneySchema,
});

/** `POST /shop/v1/loyalty/{customer}/release`: points that paid an order go back. Once per `reference`. */
export const releaseRequestSchema = z.strictObject({
  ...orderShape,
  reference: z.string().min(1).max(60),
  /** Absent: all that were taken and did not go back yet. */
  points: z.number().int().min(1).max(MAX_POINTS).exactOptional(),
});

export const burnAnswerSchema = z.strictObject({
  points: z.number().int(),
  amount: moneySchema,
  balance: z.number().int(),
});
export type BurnAnswer = z.infer<typeof burnAnswerSchema>;
