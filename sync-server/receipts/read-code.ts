import { verify } from "node:crypto";
import type { Result } from "#domain/result.ts";
import { type CodeKey, type CodeRefusal, readReceiptCode } from "#domain/returns/code/read-code.ts";
import type { CodeContent } from "#domain/returns/code/read-content.ts";
import { receiptDocumentSchema } from "#protocol/documents/receipt.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { RECEIPTS_FEED } from "../sync/feeds.ts";
import { readPublicKey } from "../sync/signatures.ts";

/** What a receipt's code says was bought, by the keys that the chain's tills trust. Never throws, whatever the text is. */
export async function readCode(
  tx: ReadTransaction,
  scanned: string,
): Promise<Result<CodeContent, CodeRefusal>> {
  const named: string[] = [];
  const first = readReceiptCode(scanned, {
    keyOf: (id) => {
      named.push(id);
      return null;
    },
    verify: isSignedBy,
  });
  const [id] = named;
  if (id === undefined) return first;
  const key = await keyOf(tx, id);
  return readReceiptCode(scanned, { keyOf: () => key, verify: isSignedBy });
}

async function keyOf(tx: ReadTransaction, id: string): Promise<CodeKey | null> {
  const text = await tx.liveDocument({ feed: RECEIPTS_FEED, collection: "receipts", id: `key:${id}` });
  if (text === null) return null;
  const document = receiptDocumentSchema.parse(JSON.parse(text));
  if (document.kind !== "key") return null;
  return { publicKey: Buffer.from(document.publicKey, "base64url"), revoked: document.revokedAt !== null };
}

function isSignedBy(bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  const key = readPublicKey(Buffer.from(publicKey).toString("base64url"));
  return key !== null && verify(null, bytes, key, signature);
}
