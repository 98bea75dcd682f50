import { z } from "zod";
import {
  PROMOTION_COMBINATIONS,
  type PromotedGoods,
  type Promotion,
  type PromotionConditions,
  type PromotionLimits,
  type PromotionRule,
} from "#domain/promotions/promotion.ts";
import { idSchema, instantSchema, moneySchema } from "../scalars.ts";

const MAX_PIECES = 100;
const minuteOfDay = z.number().int().min(0).max(1_440);

const goodsSchema: z.ZodType<PromotedGoods> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all") }),
  z.strictObject({
    kind: z.literal("categories"),
    categories: z.array(z.string().min(1).max(200)).min(1).max(200),
  }),
  z.strictObject({
    kind: z.literal("variants"),
    variants: z.array(idSchema<"Variant">()).min(1).max(1_000),
  }),
]);

const ruleSchema: z.ZodType<PromotionRule> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("fromValue"),
    goods: goodsSchema,
    least: moneySchema,
    off: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("percent"), ppm: z.number().int().min(1).max(1_000_000) }),
      z.strictObject({ kind: z.literal("amount"), amount: moneySchema }),
    ]),
  }),
  z.strictObject({
    kind: z.literal("piecesFor"),
    goods: goodsSchema,
    size: z.number().int().min(2).max(MAX_PIECES),
    pays: z.number().int().min(0).max(MAX_PIECES),
  }),
  z.strictObject({
    kind: z.literal("bundle"),
    components: z
      .array(z.strictObject({ goods: goodsSchema, each: z.number().int().min(1).max(MAX_PIECES) }))
      .min(1)
      .max(20),
    price: moneySchema,
  }),
]);

const conditionsSchema: z.ZodType<PromotionConditions> = z.strictObject({
  channels: z.array(idSchema<"Channel">()).min(1).max(50).exactOptional(),
  stores: z.array(idSchema<"Store">()).min(1).max(10_000).exactOptional(),
  groups: z.array(idSchema<"CustomerGroup">()).min(1).max(200).exactOptional(),
  firstPurchase: z.literal(true).exactOptional(),
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7).exactOptional(),
  hours: z.strictObject({ from: minuteOfDay, until: minuteOfDay }).exactOptional(),
  coupon: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("word"), word: z.string().regex(/^[A-Z0-9]{3,30}$/) }),
      z.strictObject({ kind: z.literal("codes") }),
    ])
    .exactOptional(),
});

const limitsSchema: z.ZodType<PromotionLimits> = z.strictObject({
  perTicket: z.number().int().min(1).max(10_000).exactOptional(),
  perCustomer: z.number().int().min(1).max(10_000).exactOptional(),
});

/** Replica collection `promotions`. */
export const promotionSchema: z.ZodType<Promotion> = z.strictObject({
  id: idSchema<"Promotion">(),
  name: z.string().trim().min(1).max(120),
  validFrom: instantSchema,
  validUntil: instantSchema.nullable(),
  priority: z.number().int().min(0).max(1_000),
  when: conditionsSchema.exactOptional(),
  combines: z.enum(PROMOTION_COMBINATIONS).exactOptional(),
  limits: limitsSchema.exactOptional(),
  rule: ruleSchema,
});
