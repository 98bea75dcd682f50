import { z } from "zod";
import { adjustmentReasonSchema, adjustmentReasonsSchema } from "../documents/adjustment-reasons.ts";
import { idSchema, instantSchema, skuSchema, textSchema } from "../scalars.ts";
import { worthShape } from "./stock-value.ts";

export const MAX_LEVELS_PER_PAGE = 200;
/** Levels beyond these are not counted: there are "more than" so many. */
export const MAX_LEVELS_COUNTED = 10_000;
export const MAX_MOVEMENTS_PER_PAGE = 100;

/** Which levels are shown: all; those below zero; those of at most `atMost` pieces; those that nothing moved for `idleDays` while there are some. */
export const LEVEL_STATES = ["all", "belowZero", "low", "idle"] as const;
export const LEVEL_SORTS = ["title", "onHand", "movedAt"] as const;
export type LevelState = (typeof LEVEL_STATES)[number];
export type LevelSort = (typeof LEVEL_SORTS)[number];

const levelsFilterShape = {
  store: z.string().min(1).max(16).optional(),
  category: z.string().max(200).default(""),
  search: z.string().max(200).default(""),
  state: z.enum(LEVEL_STATES).default("all"),
  atMost: z.coerce.number().int().min(-100_000).max(100_000).default(3),
  idleDays: z.coerce.number().int().min(1).max(3_650).default(90),
  sort: z.enum(LEVEL_SORTS).default("title"),
  descending: z.stringbool().default(false),
};

/** Query of `GET /hq/v1/stock/csv`. */
export const levelsFilterSchema = z.object(levelsFilterShape);
/** Query of `GET /hq/v1/stock`. */
export const levelsQuerySchema = z.object({
  ...levelsFilterShape,
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_LEVELS_PER_PAGE).default(50),
});

const pieces = z.number().int();

/** What there is of one variant in one store. */
export const levelRowSchema = z.strictObject({
  store: textSchema,
  storeName: textSchema,
  variant: idSchema<"Variant">(),
  sku: skuSchema,
  title: textSchema,
  options: z.array(textSchema),
  category: textSchema,
  onHand: pieces,
  reserved: pieces.nonnegative(),
  safetyStock: pieces.nonnegative(),
  /** What is promised to nobody. */
  available: pieces.nonnegative(),
  /** On their way here from other stores; not on hand yet. */
  inTransit: pieces.nonnegative(),
  /** Null: never. */
  soldAt: instantSchema.nullable(),
  countedAt: instantSchema.nullable(),
  movedAt: instantSchema.nullable(),
  /** `value`: of what is on hand; below zero it is none. */
  ...worthShape,
});
export type LevelRow = z.infer<typeof levelRowSchema>;

export const levelsAnswerSchema = z.strictObject({
  levels: z.array(levelRowSchema).max(MAX_LEVELS_PER_PAGE),
  /** Not above `MAX_LEVELS_COUNTED`; `isMore` where there are more. */
  total: z.number().int().nonnegative(),
  isMore: z.boolean(),
});

/** Query of `GET /hq/v1/stores/{code}/stock/{variant}/movements`; `before` as the page before said it. */
export const movementsQuerySchema = z.object({
  before: z.string().min(1).max(400).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_MOVEMENTS_PER_PAGE).default(50),
});

/** One movement that a level is made of. */
export const movementRowSchema = z.strictObject({
  /** Apart from all others of the level. */
  id: z.string().min(1).max(400),
  kind: z.string().min(1).max(64),
  /** When it happened, and when the server heard of it. */
  at: instantSchema,
  bookedAt: instantSchema,
  quantity: pieces,
  /** The level after it: of the newest, the level that is shown. */
  after: pieces,
  /** Who did it; empty where nobody is known. */
  who: textSchema,
  /** Why, in people's words or as an id of an adjustment's reason; empty where the kind says it all. */
  why: textSchema,
  note: textSchema,
  /** What it comes from, to be looked at; null where there is nothing. */
  source: z
    .strictObject({
      kind: z.enum(["ticket", "order", "count", "delivery"]),
      id: z.string().min(1).max(100),
      text: textSchema,
    })
    .nullable(),
});
export type MovementRow = z.infer<typeof movementRowSchema>;

export const movementsAnswerSchema = z.strictObject({
  level: levelRowSchema,
  /** The newest first. */
  movements: z.array(movementRowSchema).max(MAX_MOVEMENTS_PER_PAGE),
  /** Where the next page begins; null: these were the last. */
  next: z.string().min(1).max(400).nullable(),
});

/** `POST /hq/v1/stores/{code}/stock/{variant}/adjust`. */
export const adjustRequestSchema = z.strictObject({
  /** Made by whoever asks: asked twice with one id, it is done once. */
  id: idSchema<"Adjustment">(),
  quantity: pieces
    .min(-100_000)
    .max(100_000)
    .refine((quantity) => quantity !== 0, "pieces that are there or gone"),
  why: adjustmentReasonSchema.shape.id,
  note: z.string().trim().max(300),
});
export type AdjustRequest = z.infer<typeof adjustRequestSchema>;

/** `GET` and `PUT /hq/v1/adjustment-reasons`. */
export const adjustmentReasonsAnswerSchema = z.strictObject({ reasons: adjustmentReasonsSchema });
