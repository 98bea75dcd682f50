import { z } from "zod";
import { idSchema, imageHashSchema, instantSchema, moneySchema, skuSchema, textSchema } from "../scalars.ts";
import { actUndoSchema } from "./act-undo.ts";
import { bulkRequestSchema } from "./prices.ts";

export const MAX_CATALOGUE_WINDOW = 200;
export const MAX_FACET_VALUES = 200;
export const MAX_EDITS_AT_ONCE = 200;
const MAX_BULK_PRODUCTS = 5_000;
const MAX_BULK_EXAMPLES = 20;
/** So many of the newest are kept, looks among them. */
export const MAX_BULK_EDITS = 50;
const MAX_NAMED = 50;
const MAX_TAGS = 250;

export const PRODUCT_STATUSES = ["active", "draft", "archived"] as const;
export const CATALOGUE_SORTS = ["title", "sku", "price", "stock", "changed"] as const;
export type CatalogueSort = (typeof CATALOGUE_SORTS)[number];
export const STOCK_STATES = ["in", "out", "negative"] as const;
/** What products can be counted by. */
export const CATALOGUE_FACETS = [
  "status",
  "category",
  "brand",
  "taxClass",
  "tag",
  "channel",
  "untold",
] as const;
export type CatalogueFacet = (typeof CATALOGUE_FACETS)[number];

const statusSchema = z.enum(PRODUCT_STATUSES);
const listSchema = idSchema<"PriceList">();
const yesOrNo = z.enum(["yes", "no"]).optional();
/** Asked once, or several times: any of them fits. */
const several = <T extends z.ZodType>(each: T) =>
  z.preprocess(
    (value) => (value === undefined || Array.isArray(value) ? value : [value]),
    z.array(each).max(MAX_NAMED).default([]),
  );

const filterShape = {
  /** Words that all have to be in title, brand, category, handle, SKUs or GTINs. */
  search: z.string().max(200).default(""),
  status: several(statusSchema),
  category: several(textSchema),
  brand: several(textSchema),
  taxClass: several(idSchema<"TaxClass">()),
  tag: several(textSchema),
  /** Sold there: active on the channel, or as the product itself where nothing else is said. */
  channel: several(idSchema<"Channel">()),
  /** Channels of which at least one shows no text: neither one of its own nor the product's. */
  untold: several(idSchema<"Channel">()),
  picture: yesOrNo,
  /** `no`: at least one variant is without. */
  gtin: yesOrNo,
  /** On the list that is looked at. */
  price: yesOrNo,
  /** Pieces in all the stores that one sees. */
  stock: z.enum(STOCK_STATES).optional(),
  /** The price list that is looked at; absent: the first that the first store asks. */
  list: listSchema.optional(),
};
const filterSchema = z.strictObject(filterShape);
/** Which products; what is not said fits all. */
export type CatalogueFilter = z.output<typeof filterSchema>;
/** The same, as one writes it. */
export type CatalogueWish = z.input<typeof filterSchema>;

/** `GET /hq/v1/catalogue`: a window of the products that fit, in an order, with what a merchandiser asks of them. */
export const catalogueQuerySchema = z.strictObject({
  ...filterShape,
  sort: z.enum(CATALOGUE_SORTS).default("title"),
  down: z
    .enum(["true", "false"])
    .default("false")
    .transform((value) => value === "true"),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(MAX_CATALOGUE_WINDOW).default(50),
  /** What the first window answered: the later ones keep to that order, whatever was changed meanwhile. */
  order: z.string().max(40).optional(),
});
export type CatalogueQuery = z.output<typeof catalogueQuerySchema>;

const optionalMoney = moneySchema.nullable();
/** What there is to say of a variant. */
export const catalogueVariantSchema = z.strictObject({
  variant: idSchema<"Variant">(),
  sku: skuSchema,
  gtin: z.string().nullable(),
  /** Its options, `M / red`; empty where there is only one. */
  label: z.string(),
  image: imageHashSchema.nullable(),
  price: optionalMoney,
  compareAt: optionalMoney,
  /** Absent for whoever may not see it. */
  cost: optionalMoney.optional(),
  /** What is earned with a piece, without tax, in parts per million of the price without tax; null: cannot be told. */
  marginPpm: z.number().int().nullable().optional(),
  onHand: z.number().int(),
});
export type CatalogueVariant = z.infer<typeof catalogueVariantSchema>;
export const catalogueRowSchema = z.strictObject({
  product: idSchema<"Product">(),
  handle: z.string(),
  title: textSchema,
  brand: textSchema,
  category: textSchema,
  taxClass: idSchema<"TaxClass">(),
  status: statusSchema,
  tags: z.array(z.string()),
  image: imageHashSchema.nullable(),
  /** How many there are. */
  variants: z.number().int(),
  /** Of the first one. */
  sku: z.string(),
  gtin: z.string().nullable(),
  /** The variant of a product that has no other; null: there are none, or several. */
  only: catalogueVariantSchema.nullable(),
  /** The lowest and highest that stand on the list. */
  lowest: optionalMoney,
  highest: optionalMoney,
  onHand: z.number().int(),
  changedAt: instantSchema.nullable(),
});
export type CatalogueRow = z.infer<typeof catalogueRowSchema>;
export const catalogueAnswerSchema = z.strictObject({
  rows: z.array(catalogueRowSchema),
  total: z.number().int(),
  /** For the next window. */
  order: z.string(),
  list: listSchema.nullable(),
});
export type CatalogueAnswer = z.infer<typeof catalogueAnswerSchema>;

