import { verify } from "node:crypto";
import type { Result } from "#domain/result.ts";
import { type CodeKey, type CodeRefusal, readReceiptCode } from "#domain/returns/code/read-code.ts";
import type { CodeContent } from "#domain/returns/code/read-content.ts";
import { keyOwnerOf, receiptDocumentSchema } from "#protocol/documents/receipt.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { RECEIPTS_FEED } from "../sync/feeds.ts";
import { readPublicKey } from "../sync/signatures.ts";

/** A code names the key that signed it and, where the server signed in a till's name, that till's. */
const MAX_KEYS_NAMED = 2;

/** What a receipt's code says was bought, by the keys that the chain's tills trust. Never throws, whatever the text is. */
export async function readCode(
  tx: ReadTransaction,
  scanned: string,
): Promise<Result<CodeContent, CodeRefusal>> {
  const known = new Map<string, CodeKey | null>();
  // Keys are looked up as the code names them: it is read once more with each.
  for (;;) {
    const asked: string[] = [];
    const keyOf = (id: string): CodeKey | null => {
      if (!known.has(id)) asked.push(id);
      return known.get(id) ?? null;
    };
    const read = readReceiptCode(scanned, { keyOf, verify: isSignedBy });
    const [id] = asked;
    if (id === undefined || known.size >= MAX_KEYS_NAMED) return read;
    known.set(id, await publishedKey(tx, id));
  }
}

async function publishedKey(tx: ReadTransaction, id: string): Promise<CodeKey | null> {
  const text = await tx.liveDocument({ feed: RECEIPTS_FEED, collection: "receipts", id: `key:${id}` });
  if (text === null) return null;
  const document = receiptDocumentSchema.parse(JSON.parse(text));
  if (document.kind !== "key") return null;
  return {
    publicKey: Buffer.from(document.publicKey, "base64url"),
    revoked: document.revokedAt !== null,
    owner: keyOwnerOf(document),
  };
}

function isSignedBy(bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  const key = readPublicKey(Buffer.from(publicKey).toString("base64url"));
  return key !== null && verify(null, bytes, key, signature);
}
