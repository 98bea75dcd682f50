import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Instant, idOf } from "#domain/ids.ts";
import { beginEra } from "../../sync/eras.ts";
import type { RegisterPlace } from "../../sync/letting-in-port.ts";
import { SqliteDatabase } from "../sqlite/database.ts";
import { MIGRATIONS } from "../sqlite/schema.ts";
import { differences, type OnCopied, readAll } from "./contents.ts";
import { copyShop } from "./copy-shop.ts";
import { factsOf, type ShopFacts } from "./facts.ts";
import { type BackupManifest, DATA_FILE, damaged, readManifest, weighed } from "./manifest.ts";
import { lookAt, make, type Place } from "./place.ts";
import { lookAtSqlite, SEALED, settled } from "./sqlite-shop.ts";

/** What was put back, and where what was there before lies. */
export interface Restored {
  readonly manifest: BackupManifest;
  readonly facts: ShopFacts;
  readonly kept: string | null;
}

/**
 * Puts a backup into a database on which no server runs. All of it is checked before anything is changed; the database is the restored one as a whole or what it was.
 * What it holds goes on as another era, with numbers for new registers that none of the tills has which were paired since, so that tills pull anew what they knew from a time which it does not have, and send again what it lacks. People sign in again.
 * Throws NotCopied.
 */
export async function restoreBackup({
  folder,
  to,
  replace,
  aside,
  now,
  onCopied,
}: {
  readonly folder: string;
  readonly to: Place;
  readonly replace: boolean;
  readonly aside: string;
  readonly now: Instant;
  readonly onCopied: OnCopied;
}): Promise<Restored> {
  const manifest = readManifest(folder);
  await requireWhole(folder, manifest, onCopied);
  const data = dataOf(folder, manifest);
  const given = await registersGiven(to);
  try {
    const shop = await make(to, { replace, aside });
    try {
      const source = lookAtSqlite(data.file);
      try {
        await copyShop(source.rows, shop, onCopied);
      } finally {
        source.close();
      }
      await shop.tx.setMovedAway(null);
      await shop.tx.endEverySession();
      // Tills that were paired since have numbers that this database does not know of.
      await shop.tx.skipRegisters(given);
      await beginEra({ storage: { write: (work) => work(shop.tx) }, now: () => now });
      const facts = await factsOf(shop);
      return { manifest, facts, kept: await shop.publish() };
    } finally {
      await shop.close();
    }
  } finally {
    data.forget();
  }
}

/** Registers of the shop that is replaced, which the backup may not know; none where there is no shop, or it cannot be read: that may be why it is replaced. */
async function registersGiven(to: Place): Promise<readonly RegisterPlace[]> {
  try {
    const shop = await lookAt(to);
    try {
      const highest = await shop.database.all(
        "SELECT store, max(register) AS register FROM devices GROUP BY store",
      );
      const skipped = await shop.database
        .all("SELECT store, floor - 1 AS register FROM register_floors")
        // One of a version before there were any.
        .catch(() => []);
      return [...highest, ...skipped].map(({ store, register }) => ({
        store: idOf<"Store">(String(store)),
        register: Number(register),
      }));
    } finally {
      await shop.close();
    }
  } catch {
    return [];
  }
}

/** Every byte of it, and every row. */
async function requireWhole(folder: string, manifest: BackupManifest, onCopied: OnCopied): Promise<void> {
  const file = join(folder, DATA_FILE);
  if (!existsSync(file)) throw damaged(folder, `${DATA_FILE} is missing`);
  const found = await weighed(file);
  const { bytes, sha256 } = manifest.data;
  if (found.bytes !== bytes) throw damaged(folder, `${DATA_FILE} has ${found.bytes} bytes, not ${bytes}`);
  if (found.sha256 !== sha256) throw damaged(folder, `${DATA_FILE} is not the file that was written`);
  const shop = lookAtSqlite(file);
  try {
    const [wrong] = differences(manifest.tables, await readAll(shop.rows, { onCopied }));
    if (wrong !== undefined) throw damaged(folder, `${DATA_FILE}: ${wrong}`);
  } finally {
    shop.close();
  }
}

/** What is put back: the backup itself, or, of an earlier version, a copy that was brought to this one. */
function dataOf(folder: string, { schema }: BackupManifest): { readonly file: string; forget(): void } {
  const file = join(folder, DATA_FILE);
  if (schema === MIGRATIONS.length) return { file, forget: () => undefined };
  const beside = mkdtempSync(join(tmpdir(), "onetill-restore-"));
  const copy = join(beside, DATA_FILE);
  copyFileSync(file, copy);
  const database = new SqliteDatabase(copy, { secrets: SEALED });
  database.migrate();
  database.close();
  settled(copy);
  return { file: copy, forget: () => rmSync(beside, { recursive: true, force: true }) };
}
