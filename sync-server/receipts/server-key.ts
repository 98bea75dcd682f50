import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import type { Instant } from "#domain/ids.ts";
import type { CodeSigner } from "#domain/returns/code/make-code.ts";
import type { ReadTransaction, WriteTransaction } from "../storage/port.ts";

/** An Ed25519 key stands at the end of its DER wrapping (RFC 8410). */
const RAW_KEY_BYTES = 32;

export interface ServerKey extends CodeSigner {
  readonly publicKey: Buffer;
}

/** The key that the server signs receipts of orders and pairings of tills with: made the first time that it is asked for, kept in the database from then on. */
export async function serverKeyOf(tx: WriteTransaction, at: Instant): Promise<ServerKey> {
  const known = await knownServerKey(tx);
  if (known !== null) return known;
  const { privateKey } = generateKeyPairSync("ed25519");
  const made = privateKey.export({ format: "der", type: "pkcs8" }).toString("base64url");
  await tx.addReceiptSigningKey(made, at);
  return signerOf(made);
}

/** The same; null where none was made yet. */
export async function knownServerKey(tx: ReadTransaction): Promise<ServerKey | null> {
  const known = await tx.receiptSigningKey();
  return known === null ? null : signerOf(known);
}

function signerOf(pkcs8: string): ServerKey {
  const key = createPrivateKey({ key: Buffer.from(pkcs8, "base64url"), format: "der", type: "pkcs8" });
  const der = createPublicKey(key).export({ format: "der", type: "spki" });
  return { publicKey: der.subarray(-RAW_KEY_BYTES), sign: (bytes) => sign(null, bytes, key) };
}
