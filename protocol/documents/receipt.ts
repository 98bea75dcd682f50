import { z } from "zod";
import type { CodeKeyOwner } from "#domain/returns/code/read-code.ts";
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
  /** Where the till stands and stood: a ticket that its key signs is of one of these. A server of before does not say. */
  tills: z
    .array(z.strictObject({ store: idSchema<"Store">(), register: z.number().int().positive() }))
    .max(100)
    .exactOptional(),
  /** Since then receipts signed with it are refused. */
  revokedAt: instantSchema.nullable(),
});
export type ReceiptKeyDocument = z.infer<typeof keySchema>;

/** For whose receipts a published key speaks. */
export function keyOwnerOf({ device, tills }: Pick<ReceiptKeyDocument, "device" | "tills">): CodeKeyOwner {
  return device === null ? { kind: "server" } : { kind: "till", tills: tills ?? null };
}

/** What a store's tickets bought, or an order of the chain of which goods were handed out or sent, while it may be brought back. */
const purchaseDocumentSchema = z.strictObject({
  /** `purchase:` and the purchase's key. */
  id: z.string().regex(/^purchase:(ticket|order):.{1,64}$/),
  kind: z.literal("purchase"),
  purchase: purchaseSchema,
});
export type PurchaseDocument = z.infer<typeof purchaseDocumentSchema>;

/** What came back of a purchase; no document: nothing did, as far as the server knows. Every till of the chain has it. */
const markSchema = z.strictObject({
  /** `mark:` and the purchase's key. */
  id: z.string().regex(/^mark:(ticket|order):.{1,64}$/),
  kind: z.literal("mark"),
  returned: returnedSchema,
});
export type ReturnMarkDocument = z.infer<typeof markSchema>;

/** Replica collection `receipts`: what a till must know to take back what it did not sell. */
export const receiptDocumentSchema = z.discriminatedUnion("kind", [
  keySchema,
  purchaseDocumentSchema,
  markSchema,
]);