/** `GET /hq/v1/catalogue/variants?product&list`: the variants of one product. */
export const catalogueVariantsQuerySchema = z.strictObject({
  product: idSchema<"Product">(),
  list: listSchema.optional(),
});
export const catalogueVariantsAnswerSchema = z.strictObject({
  variants: z.array(catalogueVariantSchema),
});

/** `GET /hq/v1/catalogue/facets`: the values of one field among the products that fit (the field's own filter left aside), the most frequent first. */
export const facetsQuerySchema = z.strictObject({
  ...filterShape,
  of: z.enum(CATALOGUE_FACETS),
  /** Only values that have this in them. */
  find: z.string().max(100).default(""),
});
export const facetsAnswerSchema = z.strictObject({
  values: z.array(z.strictObject({ value: z.string(), products: z.number().int() })).max(MAX_FACET_VALUES),
  /** There are more than are told. */
  more: z.boolean(),
});
export type FacetsAnswer = z.infer<typeof facetsAnswerSchema>;

const tagsSchema = z.array(textSchema.min(1)).max(MAX_TAGS);
/** What is to be different; what is not said stays. */
export const productEditSchema = z.strictObject({
  title: textSchema.trim().min(1).optional(),
  brand: textSchema.trim().optional(),
  category: textSchema.trim().optional(),
  taxClass: idSchema<"TaxClass">().optional(),
  status: statusSchema.optional(),
  addTags: tagsSchema.optional(),
  removeTags: tagsSchema.optional(),
});

/** `POST /hq/v1/catalogue/edit`: some fields of some products, all of it or nothing. */
export const editProductsRequestSchema = z.strictObject({
  edits: z
    .array(z.strictObject({ product: idSchema<"Product">(), change: productEditSchema }))
    .min(1)
    .max(MAX_EDITS_AT_ONCE),
});
export const editProductsAnswerSchema = z.strictObject({
  changed: z.number().int(),
  /** Where in the feed of the catalogue it stands: a till that has read so far has it. */
  seq: z.number().int().nonnegative(),
});

const priceRuleShape = bulkRequestSchema.shape;
/** `POST /hq/v1/catalogue/bulk`: the same change to many products; goes on by itself, in slices. */
export const bulkEditRequestSchema = z.strictObject({
  /** Made by whoever asks: asked twice with one id, it is one change. Left out: the server makes one. */
  id: idSchema<"BulkEdit">().optional(),
  /** Only looks what would be changed. */
  dryRun: z.boolean(),
  which: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("products"),
      products: z.array(idSchema<"Product">()).min(1).max(MAX_BULK_PRODUCTS),
    }),
    z.strictObject({
      kind: z.literal("filter"),
      filter: filterSchema,
      /** Those that fit and are to stay as they are. */
      without: z.array(idSchema<"Product">()).max(MAX_BULK_PRODUCTS).default([]),
    }),
  ]),
  change: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("fields"), fields: productEditSchema }),
    z.strictObject({
      kind: z.literal("price"),
      list: listSchema,
      change: priceRuleShape.change,
      rounding: priceRuleShape.rounding,
      asReduction: priceRuleShape.asReduction,
    }),
  ]),
});
export type BulkEditRequest = z.output<typeof bulkEditRequestSchema>;
export type BulkEditWish = z.input<typeof bulkEditRequestSchema>;

/** How far it is: the answer of the above, of `GET /hq/v1/catalogue/bulk/{id}` and of `POST /hq/v1/catalogue/bulk/{id}/stop`. */
export const bulkEditAnswerSchema = z.strictObject({
  id: z.string(),
  dryRun: z.boolean(),
  state: z.enum(["running", "done", "stopped", "failed"]),
  /** Products in all, and how many were looked at. */
  total: z.number().int(),
  looked: z.number().int(),
  /** Products, or prices where prices are changed. */
  changed: z.number().int(),
  unchanged: z.number().int(),
  /** Prices below what the goods cost the retailer. */
  belowCost: z.number().int(),
  examples: z
    .array(
      z.strictObject({
        sku: z.string(),
        name: z.string(),
        field: z.enum(["title", "brand", "category", "taxClass", "status", "tags", "price"]),
        before: z.string(),
        after: z.string(),
      }),
    )
    .max(MAX_BULK_EXAMPLES),
  /** Why it ended before its end; empty where it did not. */
  trouble: z.string(),
  at: instantSchema,
  /** Who began it. */
  by: z.string(),
  /** Null: nobody asked for it to be taken back. */
  undo: actUndoSchema.nullable(),
});
export type BulkEditAnswer = z.infer<typeof bulkEditAnswerSchema>;
/** `GET /hq/v1/catalogue/bulk`: the newest changes of many products, without those that only looked. */
export const bulkEditsAnswerSchema = z.strictObject({
  edits: z
    .array(
      bulkEditAnswerSchema.omit({ examples: true }).extend({ change: bulkEditRequestSchema.shape.change }),
    )
    .max(MAX_BULK_EDITS),
});
export type BulkEditListed = z.infer<typeof bulkEditsAnswerSchema>["edits"][number];
export const MAX_EXAMPLES = MAX_BULK_EXAMPLES;
export const bulkEditParamsSchema = z.strictObject({ id: z.string().max(64) });
