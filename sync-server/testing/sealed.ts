import { createCipheriv, randomBytes, randomUUID } from "node:crypto";
import type { CustomerChanges } from "#domain/customer/changes.ts";
import { type CustomerId, type EntryId, idOf } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { TestTill } from "./till.ts";

export interface SealedEntry {
  readonly entry: JournalEntry;
  readonly key: { readonly entry: EntryId; readonly key: string };
}

/** What a till says of a customer, sealed as protocol/SPEC.md S120 says, as the next entry of its journal. */
export function saySealed(
  till: TestTill,
  {
    type = "customer.edited",
    customer,
    changes,
  }: {
    readonly type?: "customer.registered" | "customer.edited";
    readonly customer: CustomerId;
    readonly changes: CustomerChanges;
  },
): SealedEntry {
  const id = idOf<"Entry">(randomUUID());
  const key = randomBytes(32);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(id, "utf8"));
  const text = Buffer.concat([cipher.update(JSON.stringify(changes), "utf8"), cipher.final()]);
  const sealed = Buffer.concat([nonce, text, cipher.getAuthTag()]).toString("base64url");
  return {
    entry: till.write({ type, customer, sealed }, id),
    key: { entry: id, key: key.toString("base64url") },
  };
}
