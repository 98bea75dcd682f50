import { z } from "zod";
import { moneySchema, textSchema } from "../scalars.ts";

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
    "unknownTaxClass",
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
    fields: z.array(z.strictObject({ field: z.string(), from: z.string(), to: z.string() })),
  }),
  z.strictObject({
    kind: z.literal("price"),
    sku: z.string(),
    from: moneySchema.nullable(),
    to: moneySchema,
  }),
]);

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
      "brokenQuoting",
      "lineTooLong",
      "tooLarge",
    ]),
    message: z.string(),
    line: z.number().int().nullable(),
  }),
]);
export type ImportReport = z.infer<typeof importReportSchema>;
