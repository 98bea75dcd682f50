import { createPublicKey, hash, type KeyObject, verify } from "node:crypto";
import type { Sha256Hex, SignatureVerifier } from "#domain/journal/entry.ts";
import { madeOnce } from "#domain/made-once.ts";

/** DER prefix of an Ed25519 public key (RFC 8410), before the raw 32 bytes. */
const ED25519_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const ED25519_KEY_BYTES = 32;

export const sha256Hex: Sha256Hex = (text) => hash("sha256", text, "hex");

/** Keys; more than most chains have tills; half a megabyte. */
const MAX_KEPT = 1_000;

/** A till's public key from its raw form; null when it is none. */
export function readPublicKey(raw: string): KeyObject | null {
  const bytes = Buffer.from(raw, "base64url");
  if (bytes.length !== ED25519_KEY_BYTES) return null;
  return createPublicKey({ key: Buffer.concat([ED25519_PREFIX, bytes]), format: "der", type: "spki" });
}

/**
 * The same of a till that is known: those used last are kept, for reading one costs a third of what looking at a signature does. Not for a key that anybody may name, who would drive
 * the others away.
 */
export const knownPublicKey = madeOnce(readPublicKey, MAX_KEPT);

/** Checks signatures of one till. Throws when its key is none: enrolment let only real ones in. */
export function verifierFor(rawPublicKey: string): SignatureVerifier {
  const key = knownPublicKey(rawPublicKey);
  if (key === null) throw new Error("a device's public key is damaged");
  return (text, signature) =>
    verify(null, Buffer.from(text, "utf8"), key, Buffer.from(signature, "base64url"));
}
