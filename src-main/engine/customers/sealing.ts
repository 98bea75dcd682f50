import type { CustomerChanges } from "#domain/customer/changes.ts";
import type { EntryId } from "#domain/ids.ts";
import { customerChangesSchema } from "#protocol/documents/customer.ts";
import { keyFrom, openText, sealText } from "../seal.ts";

/** What names the one entry that a sealed text is for, and the key (base64url) that was made for it. */
export interface Seal {
  readonly entry: EntryId;
  readonly key: string;
}

/** Changes as an entry carries them: base64url of nonce, ciphertext and tag. It opens in no other entry. */
export function sealChanges({ entry, key }: Seal, changes: CustomerChanges): string {
  return sealText(keyFrom(key), entry, JSON.stringify(changes));
}

/** Null where the key is another's, the text was tampered with, or it says nothing of a customer. */
export function openChanges({ entry, key }: Seal, sealed: string): CustomerChanges | null {
  const text = openText(keyFrom(key), entry, sealed);
  try {
    return text === null ? null : (customerChangesSchema.safeParse(JSON.parse(text)).data ?? null);
  } catch {
    return null;
  }
}
