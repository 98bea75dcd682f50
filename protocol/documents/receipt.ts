import { z } from "zod";
import { base64urlSchema, idSchema, instantSchema } from "../scalars.ts";

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

/** Replica collection `receipts`: what a till must know to take back what it did not sell. */
export const receiptDocumentSchema = z.discriminatedUnion("kind", [keySchema]);
