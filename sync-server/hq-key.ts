import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Instant } from "#domain/ids.ts";
import type { Storage } from "./storage/port.ts";
import { hashSecret } from "./sync/enrol.ts";

const KEY_BYTES = 32;

/**
 * Makes an HQ key on a new server and keeps it, readable by the owner alone, in `DIR/hq.key`; the database has only its hash. Of several servers on one
 * database (`isShared`) only the first makes one: machines that come and go would otherwise leave a key each that opens everything.
 */
export async function ensureHqKey({
  storage,
  dataDir,
  isShared = false,
  now,
}: {
  readonly storage: Storage;
  readonly dataDir: string;
  readonly isShared?: boolean;
  readonly now: Instant;
}): Promise<void> {
  const file = join(dataDir, "hq.key");
  const kept = existsSync(file) ? readFileSync(file, "utf8").trim() : null;
  const { known, others } = await storage.read(async (tx) => ({
    known: kept === null ? null : await tx.apiKey(hashSecret(kept)),
    others: await tx.apiKeys(),
  }));
  if (known?.scope === "hq" || (isShared && others.some(({ scope }) => scope === "hq"))) return;
  const key = `hq_${randomBytes(KEY_BYTES).toString("base64url")}`;
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  await storage.write((tx) => tx.addHqKey(hashSecret(key), now));
}
