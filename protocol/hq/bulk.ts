import { z } from "zod";
import { idSchema, moneySchema, skuSchema, textSchema } from "../scalars.ts";
import { channelTextsSchema } from "./product.ts";

/** A line of NDJSON, in bytes, and what there may be of them in one request. */
export const MAX_BULK_LINE_BYTES = 1024 * 1024;
export const MAX_BULK_BYTES = 2 * 1024 ** 3;

const content = z.strictObject({
  quantity: z.number().int().min(1).max(1_000_000_000),
  unit: z.enum(["g", "ml", "mm", "piece"]),
});

/**
 * A line of `POST /hq/v1/bulk/products`. A product is found by its handle, a variant by its SKU; what there is none of is made. What a line does not name
 * stays; `null` takes it away. The same line again changes nothing.
 */
export const bulkProductSchema = z.strictObject({
  handle: z.string().min(1).max(255),
  title: textSchema.exactOptional(),
  brand: textSchema.exactOptional(),
  category: textSchema.exactOptional(),
  tags: z.array(textSchema).max(250).exactOptional(),
  taxClass: idSchema<"TaxClass">().exactOptional(),
  status: z.enum(["active", "draft", "archived"]).exactOptional(),
  description: z.string().max(20_000).exactOptional(),
  attributes: z
    .record(z.string().max(64), z.union([z.string(), z.number(), z.boolean()]).nullable())
    .exactOptional(),
  channels: z.record(idSchema<"Channel">(), channelTextsSchema.nullable()).exactOptional(),
  optionNames: z.array(textSchema).max(3).exactOptional(),
  variants: z
    .array(
      z.strictObject({
        sku: skuSchema,
        gtins: z.array(z.string().max(14)).max(20).exactOptional(),
        options: z.array(textSchema).max(3).exactOptional(),
        content: content.nullable().exactOptional(),
      }),
    )
    .max(2_000)
    .exactOptional(),
});
export type BulkProduct = z.output<typeof bulkProductSchema>;

/** A line of `POST /hq/v1/bulk/prices`: what a variant costs on a list from now on. */
export const bulkPriceSchema = z.strictObject({
  sku: skuSchema,
  list: idSchema<"PriceList">(),
  amount: moneySchema,
});

/** A line of `POST /hq/v1/bulk/stock`: what there is of a variant in a store now. */
export const bulkStockSchema = z.strictObject({
  sku: skuSchema,
  store: z.string().min(1).max(8),
  onHand: z.number().int().min(-1_000_000_000).max(1_000_000_000),
});

/** The answer to each line, a line itself, in their order: `{"row":1,"ok":true,"changed":true}` or why it was refused. */
export const bulkAnswerRowSchema = z.discriminatedUnion("ok", [
  z.strictObject({ row: z.number().int().positive(), ok: z.literal(true), changed: z.boolean() }),
  z.strictObject({
    row: z.number().int().positive(),
    ok: z.literal(false),
    reason: z.enum([
      "notJson",
      "tooLong",
      "wrongForm",
      "faulty",
      "unknownSku",
      "unknownList",
      "unknownStore",
      "wrongCurrency",
      "negative",
    ]),
    /** What is wrong where. */
    details: z.array(z.string()),
  }),
]);
export type BulkAnswerRow = z.infer<typeof bulkAnswerRowSchema>;
