import { randomBytes } from "node:crypto";
import type { DeviceId } from "#domain/ids.ts";
import type { PersonalKeyAnswer } from "#protocol/sync/personal-key.ts";
import type { Storage } from "../storage/port.ts";

/** AES-256. */
const KEY_BYTES = 32;

/**
 * The key by which a till seals what it is told of customers: made when the till first asks, the same one from then on, gone with the till's being revoked or
 * replaced. A till that was away for too long has thrown it away and reads what it holds again as soon as it is back.
 */
export async function lendKey(storage: Storage, device: DeviceId): Promise<PersonalKeyAnswer> {
  const known = await storage.read((tx) => tx.lentKey(device));
  if (known !== null) return { key: known };
  const made = randomBytes(KEY_BYTES).toString("base64url");
  // Another server may have been asked at the same time.
  return { key: await storage.write((tx) => tx.lendKey(device, made)) };
}
