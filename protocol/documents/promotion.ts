import { z } from "zod";
import {
  type GiftNeeds,
  type PieceOff,
  PROMOTION_COMBINATIONS,
  type PromotedGoods,
  type Promotion,
  type PromotionConditions,
  type PromotionLimits,
  type PromotionRule,
  type TierSteps,
} from "#domain/promotions/promotion.ts";
import { idSchema, instantSchema, isWholeText, moneySchema } from "../scalars.ts";

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

const ppmSchema = z.number().int().min(1).max(1_000_000);
const percentSchema = z.strictObject({ kind: z.literal("percent"), ppm: ppmSchema });
const amountSchema = z.strictObject({ kind: z.literal("amount"), amount: moneySchema });
const pieceOffSchema: z.ZodType<PieceOff> = z.discriminatedUnion("kind", [
  percentSchema,
  amountSchema,
  z.strictObject({ kind: z.literal("fixedPrice"), price: moneySchema }),
]);

const piecesSchema = z.number().int().min(1).max(MAX_PIECES);
const MAX_STEPS = 10;

export const tierStepsSchema: z.ZodType<TierSteps> = z.discriminatedUnion("by", [
  z.strictObject({
    by: z.literal("pieces"),
    of: z
      .array(z.strictObject({ from: z.number().int().min(1).max(9_999), off: pieceOffSchema }))
      .min(1)
      .max(MAX_STEPS),
  }),
  z.strictObject({
    by: z.literal("value"),
    of: z
      .array(z.strictObject({ least: moneySchema, off: pieceOffSchema }))
      .min(1)
      .max(MAX_STEPS),
  }),
]);

export const giftNeedsSchema: z.ZodType<GiftNeeds> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pieces"), pieces: piecesSchema }),
  z.strictObject({ kind: z.literal("value"), least: moneySchema }),
]);

const ruleSchema: z.ZodType<PromotionRule> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("eachPiece"), goods: goodsSchema, off: pieceOffSchema }),
  z.strictObject({
    kind: z.literal("fromValue"),
    goods: goodsSchema,
    least: moneySchema,
    off: z.discriminatedUnion("kind", [percentSchema, amountSchema]),
  }),
  z.strictObject({
    kind: z.literal("tiers"),
    goods: goodsSchema,
    steps: tierStepsSchema,
  }),
  z.strictObject({
    kind: z.literal("piecesFor"),
    goods: goodsSchema,
    size: z.number().int().min(2).max(MAX_PIECES),
    pays: z.number().int().min(0).max(MAX_PIECES),
    ppm: ppmSchema.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal("bundle"),
    components: z
      .array(z.strictObject({ goods: goodsSchema, each: piecesSchema }))
      .min(1)
      .max(20),
    price: moneySchema,
  }),
  z.strictObject({
    kind: z.literal("gift"),
    goods: goodsSchema,
    needs: giftNeedsSchema,
    gift: goodsSchema,
    free: piecesSchema,
    perEach: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("freeShipping"), goods: goodsSchema, least: moneySchema }),
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
  name: z.string().trim().min(1).max(120).refine(isWholeText),
  validFrom: instantSchema,
  validUntil: instantSchema.nullable(),
  priority: z.number().int().min(0).max(1_000),
  when: conditionsSchema.exactOptional(),
  combines: z.enum(PROMOTION_COMBINATIONS).exactOptional(),
  limits: limitsSchema.exactOptional(),
  rule: ruleSchema,
});
