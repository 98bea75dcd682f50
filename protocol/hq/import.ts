import { z } from "zod";
import { idSchema, moneySchema, textSchema } from "../scalars.ts";

/**
 * `POST /hq/v1/catalog/import?dryRun=true|false&store=CODE` with the CSV as body (`text/csv`, any size, streamed).
 * Good rows are imported in one transaction, bad rows are reported with line and reason; a file that is no product
 * export at all changes nothing.
 */
export const importQuerySchema = z.strictObject({
  dryRun: z
    .enum(["true", "false"])
    .default("false")
    .transform((value) => value === "true"),
  /** Stock quantities of the file count for this store; without it they are left alone. */
  store: z.string().max(8).optional(),
  /** The price list the file's prices are for; without it the one that every store falls back on. */
  list: idSchema<"PriceList">().optional(),
});

export const rowProblemSchema = z.strictObject({
  /** 1-based line of the file where the row begins; the header is line 1. */
  line: z.number().int().positive(),
  handle: z.string().nullable(),
  column: z.string().nullable(),
  reason: z.enum([
    "missingHandle",
    "missingTitle",
    "missingSku",
    "duplicateSku",
    "emptyPrice",
    "badPrice",
    "badQuantity",
    "badGtin",
    "duplicateGtin",
    "duplicateOptions",
    "unknownTaxClass",
    "unknownStatus",
    "tooManyVariants",
    "tooLong",
    "wrongColumnCount",
    "brokenQuoting",
  ]),
  value: z.string().max(200),
  /** `row`: this row was left out; `product`: the whole product was; `field`: only this field was dropped. */
  effect: z.enum(["row", "product", "field"]),
});
export type RowProblem = z.infer<typeof rowProblemSchema>;

const change = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("new"),
    handle: z.string(),
    title: textSchema,
    variants: z.number().int(),
  }),
  z.strictObject({
    kind: z.literal("changed"),
    handle: z.string(),
    title: textSchema,
    fields: z.array(
      z.strictObject({
        field: z.enum([
          "title",
          "brand",
          "category",
          "tags",
          "status",
          "taxClass",
          "optionNames",
          "variant",
          "sku",
          "gtins",
          "options",
          "compareAt",
          "content",
          "cost",
        ]),
        /** The variant it is about; null when it is about the product. */
        sku: z.string().nullable(),
        from: z.string(),
        to: z.string(),
      }),
    ),
  }),
  z.strictObject({
    kind: z.literal("price"),
    sku: z.string(),
    from: moneySchema.nullable(),
    to: moneySchema,
  }),
  z.strictObject({
    kind: z.literal("stock"),
    sku: z.string(),
    store: z.string(),
    from: z.number().int(),
    to: z.number().int(),
  }),
]);
export type CatalogChange = z.infer<typeof change>;

export const MAX_REPORTED_PROBLEMS = 1_000;
export const MAX_REPORTED_CHANGES = 1_000;

export const importReportSchema = z.discriminatedUnion("ok", [
  z.strictObject({
    ok: z.literal(true),
    dryRun: z.boolean(),
    rows: z.number().int().nonnegative(),
    products: z.strictObject({
      created: z.number().int(),
      changed: z.number().int(),
      unchanged: z.number().int(),
    }),
    variants: z.number().int().nonnegative(),
    /** Prices that became others; prices of new variants count too. */
    prices: z.number().int().nonnegative(),
    /** Variants without a SKU, which got one made of handle and options: the same on every import. */
    derivedSkus: z.number().int().nonnegative(),
    problems: z.array(rowProblemSchema).max(MAX_REPORTED_PROBLEMS),
    problemCount: z.number().int().nonnegative(),
    changes: z.array(change).max(MAX_REPORTED_CHANGES),
    changeCount: z.number().int().nonnegative(),
  }),
  z.strictObject({
    ok: z.literal(false),
    reason: z.enum([
      "empty",
      "notCsv",
      "notUtf8",
      "missingColumns",
      "nothingUsable",
      "unknownStore",
      "unknownList",
      "brokenQuoting",
      "lineTooLong",
      "tooLarge",
    ]),
    message: z.string(),
    line: z.number().int().nullable(),
    /** What stands in the heading, where columns are missing: `columns` can say which are meant. */
    headings: z.array(z.string().max(200)).max(500).exactOptional(),
    /** What was wrong with the rows, where none of them could be used. */
    problems: z.array(rowProblemSchema).max(MAX_REPORTED_PROBLEMS),
  }),
]);
export type ImportReport = z.infer<typeof importReportSchema>;
