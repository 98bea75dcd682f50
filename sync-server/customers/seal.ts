import { createDecipheriv } from "node:crypto";
import type { CustomerChanges } from "#domain/customer/changes.ts";
import type { EntryId } from "#domain/ids.ts";
import { customerChangesSchema } from "#protocol/documents/customer.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a till sealed in an entry (protocol/SPEC.md, S120); null where the key does not open it or it says nothing of a customer. */
export function openSealed({
  entry,
  sealed,
  key,
}: {
  readonly entry: EntryId;
  /** base64url. */
  readonly sealed: string;
  /** base64url of 32 bytes. */
  readonly key: string;
}): CustomerChanges | null {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
  try {
    const decipher = createDecipheriv(
      "aes-256-gcm",
      Buffer.from(key, "base64url"),
      bytes.subarray(0, NONCE_BYTES),
      { authTagLength: TAG_BYTES },
    );
    decipher.setAAD(Buffer.from(entry, "utf8"));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    return customerChangesSchema.safeParse(JSON.parse(text.toString("utf8"))).data ?? null;
  } catch {
    return null;
  }
}
