import { z } from "zod";
import { SCENE_REFUSALS } from "#domain/promotions/why-not.ts";
import { idSchema, moneySchema, skuSchema, textSchema } from "../scalars.ts";
import { MAX_QUOTE_COUPONS, MAX_QUOTE_LINES, quoteSchema } from "../shop/quote.ts";
import { promotionRequestSchema } from "./promotions.ts";

const MAX_TRIED = 20;
const pieces = z.number().int().min(1).max(9_999);

/**
 * `POST /hq/v1/promotions/simulate`: what a basket would cost in a store or channel, at a moment, for somebody, by the rules that tills and quotes go by. Nothing is
 * kept of it.
 */
export const simulateRequestSchema = z.strictObject({
  channel: idSchema<"Channel">(),
  /** In this store's tills: its prices, taxes and clocks. Null: a web shop's, whose home is the retailer's first store. */
  store: idSchema<"Store">().nullable().default(null),
  lines: z
    .array(
      z.union([
        z.strictObject({ sku: skuSchema, quantity: pieces }),
        z.strictObject({ variant: idSchema<"Variant">(), quantity: pieces }),
      ]),
    )
    .min(1)
    .max(MAX_QUOTE_LINES),
  /** As the clocks of the store show it, e.g. `2026-11-26T14:05`; absent: now. */
  at: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
    .exactOptional(),
  /** Who buys; null: nobody known. */
  shopper: z
    .strictObject({
      groups: z.array(idSchema<"CustomerGroup">()).max(MAX_TRIED).default([]),
      isFirstPurchase: z.boolean().default(false),
      /** On how many tickets they had a promotion before. */
      uses: z
        .array(z.strictObject({ promotion: idSchema<"Promotion">(), times: z.number().int().min(0) }))
        .max(MAX_TRIED)
        .default([]),
    })
    .nullable()
    .default(null),
  /** Words and codes, as typed. */
  coupons: z.array(z.string().min(1).max(60)).max(MAX_QUOTE_COUPONS).default([]),
  /** As if a good coupon for each of these had been shown. */
  couponsFor: z.array(idSchema<"Promotion">()).max(MAX_QUOTE_COUPONS).default([]),
  /** What sending it would cost, before anything is off. */
  shipping: moneySchema.exactOptional(),
  /** A promotion that is not saved: in the place of the one of its id. */
  draft: promotionRequestSchema.exactOptional(),
  /** `all`: beside the draft those that HQ has made; `draft`: the draft alone. */
  among: z.enum(["all", "draft"]).default("all"),
});
export type SimulateRequest = z.output<typeof simulateRequestSchema>;

export const SIMULATED_REASONS = [...SCENE_REFUSALS, "noShipping", "nothingFits", "otherIsBetter"] as const;

export const simulationSchema = z.strictObject({
  /** As a web shop would be told it. */
  quote: quoteSchema,
  /** Each promotion that is about goods of the basket, and the draft whatever it is about, in the order in which they are granted. */
  promotions: z.array(
    z.strictObject({
      id: idSchema<"Promotion">(),
      name: textSchema,
      /** What it takes off. */
      amount: moneySchema,
      /** Why it was not granted; null: it was. */
      why: z.enum(SIMULATED_REASONS).nullable(),
    }),
  ),
});
export type Simulation = z.infer<typeof simulationSchema>;
