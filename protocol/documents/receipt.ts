import { z } from "zod";
import { base64urlSchema, idSchema, instantSchema } from "../scalars.ts";
import { purchaseSchema, returnedSchema } from "./purchase.ts";

/** A key that receipts are signed with: a till's or the server's. It never goes away: a receipt is still read when its till is long gone. */
const keySchema = z.strictObject({
  /** `key:` and the key's id as codes name it, 16 hex digits. */
  id: z.string().regex(/^key:[0-9a-f]{16}$/),
  kind: z.literal("key"),
  /** Raw Ed25519 public key. */
  publicKey: base64urlSchema,
  /** Whose it is; null: the server's. */
  device: idSchema<"Device">().nullable(),
  /** Since then receipts signed with it are refused. */
  revokedAt: instantSchema.nullable(),
});
export type ReceiptKeyDocument = z.infer<typeof keySchema>;

/** A purchase of the return window: this store's receipts and every order. `id` is `purchase:` and its key (`purchaseKey`). */
const purchaseDocumentSchema = z.strictObject({
  id: z.string().regex(/^purchase:(ticket|order):.+$/),
  kind: z.literal("purchase"),
  purchase: purchaseSchema,
});

/** What came back of a purchase, known in the whole chain. `id` is `mark:` and the purchase's key. */
const markSchema = z.strictObject({
  id: z.string().regex(/^mark:(ticket|order):.+$/),
  kind: z.literal("mark"),
  returned: returnedSchema,
});

/** Replica collection `receipts`: what a till must know to take back what it did not sell. */
export const receiptDocumentSchema = z.discriminatedUnion("kind", [
  keySchema,
  purchaseDocumentSchema,
  markSchema,
]);
