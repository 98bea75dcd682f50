import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";

const REPLICA_FILE = "replica-2.sqlite";
const DAY_MS = 86_400_000;
const BUSY_MS = 5_000;
/** Enough of what is sealed to be nobody else's. */
const SEALED_CHARS = 60;

const keptSchema = z.looseObject({
  data: z.looseObject({
    sealed: z.string().optional(),
    number: z.string().nullish(),
    lease: z.looseObject({}).nullish(),
  }),
});

/** Files of a till's folder in which one of the texts stands. */
export function filesWith(folder: string, ...texts: readonly string[]): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .filter((file) => {
      const bytes = bytesOf(file);
      return texts.some((text) => bytes.includes(text));
    });
}

/** Nothing where there is no such file any more: what is just being written gets its own name a moment later, and is read then. */
function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}

/** The beginning of what a till keeps sealed of a customer; null where it keeps nothing of them. */
export function sealedOfCustomer(folder: string, customer: string): string | null {
  const kept = keptOf(folder, "customers").find(({ id }) => id === customer);
  return kept?.data.sealed?.slice(0, SEALED_CHARS) ?? null;
}

/** Whether a till has heard that an order is held, by itself or by another. */
export function knowsHolder(folder: string, number: string): boolean {
  return keptOf(folder, "orders").some(({ data }) => data.number === number && (data.lease ?? null) !== null);
}

function keptOf(folder: string, collection: string) {
  // A till that has just been started has its file for itself for a moment.
  const database = new DatabaseSync(join(folder, REPLICA_FILE), { readOnly: true, timeout: BUSY_MS });
  try {
    return database
      .prepare(`SELECT id, data FROM "replica/${collection}/0" WHERE deleted = 0`)
      .all()
      .map(({ id, data }) => ({ id, data: keptSchema.parse(JSON.parse(String(data))).data }));
  } finally {
    database.close();
  }
}

/** Lets a till that is stopped find on its disk that it was so many days without its server, in a store that lets people sign in all the same. */
export function awayForDays(folder: string, days: number): void {
  const file = join(folder, "identity.json");
  const identity = z.looseObject({}).parse(JSON.parse(readFileSync(file, "utf8")));
  const away = { spentMs: days * DAY_MS, seenAt: Date.now() };
  writeFileSync(file, JSON.stringify({ ...identity, away }));
  const database = new DatabaseSync(join(folder, REPLICA_FILE));
  database.exec(
    `UPDATE "replica/settings/0" SET data = json_set(data, '$.data.offlinePolicy.rosterMaxAgeDays', ${2 * days}, '$.data.offlinePolicy.managerAfterDays', ${2 * days})`,
  );
  database.close();
}
