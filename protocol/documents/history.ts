import { z } from "zod";
import type { HistoryEntry } from "#domain/customer/history.ts";
import { idSchema, instantSchema, moneySchema, receiptNumberSchema, textSchema } from "../scalars.ts";

/** Entries of a customer's history that are told at once: the newest. */
export const MAX_HISTORY_ENTRIES = 200;

const entryShape = {
  at: instantSchema,
  pieces: z.number().int().nonnegative(),
  total: moneySchema,
  goods: z.array(z.strictObject({ name: z.string().max(1_100), quantity: z.number().int() })).max(20),
  refunded: moneySchema.exactOptional(),
} as const;

const purchaseSchema = z.strictObject({
  kind: z.literal("purchase"),
  id: idSchema<"Ticket">(),
  number: receiptNumberSchema,
  storeName: textSchema,
  ...entryShape,
});

const orderSchema = z.strictObject({
  kind: z.literal("order"),
  id: idSchema<"Order">(),
  number: z.string(),
  channel: idSchema<"Channel">(),
  status: z.enum(["placed", "inProgress", "ready", "completed", "cancelled"]),
  storeNames: z.array(textSchema),
  ...entryShape,
});

/** One line of a customer's history, the same at the till, at HQ and in web shops. */
export const historyEntrySchema: z.ZodType<HistoryEntry> = z.discriminatedUnion("kind", [
  purchaseSchema,
  orderSchema,
]);

/** `GET /hq/v1/customers/{id}/history`, and the same under `/shop/v1` and `/sync/v1`: the newest entries first. */
export const customerHistorySchema = z.strictObject({
  customer: idSchema<"Customer">(),
  entries: z.array(historyEntrySchema).max(MAX_HISTORY_ENTRIES),
  /** There are older entries than these. */
  hasMore: z.boolean(),
});
export type CustomerHistory = z.infer<typeof customerHistorySchema>;
