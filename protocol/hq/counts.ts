import { z } from "zod";
import { COUNT_STATES, MAX_COUNT_LIST } from "#domain/stock/count-plan.ts";
import { countScopeSchema } from "../documents/count.ts";
import { businessDaySchema, idSchema, instantSchema, skuSchema, textSchema } from "../scalars.ts";
import { worthShape } from "./stock-value.ts";

export const MAX_COUNTS_SHOWN = 200;
export const MAX_RESULTS_PER_PAGE = 100;

const figure = z.number().int();
const name = z.string().trim().min(1).max(100);

const scopeWishSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("all") }),
  z.strictObject({ kind: z.literal("category"), category: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal("skus"), skus: z.array(skuSchema).min(1).max(MAX_COUNT_LIST) }),
  /** So many that were not counted for the longest time. */
  z.strictObject({ kind: z.literal("longest"), articles: figure.min(1).max(MAX_COUNT_LIST) }),
]);
export type ScopeWishAsked = z.infer<typeof scopeWishSchema>;

/** `POST /hq/v1/counts`: asks a store to count. */
export const planCountRequestSchema = z.strictObject({
  store: z.string().min(1).max(16),
  name,
  scope: scopeWishSchema,
  blind: z.boolean(),
  day: businessDaySchema,
  note: z.string().trim().max(300),
});
export type PlanCountRequest = z.infer<typeof planCountRequestSchema>;

export const countRowSchema = z.strictObject({
  id: idSchema<"Count">(),
  store: textSchema,
  storeName: textSchema,
  name: textSchema,
  scope: countScopeSchema,
  blind: z.boolean(),
  day: businessDaySchema,
  note: textSchema,
  by: textSchema,
  at: instantSchema,
  state: z.enum(COUNT_STATES),
  finishedAt: instantSchema.nullable(),
  finishedBy: textSchema,
  areas: figure.nonnegative(),
  /** Articles that were found, those that are off and not booked, pieces too many and too few, and articles that wait to be booked. */
  counted: figure.nonnegative(),
  off: figure.nonnegative(),
  surplus: figure.nonnegative(),
  missing: figure.nonnegative(),
  open: figure.nonnegative(),
});
export type CountRow = z.infer<typeof countRowSchema>;

/** Query of `GET /hq/v1/counts`. */
export const countsQuerySchema = z.object({
  store: z.string().min(1).max(16).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_COUNTS_SHOWN).default(50),
});
export const countsAnswerSchema = z.strictObject({ counts: z.array(countRowSchema).max(MAX_COUNTS_SHOWN) });

const areaRowSchema = z.strictObject({
  id: idSchema<"AreaCount">(),
  area: textSchema,
  register: figure.positive(),
  staff: textSchema,
  at: instantSchema,
  articles: figure.nonnegative(),
  pieces: figure.nonnegative(),
  leftOut: z.boolean(),
  /** A later count of the same area stands instead. */
  replaced: z.boolean(),
  /** Told by two tills that did not hear of each other: one has to be left out before anything is booked. */
  toldTwice: z.boolean(),
});
export type AreaRow = z.infer<typeof areaRowSchema>;

/** `GET /hq/v1/counts/{id}`. */
export const countDetailSchema = z.strictObject({
  count: countRowSchema,
  areas: z.array(areaRowSchema).max(10_000),
  /** Articles that are in the books and were found nowhere. */
  uncounted: figure.nonnegative(),
});
export type CountDetail = z.infer<typeof countDetailSchema>;

/** `off`: what is off or was; `counted`: all that was found; `uncounted`: what is in the books and was found nowhere. */
export const RESULT_KINDS = ["off", "counted", "uncounted"] as const;
export type ResultKind = (typeof RESULT_KINDS)[number];

export const resultsQuerySchema = z.object({
  show: z.enum(RESULT_KINDS).default("off"),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_RESULTS_PER_PAGE).default(50),
});

export const resultRowSchema = z.strictObject({
  variant: idSchema<"Variant">(),
  sku: skuSchema,
  title: textSchema,
  options: z.array(textSchema),
  category: textSchema,
  /** Null: found nowhere. */
  counted: figure.nullable(),
  countedAt: instantSchema.nullable(),
  /** What the books said at that moment. */
  expected: figure,
  difference: figure,
  /** Pieces that moved while it was counted in several areas: by so many the difference may be wrong. */
  between: figure.nonnegative(),
  booked: z.boolean(),
  /** It is counted anew by another count. */
  again: z.boolean(),
  /** `value`: of the difference; below zero where pieces are missing. */
  ...worthShape,
});
export type ResultRow = z.infer<typeof resultRowSchema>;
export const resultsAnswerSchema = z.strictObject({
  results: z.array(resultRowSchema).max(MAX_RESULTS_PER_PAGE),
});

/** `POST /hq/v1/counts/{id}/state`. */
export const moveCountRequestSchema = z.strictObject({ state: z.enum(["counted", "cancelled", "closed"]) });
/** `POST /hq/v1/counts/{id}/areas/{area}`. */
export const leaveOutRequestSchema = z.strictObject({ leftOut: z.boolean() });
/** `POST /hq/v1/counts/{id}/book`; null: all that waits. */
export const bookCountRequestSchema = z.strictObject({
  variants: z.array(idSchema<"Variant">()).min(1).max(MAX_COUNT_LIST).nullable(),
  /** What was found nowhere is gone. */
  missing: z.boolean(),
});
export const bookedAnswerSchema = z.strictObject({ booked: figure.nonnegative(), count: countRowSchema });
/** `POST /hq/v1/counts/{id}/again`. */
export const recountRequestSchema = z.strictObject({
  variants: z.array(idSchema<"Variant">()).min(1).max(MAX_COUNT_LIST),
  name,
});
