import { createHash } from "node:crypto";
import type { DeviceId, Instant } from "#domain/ids.ts";
import { keyIdOf } from "#domain/returns/code/key-id.ts";
import type { Sha256 } from "#domain/returns/code/write-content.ts";
import type { ReceiptKeyDocument } from "#protocol/documents/receipt.ts";
import { RECEIPTS_FEED } from "../sync/feeds.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { serverKeyOf } from "./server-key.ts";

export const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest();

/**
 * Tells the chain that a key of a till signs receipts, or does no more: what tills that have it now say of it. A key counts as revoked when every till that has it
 * is; HQ may have paired the same machine anew.
 */
export async function publishTillKey(publication: Publication, publicKey: string): Promise<void> {
  const owners = (await publication.tx.devices()).filter((device) => device.publicKey === publicKey);
  const owner = owners.find(({ revokedAt }) => revokedAt === null) ?? owners.at(-1);
  if (owner === undefined) return;
  await publication.putReceiptKey(keyDocument(owner.publicKey, owner.id, owner.revokedAt));
}

/** Makes sure that every till can be told by its key and that the server has one of its own, whatever was there before receipts had codes. */
export async function ensureReceiptKeys(publisher: Publisher): Promise<void> {
  await publisher.publish(async (publication) => {
    const { tx } = publication;
    const { publicKey } = await serverKeyOf(tx, publication.at);
    await putWhereNew(publication, keyDocument(publicKey.toString("base64url"), null, null));
    for (const device of await tx.devices()) {
      const known = keyDocument(device.publicKey, device.id, device.revokedAt);
      if (await isPublished(publication, known.id)) continue;
      await publishTillKey(publication, device.publicKey);
    }
  });
}

async function putWhereNew(publication: Publication, key: ReceiptKeyDocument): Promise<void> {
  if (!(await isPublished(publication, key.id))) await publication.putReceiptKey(key);
}

async function isPublished({ tx }: Publication, id: string): Promise<boolean> {
  return (await tx.liveDocument({ feed: RECEIPTS_FEED, collection: "receipts", id })) !== null;
}

function keyDocument(
  publicKey: string,
  device: DeviceId | null,
  revokedAt: Instant | null,
): ReceiptKeyDocument {
  const id = `key:${keyIdOf(Buffer.from(publicKey, "base64url"), sha256)}`;
  return { id, kind: "key", publicKey, device, revokedAt };
}
