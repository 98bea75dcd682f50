import { z } from "zod";
import { idSchema, instantSchema } from "../scalars.ts";
import { actUndoSchema } from "./act-undo.ts";
import { importQuerySchema, importReportSchema } from "./import.ts";

/** What a heading can be said to be; `none`: nothing that is understood. */
export const IMPORT_COLUMNS = [
  "handle",
  "title",
  "vendor",
  "type",
  "category",
  "tags",
  "status",
  "sku",
  "price",
  "compareAt",
  "barcode",
  "cost",
  "contentSize",
  "contentUnit",
  "quantity",
  "taxable",
  "taxCode",
  "option1Name",
  "option1Value",
  "option2Name",
  "option2Value",
  "option3Name",
  "option3Value",
] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

const columnsSchema = z.record(z.string().max(200), z.enum([...IMPORT_COLUMNS, "none"]));

/**
 * `PUT /hq/v1/imports/{id}?fileName&dryRun&store&list&columns` with CSV or an Excel file (.xlsx, the first sheet) as body. `id` is given by whoever asks,
 * a UUID: the same one asked again is the same import. `columns` is JSON, which column each heading is meant to be: `{"Artikel":"title"}`.
 * An Excel file has at most 50 MB, 200 MB unpacked.
 */
export const importJobQuerySchema = importQuerySchema.extend({
  fileName: z.string().min(1).max(255),
  columns: z
    .string()
    .max(20_000)
    .default("{}")
    .transform((text, context): z.output<typeof columnsSchema> => {
      const read = columnsSchema.safeParse(jsonOf(text));
      if (read.success) return read.data;
      context.addIssue({ code: "custom", message: "JSON of headings and the columns that they are" });
      return z.NEVER;
    }),
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** An import and how far it is. It is done in slices: what was imported before it ended in the middle stays, and the same file brings the rest. */
export const importJobSchema = z.strictObject({
  id: idSchema<"Import">(),
  at: instantSchema,
  by: z.strictObject({ kind: z.enum(["user", "key"]), id: z.string(), name: z.string() }),
  fileName: z.string(),
  dryRun: z.boolean(),
  /** `interrupted`: the server ended in the middle of it. */
  state: z.enum(["running", "done", "refused", "failed", "interrupted"]),
  /** Products, of those in the file. */
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  report: importReportSchema.nullable(),
  undo: actUndoSchema.nullable(),
});
export type ImportJobAnswer = z.infer<typeof importJobSchema>;

export const importJobsSchema = z.strictObject({
  imports: z.array(importJobSchema.omit({ report: true })).max(20),
});

/** `GET /hq/v1/catalog/export?format&search&category&list&store`: what an import takes back unchanged. */
export const catalogExportQuerySchema = z.strictObject({
  format: z.enum(["csv", "xlsx"]).default("csv"),
  search: z.string().max(200).default(""),
  category: z.string().max(500).optional(),
  /** The price list; absent: the one that an import would take. */
  list: idSchema<"PriceList">().optional(),
  /** Its stock as well. */
  store: z.string().max(8).optional(),
});
