import { createSecretKey, randomBytes } from "node:crypto";
import { KEY_BYTES } from "../seal.ts";
import type { Keys } from "../till-keys.ts";

/** Keys of a till that the server has lent one to. */
export function newKeys(): Keys {
  return { own: createSecretKey(randomBytes(KEY_BYTES)), lent: createSecretKey(randomBytes(KEY_BYTES)) };
}
