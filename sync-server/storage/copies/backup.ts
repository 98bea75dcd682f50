import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { backup as copyPages } from "node:sqlite";
import type { Instant } from "#domain/ids.ts";
import { nameSynced, synced } from "../on-disk.ts";
import type { ReadTransaction } from "../port.ts";
import { MIGRATIONS } from "../sqlite/schema.ts";
import { type Contents, type OnCopied, readAll } from "./contents.ts";
import { factsOf, type ShopFacts } from "./facts.ts";
import { NotCopied } from "./held.ts";
import {
  type BackupManifest,
  DATA_FILE,
  MANIFEST_FILE,
  readManifest,
  weighed,
  writeManifest,
} from "./manifest.ts";
import { lookAt, make, type Place } from "./place.ts";
import { lookAtSqlite, requireSqliteShop, settled } from "./sqlite-shop.ts";
import { requireSame } from "./verify.ts";

/** A backup that was taken, and what `check` made of the shop in it. */
export interface Backup<C> {
  readonly manifest: BackupManifest;
  readonly facts: ShopFacts;
  readonly checked: C;
}

export interface BackupAsk<C> {
  readonly from: Place;
  /** A folder that is not there yet. */
  readonly out: string;
  readonly now: Instant;
  readonly onCopied: OnCopied;
  /** What else is looked at in the copy. */
  readonly check: (tx: ReadTransaction) => Promise<C>;
}

/** Of SQLite's pages so many are copied in one go. */
const PAGES = 2_000;

/**
 * Copies a shop beside its running servers into a folder, opens the copy again and compares it, row by row, with the state that was copied. Half a backup never lies
 * under the name of a whole one. Throws NotCopied.
 */
export async function takeBackup<C>({ from, out, now, onCopied, check }: BackupAsk<C>): Promise<Backup<C>> {
  const place = resolve(out);
  if (existsSync(place)) throw new NotCopied(`${out} is there already: a backup goes into a new folder.`);
  mkdirSync(dirname(place), { recursive: true });
  const folder = mkdtempSync(join(dirname(place), `${basename(place)}.unfinished-`));
  try {
    const file = join(folder, DATA_FILE);
    const tables = await copied(from, file, onCopied);
    settled(file);
    const { facts, checked } = await lookedAt(file, tables, { onCopied, check });
    const { stockWrong: _, ...said } = facts;
    const manifest: BackupManifest = {
      format: "onetill-backup",
      version: 1,
      takenAt: new Date(now).toISOString(),
      engine: from.engine,
      schema: MIGRATIONS.length,
      ...said,
      tables,
      data: await weighed(file),
    };
    writeManifest(folder, manifest);
    readManifest(folder);
    for (const path of [join(folder, MANIFEST_FILE), folder]) synced(path);
    renameSync(folder, place);
    nameSynced(place);
    return { manifest, facts, checked };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** SQLite copies its own pages, of the state that is read beside; PostgreSQL's rows go into a file of the same tables. Answers what that state holds. */
async function copied(from: Place, file: string, onCopied: OnCopied): Promise<Contents> {
  if (from.engine === "sqlite") {
    requireSqliteShop(from.file);
    const shop = lookAtSqlite(from.file);
    try {
      const contents = await readAll(shop.rows, { onCopied });
      await copyPages(shop.raw, file, { rate: PAGES });
      return contents;
    } finally {
      shop.close();
    }
  }
  const shop = await lookAt(from);
  try {
    const copy = await make({ engine: "sqlite", file }, { replace: false, aside: "" });
    try {
      const contents = await readAll(shop.rows, { target: copy.target, onCopied });
      await copy.publish();
      return contents;
    } finally {
      await copy.close();
    }
  } finally {
    await shop.close();
  }
}

async function lookedAt<C>(
  file: string,
  wanted: Contents,
  { onCopied, check }: Pick<BackupAsk<C>, "onCopied" | "check">,
): Promise<Pick<Backup<C>, "facts" | "checked">> {
  const copy = lookAtSqlite(file);
  try {
    await requireSame(copy, wanted, onCopied);
    return { facts: await factsOf(copy), checked: await check(copy.tx) };
  } finally {
    copy.close();
  }
}
