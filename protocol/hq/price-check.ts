import { z } from "zod";
import { CONTRADICTIONS, type PriceRules } from "#domain/pricing/contradictions.ts";
import { idSchema, moneySchema, textSchema } from "../scalars.ts";

/** `GET` and `PUT /hq/v1/price-rules` */
export const priceRulesSchema: z.ZodType<PriceRules> = z.strictObject({
  channelDifferencePpm: z
    .number()
    .int("a share is whole parts per million")
    .min(0, "a share is 0 or more")
    .max(10_000_000)
    .nullable(),
});

const kindSchema = z.enum(CONTRADICTIONS);
/** As the clocks show it: `2026-12-24T08:00`. */
const localTimeSchema = z.string();

/** `GET /hq/v1/price-check?kind&offset&limit` */
export const priceCheckQuerySchema = z.strictObject({
  kind: kindSchema.optional(),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const named = z.strictObject({ id: z.string(), name: textSchema });

/** What would set it right: `amount` is the new price, `from` and `to` the days it is about. */
const fixSchema = z.strictObject({
  act: z.enum([
    "setAmount",
    "endPrice",
    "setTaxClass",
    "makeDraft",
    "endPromotion",
    "leaveOut",
    "stopStacking",
  ]),
  list: z.string().nullable(),
  amount: moneySchema.nullable(),
  /** When the price ends then; null where it does not. */
  until: localTimeSchema.nullable(),
  taxClass: z.string().nullable(),
  promotion: z.string().nullable(),
});

export const findingSchema = z.strictObject({
  id: z.string().max(500),
  kind: kindSchema,
  product: idSchema<"Product">().nullable(),
  /** What people call the article, with its SKU; null where it is about promotions alone. */
  article: z.string().nullable(),
  list: z.string().nullable(),
  /** Stores by code, channels by name. */
  places: z.array(z.string()),
  promotions: z.array(named),
  /** The price in question; with promotions: what is left of it. */
  amount: moneySchema.nullable(),
  /** What it stands against: the usual price, what the goods cost, the price that begins. */
  against: moneySchema.nullable(),
  /** What is left of `amount` without tax. */
  net: moneySchema.nullable(),
  /** Parts per million: how far from the usual price, or how much is off in all. */
  ppm: z.number().int().nullable(),
  taxClass: z.string().nullable(),
  from: localTimeSchema.nullable(),
  to: localTimeSchema.nullable(),
  fix: fixSchema,
});
export type Finding = z.infer<typeof findingSchema>;

export const priceCheckAnswerSchema = z.strictObject({
  findings: z.array(findingSchema),
  total: z.number().int(),
  /** How many there are of each kind that there is. */
  counts: z.array(z.strictObject({ kind: kindSchema, count: z.number().int() })),
  products: z.number().int(),
});
export type PriceCheckAnswer = z.infer<typeof priceCheckAnswerSchema>;

/** `POST /hq/v1/price-check/fix`: does what the finding offers. Refused as a conflict where it is no longer so. */
export const fixRequestSchema = z.strictObject({
  id: z.string().min(1).max(500),
  product: idSchema<"Product">().nullable(),
});
export const fixAnswerSchema = z.strictObject({});
