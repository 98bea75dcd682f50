import { randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { nameSynced, synced } from "../on-disk.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { SqlWrites } from "../sql/writes.ts";
import { SqliteDatabase } from "../sqlite/database.ts";
import { MIGRATIONS } from "../sqlite/schema.ts";
import { versionOf } from "../sqlite/version.ts";
import { type HeldShop, type NewShop, NotCopied, type ShopDatabase } from "./held.ts";
import { SqliteSource, SqliteTarget } from "./sqlite-rows.ts";
import { type Table, tablesIn } from "./tables.ts";

/** Another program that only looks is done in less. */
const OTHERS_WITHIN_MS = 2_000;
/** What SQLite lays beside a database while it is open, and after a crash. */
const BESIDE = ["-wal", "-shm", "-journal"];
/** Ends the name of a file that takes the place of another once it is whole; behind it is what makes it the only one. */
const COMING = ".coming-";

/** Nothing that is copied is opened: what is sealed stays sealed. */
export const SEALED: SecretBox = {
  seal: () => {
    throw new Error("nothing is sealed while a shop is copied");
  },
  open: () => {
    throw new Error("nothing is opened while a shop is copied");
  },
};

interface OpenShop extends ShopDatabase {
  readonly raw: DatabaseSync;
  readonly database: SqliteDatabase;
  close(): void;
}

/** Throws where the file is not the database of a server of this version. */
export function requireSqliteShop(file: string): void {
  if (!existsSync(file)) throw new NotCopied(`There is no file ${file}.`);
  const version = versionOf(file);
  if (version === null)
    throw new NotCopied(
      `${file} cannot be read: it is no database of a Onetill server, it is damaged, or another program holds it.`,
    );
  if (version !== MIGRATIONS.length)
    throw new NotCopied(
      `${file} was written by another version of Onetill (schema ${version}, this one has ${MIGRATIONS.length}): use that version, or start the server of this one on it first.`,
    );
}

/** One connection, as the statements of the port see it and as it is copied. */
function openShop(file: string, { readOnly }: { readonly readOnly: boolean }): OpenShop {
  const opened: DatabaseSync[] = [];
  const database = new SqliteDatabase(file, {
    readOnly,
    secrets: SEALED,
    openFile: (path, options) => {
      const raw = new DatabaseSync(path, options);
      opened.push(raw);
      return raw;
    },
  });
  const [raw] = opened;
  if (raw === undefined) throw new Error("no file was opened");
  return {
    raw,
    database,
    rows: new SqliteSource(raw),
    tx: new SqlWrites(database),
    close: () => database.close(),
  };
}

/** The tables of the newest schema. */
export function newestTables(): readonly Table[] {
  const model = openShop(":memory:", { readOnly: false });
  model.database.migrate();
  const tables = tablesIn(model.raw);
  model.close();
  return tables;
}

/** One state of a database beside whoever writes to it; it stands in a transaction until it is closed. */
export function lookAtSqlite(file: string): OpenShop {
  const shop = openShop(file, { readOnly: true });
  shop.raw.exec("BEGIN");
  // The state is that of the first question.
  shop.raw.prepare("SELECT count(*) FROM sqlite_master").get();
  return shop;
}

/** A database with nobody else at it. Throws NotCopied where somebody is. */
export function holdSqlite(file: string): HeldShop {
  requireSqliteShop(file);
  const shop = openShop(file, { readOnly: false });
  try {
    shop.raw.exec(`PRAGMA busy_timeout=${OTHERS_WITHIN_MS}`);
    keepOthersOut(shop.raw, file);
  } catch (error) {
    shop.close();
    throw error;
  }
  return { ...shop, commit: async () => shop.raw.exec("COMMIT"), close: async () => shop.close() };
}

/** From now on until it is closed nobody else has the file open. Throws NotCopied where somebody has. */
function keepOthersOut(database: DatabaseSync, file: string): void {
  try {
    // It fails while another connection has the file open; one that comes in right behind it makes it WAL again.
    database.exec("PRAGMA journal_mode=DELETE; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE");
    if (database.prepare("PRAGMA journal_mode").get()?.journal_mode === "delete") return;
  } catch (error) {
    if (!isBusy(error)) throw error;
  }
  throw new NotCopied(
    `A server runs on ${file}, or another program has it open. Stop it first: what it takes in meanwhile would be lost.`,
  );
}

/**
 * A database that is made beside the one of this name, and takes its place as a whole when it is published. Throws NotCopied where there is one already and it
 * is not to be replaced, or where somebody is at it.
 */
export function newSqlite(
  file: string,
  { replace, aside }: { readonly replace: boolean; readonly aside: string },
): NewShop {
  const isThere = existsSync(file) && statSync(file).size > 0;
  if (isThere && !replace)
    throw new NotCopied(
      `${file} is there already. --replace puts another in its place and keeps it beside as ${file}.${aside}.`,
    );
  const left = BESIDE.map((end) => `${file}${end}`).find((path) => existsSync(path));
  if (!isThere && left !== undefined)
    throw new NotCopied(`${left} belongs to a database that is not there. Lay it elsewhere first.`);
  mkdirSync(dirname(file), { recursive: true });
  const old = isThere ? heldAsIs(file) : null;
  removeCutOff(file);
  const coming = `${file}${COMING}${randomUUID()}`;
  const shop = emptyShop(coming);
  let isPublished = false;
  return {
    ...shop,
    target: new SqliteTarget(shop.raw),
    filled: async () => undefined,
    publish: async () => {
      shop.raw.exec("COMMIT; PRAGMA journal_mode=DELETE");
      shop.close();
      synced(coming);
      isPublished = true;
      // Where files that are open cannot be renamed, somebody could come in between: not before this was looked at.
      if (process.platform === "win32") old?.close();
      const kept = isThere ? keptAs(file, `${file}.${aside}`) : null;
      renameSync(coming, file);
      nameSynced(file);
      old?.close();
      return kept;
    },
    close: async () => {
      if (isPublished) return;
      shop.close();
      old?.close();
      removeDatabase(coming);
    },
  };
}

/** What a program that was killed had made so far for the place of this file: people's data that nobody would look for. What somebody still makes stays. */
function removeCutOff(file: string): void {
  const start = `${basename(file)}${COMING}`;
  for (const name of readdirSync(dirname(file))) {
    if (!name.startsWith(start) || BESIDE.some((end) => name.endsWith(end))) continue;
    const path = join(dirname(file), name);
    try {
      heldAsIs(path).close();
    } catch (error) {
      if (error instanceof NotCopied) continue;
      throw error;
    }
    removeDatabase(path);
  }
}

function removeDatabase(file: string): void {
  for (const path of [file, ...BESIDE.map((end) => `${file}${end}`)]) rmSync(path, { force: true });
}

/**
 * A file gets a second name, so that another can take its first one in a single step: killed in between, it is there still. Under one name only, where the
 * file system gives no second: then there is a moment without it.
 */
function keptAs(file: string, wanted: string): string {
  for (;;) {
    const kept = freeName(wanted);
    if (process.platform === "win32") {
      renameSync(file, kept);
      return kept;
    }
    try {
      linkSync(file, kept);
      return kept;
    } catch {
      // Somebody else took the name since.
      if (existsSync(kept)) continue;
      renameSync(file, kept);
      return kept;
    }
  }
}

/** What was kept within the same second stays. */
function freeName(wanted: string): string {
  for (let more = 2, name = wanted; ; more += 1) {
    if (!existsSync(name)) return name;
    name = `${wanted}-${more}`;
  }
}

/** A new file with the tables and without any rows, in a transaction. What is cut off before it is published is thrown away: nothing is waited for. */
function emptyShop(file: string): OpenShop {
  const made = new SqliteDatabase(file, { secrets: SEALED });
  made.migrate();
  made.close();
  const shop = openShop(file, { readOnly: false });
  shop.raw.exec(
    "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE",
  );
  for (const { name } of shop.rows.tables) shop.raw.exec(`DELETE FROM "${name}"`);
  return shop;
}

/** Whatever lies there, and be it damaged: as long as nobody has it open. */
function heldAsIs(file: string): { close(): void } {
  const database = new DatabaseSync(file, { timeout: OTHERS_WITHIN_MS });
  let isOpen = true;
  const close = () => {
    if (isOpen) database.close();
    isOpen = false;
  };
  try {
    keepOthersOut(database, file);
  } catch (error) {
    if (!(error instanceof NotCopied)) return { close };
    close();
    throw error;
  }
  return { close };
}

/** A database that was copied becomes one file, with nothing beside it, on the disk. */
export function settled(file: string): void {
  const database = new DatabaseSync(file);
  try {
    database.exec("PRAGMA journal_mode=DELETE");
  } finally {
    database.close();
  }
  synced(file);
}

/** Of SQLite's result codes the lower half says what kind of error it is (sqlite.org/rescode.html). */
const PRIMARY_CODE = 0xff;
const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !("errcode" in error)) return false;
  return typeof error.errcode === "number" && (error.errcode & PRIMARY_CODE) === SQLITE_BUSY;
}
