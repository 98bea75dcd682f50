import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { CustomerChanges } from "#domain/customer/changes.ts";
import type { EntryId } from "#domain/ids.ts";
import { customerChangesSchema } from "#protocol/documents/customer.ts";

const CIPHER = "aes-256-gcm";
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What names the one entry that a sealed text is for, and the key (base64url) that was made for it. */
export interface Seal {
  readonly entry: EntryId;
  readonly key: string;
}

/** Changes as an entry carries them: base64url of nonce, ciphertext and tag. It opens in no other entry. */
export function sealChanges({ entry, key }: Seal, changes: CustomerChanges): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, Buffer.from(key, "base64url"), nonce);
  cipher.setAAD(Buffer.from(entry, "utf8"));
  const text = Buffer.concat([cipher.update(JSON.stringify(changes), "utf8"), cipher.final()]);
  return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString("base64url");
}

/** Null where the key is another's, the text was tampered with, or it says nothing of a customer. */
export function openChanges({ entry, key }: Seal, sealed: string): CustomerChanges | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null;
  try {
    const cipher = createDecipheriv(CIPHER, Buffer.from(key, "base64url"), bytes.subarray(0, NONCE_BYTES));
    cipher.setAAD(Buffer.from(entry, "utf8"));
    cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = Buffer.concat([cipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), cipher.final()]);
    return customerChangesSchema.safeParse(JSON.parse(text.toString("utf8"))).data ?? null;
  } catch {
    return null;
  }
}
