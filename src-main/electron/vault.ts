import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import type { Vault } from "../engine/identity.ts";

export const VAULT_KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const FORM = "onetill-vault-1";

/**
 * Seals what the till keeps of its pairing (private key, token) with AES-256-GCM under a key that the OS key store guards. A file that was
 * not sealed yet, from before there was a key store, opens as it is and is sealed at its next write. Opening throws when it was altered or
 * sealed under another key.
 */
export function createVault(key: Uint8Array): Vault {
  if (key.length !== VAULT_KEY_BYTES) throw new RangeError("a vault key has 32 bytes");
  return {
    seal(text) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return `${FORM}.${Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString("base64url")}`;
    },
    open(kept) {
      if (!kept.startsWith(`${FORM}.`)) return kept;
      const bytes = Buffer.from(kept.slice(FORM.length + 1), "base64url");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return Buffer.concat([
        decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)),
        decipher.final(),
      ]).toString("utf8");
    },
  };
}
