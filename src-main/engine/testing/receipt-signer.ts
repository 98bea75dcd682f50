import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { CodeSigner } from "#domain/returns/code/make-code.ts";

const RAW_KEY_BYTES = 32;

/** A key of its own that signs receipts for real. */
export function newReceiptSigner(): CodeSigner {
  const { privateKey } = generateKeyPairSync("ed25519");
  return { publicKey: rawPublicKey(privateKey), sign: (bytes) => sign(null, bytes, privateKey) };
}

function rawPublicKey(privateKey: KeyObject): Uint8Array {
  return createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(-RAW_KEY_BYTES);
}
