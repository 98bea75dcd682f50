import { z } from "zod";
import { MAX_REORDER_PIECES } from "#domain/stock/replenish.ts";
import { idSchema, skuSchema, textSchema } from "../scalars.ts";

export const MAX_PROPOSALS_PER_PAGE = 200;
/** So many stores at most are named that could send an article. */
export const MAX_SPARE_STORES = 3;

const storeCodeSchema = z.string().min(1).max(16);
const pieces = z.number().int();

const proposalsFilterShape = {
  store: storeCodeSchema,
  category: z.string().max(200).default(""),
  search: z.string().max(200).default(""),
  /** What was sold is told of so many days. */
  days: z.coerce.number().int().min(7).max(365).default(28),
};

/** Query of `GET /hq/v1/replenishment/csv`. */
export const proposalsFilterSchema = z.object(proposalsFilterShape);
/** Query of `GET /hq/v1/replenishment`. */
export const proposalsQuerySchema = z.object({
  ...proposalsFilterShape,
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(MAX_PROPOSALS_PER_PAGE).default(50),
});

const ruleShape = {
  /** At so many pieces, or fewer, more are needed. */
  reorderPoint: pieces.min(0).max(MAX_REORDER_PIECES),
  /** So many there should be again. */
  target: pieces.min(1).max(MAX_REORDER_PIECES),
  /** They come in packs of so many. */
  pack: pieces.min(1).max(MAX_REORDER_PIECES),
};

/** What a store is to get of an article, and why. */
const proposalSchema = z.strictObject({
  variant: idSchema<"Variant">(),
  sku: skuSchema,
  title: textSchema,
  options: z.array(textSchema),
  category: textSchema,
  ...ruleShape,
  /** Whose rule it is: of the article or its category, for this store alone or for all. */
  rule: z.strictObject({ of: z.enum(["article", "category"]), forStore: z.boolean() }),
  onHand: pieces,
  reserved: pieces.nonnegative(),
  safetyStock: pieces.nonnegative(),
  /** On hand, less promised, less safety stock; below zero where more is promised than there is. */
  free: pieces,
  /** On its way, from suppliers and other stores. */
  incoming: pieces.nonnegative(),
  /** To a tenth. */
  soldPerWeek: z.number().nonnegative(),
  /** Pieces that are proposed. */
  proposed: pieces.positive(),
  /** Stores that have more than they need, those with most of it first. */
  spare: z.array(z.strictObject({ store: textSchema, pieces: pieces.positive() })).max(MAX_SPARE_STORES),
});
export type Proposal = z.infer<typeof proposalSchema>;

export const proposalsAnswerSchema = z.strictObject({
  proposals: z.array(proposalSchema).max(MAX_PROPOSALS_PER_PAGE),
  total: z.number().int().nonnegative(),
});

/** What a rule is about. An article's rule goes before that of its category, and a store's before that for all stores. */
const ruleSubjectSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("article"), sku: skuSchema }),
  z.strictObject({ kind: z.literal("category"), category: z.string().trim().min(1).max(200) }),
]);

export const reorderRulesQuerySchema = z.object({
  store: storeCodeSchema.optional(),
  /** The beginning of a category's name, or of a SKU. */
  search: z.string().max(200).default(""),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const ruleRowSchema = z.strictObject({
  subject: ruleSubjectSchema,
  /** What the article is called; of a category its name. */
  name: textSchema,
  /** Code of the store; null: all. */
  store: textSchema.nullable(),
  ...ruleShape,
});
export type ReorderRuleRow = z.infer<typeof ruleRowSchema>;

export const reorderRulesAnswerSchema = z.strictObject({
  rules: z.array(ruleRowSchema).max(200),
  total: z.number().int().nonnegative(),
});

/** `PUT /hq/v1/reorder-rules`: one rule; null takes it away. */
export const putReorderRuleSchema = z.strictObject({
  subject: ruleSubjectSchema,
  store: storeCodeSchema.nullable(),
  rule: z.strictObject(ruleShape).nullable(),
});
export type PutReorderRule = z.infer<typeof putReorderRuleSchema>;
