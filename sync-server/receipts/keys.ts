import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { keyIdOf } from "#domain/returns/code/key-id.ts";
import type { Sha256 } from "#domain/returns/code/write-content.ts";
import type { ReceiptKeyDocument } from "#protocol/documents/receipt.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";
import { RECEIPTS_FEED } from "../sync/feeds.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { serverKeyOf } from "./server-key.ts";

export const sha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest();

/** Far above the tries that any pairing took. */
const MAX_TILLS_OF_KEY = 100;

/**
 * Tells the chain that a key of a till signs receipts, or does no more: what HQ says of the till that has it now, the one that was paired last. A till whose
 * answer was lost is paired anew with its key, and what the first try made is nobody's.
 */
export async function publishTillKey(publication: Publication, publicKey: string): Promise<void> {
  const key = await tillKeyDocument(publication, publicKey);
  if (key !== null) await publication.putReceiptKey(key);
}

/** Whether HQ has revoked the till that has this key: no other may have it again. */
export async function isRevokedKey(tx: ReadTransaction, publicKey: string): Promise<boolean> {
  const owner = (await tx.devicesOfKey(publicKey)).at(-1);
  return owner === undefined ? isGivenUpKey(tx, publicKey) : owner.revokedAt !== null;
}

/** Whether a machine had this key whose register has another machine now. */
export async function isGivenUpKey(tx: ReadTransaction, publicKey: string): Promise<boolean> {
  return (await tx.formerKeys(null)).some((former) => former.publicKey === publicKey);
}

/** Makes sure that every till can be told by its key and that the server has one of its own, whatever was there before receipts had codes. */
export async function ensureReceiptKeys(publisher: Publisher): Promise<void> {
  await publisher.publish(async (publication) => {
    const { tx } = publication;
    const { publicKey } = await serverKeyOf(tx, publication.at);
    await putWhereNew(publication, {
      id: idOfKey(publicKey),
      kind: "key",
      publicKey: publicKey.toString("base64url"),
      device: null,
      revokedAt: null,
    });
    const tills = [...(await tx.devices()), ...(await tx.formerKeys(null))];
    for (const publicKey of new Set(tills.map((till) => till.publicKey))) {
      const key = await tillKeyDocument(publication, publicKey);
      if (key !== null) await putWhereNew(publication, key);
    }
  });
}

async function tillKeyDocument(
  { tx }: Pick<Publication, "tx">,
  publicKey: string,
): Promise<ReceiptKeyDocument | null> {
  // In the order in which they were paired: their ids are made in it.
  const owners = await tx.devicesOfKey(publicKey);
  const owner = owners.at(-1) ?? (await formerOwnerOf(tx, publicKey));
  if (owner === null) return null;
  return {
    id: idOfKey(Buffer.from(publicKey, "base64url")),
    kind: "key",
    publicKey,
    device: owner.id,
    tills: (owners.length === 0 ? [owner] : owners)
      .slice(-MAX_TILLS_OF_KEY)
      .map(({ store, register }) => ({ store, register })),
    revokedAt: owner.revokedAt,
  };
}

/** The register whose receipts a machine signed that is not its machine any more: they stay good, unless HQ had revoked it. */
async function formerOwnerOf(tx: ReadTransaction, publicKey: string): Promise<DeviceRecord | null> {
  const former = (await tx.formerKeys(null)).findLast((each) => each.publicKey === publicKey);
  const device = former === undefined ? null : await tx.device(former.device);
  return former === undefined || device === null ? null : { ...device, revokedAt: former.revokedAt };
}

async function putWhereNew(publication: Publication, key: ReceiptKeyDocument): Promise<void> {
  const known = await publication.tx.liveDocument({
    feed: RECEIPTS_FEED,
    collection: "receipts",
    id: key.id,
  });
  if (known === null || !isDeepStrictEqual(JSON.parse(known), key)) await publication.putReceiptKey(key);
}

export function idOfKey(publicKey: Uint8Array): string {
  return `key:${keyIdOf(publicKey, sha256)}`;
}
