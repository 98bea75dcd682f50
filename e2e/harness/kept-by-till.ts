import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";

const REPLICA_FILE = "replica-2.sqlite";
const DAY_MS = 86_400_000;
/** Enough of what is sealed to be nobody else's. */
const SEALED_CHARS = 60;

const keptSchema = z.looseObject({ data: z.looseObject({ sealed: z.string().optional() }) });

/** Files of a till's folder in which one of the texts stands. */
export function filesWith(folder: string, ...texts: readonly string[]): readonly string[] {
  return (
    readdirSync(folder, { recursive: true, withFileTypes: true })
      // A picture that is just being written has another name a moment later, and is read then.
      .filter((file) => file.isFile() && !file.name.endsWith(".svg.new"))
      .map((file) => join(file.parentPath, file.name))
      .filter((file) => {
        const bytes = readFileSync(file);
        return texts.some((text) => bytes.includes(text));
      })
  );
}

/** The beginning of what a till keeps sealed of a customer; null where it keeps nothing of them. */
export function sealedOfCustomer(folder: string, customer: string): string | null {
  const database = new DatabaseSync(join(folder, REPLICA_FILE), { readOnly: true });
  try {
    const row = database
      .prepare(`SELECT data FROM "replica/customers/0" WHERE id = ? AND deleted = 0`)
      .get(customer);
    if (row === undefined) return null;
    return keptSchema.parse(JSON.parse(String(row.data))).data.sealed?.slice(0, SEALED_CHARS) ?? null;
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
