import { randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { SafeStorage } from "electron";
import { VAULT_KEY_BYTES } from "./vault.ts";

const OWNER_ONLY = 0o600;

/** What is needed of Electron's `safeStorage`. */
export type KeyStore = Pick<SafeStorage, "isEncryptionAvailable" | "encryptString" | "decryptString">;

/**
 * The key that seals the till's secrets, base64: made on the first start and kept encrypted by the OS key store. Null where the machine has no
 * key store; then file permissions are all there is. Throws when the kept key cannot be read: a new one would lock the till out.
 */
export function loadVaultKey(file: string, keyStore: KeyStore): string | null {
  if (!keyStore.isEncryptionAvailable()) return null;
  if (existsSync(file)) return keyStore.decryptString(readFileSync(file));
  const key = randomBytes(VAULT_KEY_BYTES).toString("base64");
  mkdirSync(dirname(file), { recursive: true });
  // What is sealed by it is on the disk at once: after a power cut the key must be there too, and whole.
  const fresh = `${file}.new`;
  const made = openSync(fresh, "w", OWNER_ONLY);
  try {
    writeSync(made, keyStore.encryptString(key));
    fsyncSync(made);
  } finally {
    closeSync(made);
  }
  renameSync(fresh, file);
  return key;
}
