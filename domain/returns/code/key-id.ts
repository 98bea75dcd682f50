import { KEY_ID_BYTES } from "./limits.ts";
import { hexOf } from "./text.ts";
import type { Sha256 } from "./write-content.ts";

export function keyIdBytes(publicKey: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(publicKey).slice(0, KEY_ID_BYTES);
}

/** What a code names its key by: the first eight bytes of the SHA-256 of the raw public key, as 16 lower-case hex digits. */
export function keyIdOf(publicKey: Uint8Array, sha256: Sha256): string {
  return hexOf(keyIdBytes(publicKey, sha256));
}
