import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** Opens a database file of the till. A disk that fails, fills or is cut off is one that a test hands in. */
export type OpenFile = (file: string, options: { readonly timeout: number }) => DatabaseSync;

const IN_MEMORY = ":memory:";
const OWNER_ONLY = 0o600;

/** How long a write waits for another process that is writing the same file, milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** SQLite's own choice. */
const PAGE_BYTES = 4_096;
/** A log of so much is written back within the commit that happens to be the next: SQLite's own thousand pages of its own size, and fewer that are larger. */
const LOG_BYTES = 1_000 * PAGE_BYTES;

interface SharedConnection {
  readonly database: DatabaseSync;
  users: number;
  /** Since the log was last written back here. */
  commits: number;
  /** Somebody else writes the log back for now. */
  isLogLeft: boolean;
  /** What its tables and their indexes are made by, of each table; null: not read yet, or changed since. */
  tables: ReadonlyMap<string, ReadonlySet<string>> | null;
}

const open = new Map<string, SharedConnection>();

/** One connection per file and process, shared by every collection in it and closed with the last of them. */
export interface Connection {
  readonly database: DatabaseSync;
  /** What a table and its indexes were made by, in SQL; empty where there is none. Read once for all tables. */
  madeBy(table: string): ReadonlySet<string>;
  /** A table or an index is made or dropped. */
  tableChanges(): void;
  /** Runs `work` in one write transaction: all of it is on disk when this returns, or none of it. */
  transaction<T>(work: () => T): T;
  /**
   * Writes the log back where at least so many commits are in it: for a moment in which nobody waits for this process. SQLite does so by itself at four megabytes of
   * log, within the commit that happens to be the next. What fails is met again there. Says whether there was that much.
   */
  tidy(commits: number): boolean;
  /**
   * Runs `work`, which writes something anew for nothing to be left of what was deleted, then writes the log back and empties it: also where `work` fails, so that of what could be deleted nothing stays there. Throws what
   * `work` threw, else what the disk does.
   */
  rewriting(work: (database: DatabaseSync) => void): void;
  /** From now on somebody else writes the log back, and neither a commit nor `tidy` does, until what this answers is called. */
  leaveLog(): () => void;
  release(): void;
}

/**
 * Opens (or joins) the connection to a file. WAL with `synchronous=FULL`: a commit returns when the log is on the disk,
 * so what was answered survives a power cut. `:memory:` gives a database of its own each time. `openFile` opens it; left out: as Node does. `pageBytes` is for a file that
 * is new; one that is there keeps its own.
 */
export function connect(
  file: string,
  {
    openFile = asNodeDoes,
    pageBytes = PAGE_BYTES,
  }: { readonly openFile?: OpenFile | undefined; readonly pageBytes?: number } = {},
): Connection {
  const shared = file === IN_MEMORY ? undefined : open.get(file);
  const used = shared ?? {
    database: openDatabase(file, openFile, pageBytes),
    users: 0,
    commits: 0,
    isLogLeft: false,
    tables: null,
  };
  if (shared === undefined && file !== IN_MEMORY) open.set(file, used);
  used.users += 1;
  return {
    database: used.database,
    madeBy(table) {
      used.tables ??= tablesIn(used.database);
      return used.tables.get(table) ?? NONE;
    },
    tableChanges() {
      used.tables = null;
    },
    transaction: (work) => inTransaction(used, work),
    tidy: (commits) => tidy(used, commits),
    rewriting: (work) => rewriting(used, work),
    leaveLog: () => leaveLog(used),
    release: once(() => {
      used.users -= 1;
      if (used.users > 0) return;
      open.delete(file);
      used.database.close();
    }),
  };
}

const asNodeDoes: OpenFile = (file, options) => {
  if (file !== IN_MEMORY) makeForOwner(file);
  return new DatabaseSync(file, options);
};

/** Where there is no file, one is made that its owner alone may read: whoever ordered at this till is in it. What SQLite lays beside it has the same permissions. */
function makeForOwner(file: string): void {
  try {
    closeSync(openSync(file, "ax", OWNER_ONLY));
  } catch {
    // It is there already, or SQLite says why it cannot be made.
  }
}

function openDatabase(file: string, openFile: OpenFile, pageBytes: number): DatabaseSync {
  const database = openFile(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec(
      `PRAGMA page_size=${pageBytes}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;`,
    );
    boundLog(database);
    return database;
  } catch (error) {
    // Left open, one that is hurt could not be set aside on Windows.
    database.close();
    throw error;
  }
}

function boundLog(database: DatabaseSync): void {
  const pageBytes = Number(database.prepare("PRAGMA page_size").get()?.page_size);
  database.exec(`PRAGMA wal_autocheckpoint=${Math.ceil(LOG_BYTES / pageBytes)}`);
}

const NONE: ReadonlySet<string> = new Set();

function tablesIn(database: DatabaseSync): ReadonlyMap<string, ReadonlySet<string>> {
  const tables = new Map<string, Set<string>>();
  for (const { tbl_name: name, sql } of database
    .prepare("SELECT tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    .iterate()) {
    const texts = tables.get(String(name)) ?? new Set();
    tables.set(String(name), texts.add(String(sql)));
  }
  return tables;
}

interface Bounds {
  readonly begin: string;
  readonly commit: string;
  readonly rollback: string;
}

const WHOLE: Bounds = { begin: "BEGIN IMMEDIATE", commit: "COMMIT", rollback: "ROLLBACK" };
/** Within a greater transaction (of a bulk load): a failure takes back the part alone. */
const PART: Bounds = {
  begin: "SAVEPOINT part",
  commit: "RELEASE part",
  rollback: "ROLLBACK TO part; RELEASE part",
};

function inTransaction<T>(used: SharedConnection, work: () => T): T {
  const { database } = used;
  const bounds = database.isTransaction ? PART : WHOLE;
  const { begin, commit, rollback } = bounds;
  database.exec(begin);
  try {
    const result = work();
    database.exec(commit);
    if (bounds === WHOLE) used.commits += 1;
    return result;
  } catch (error) {
    used.tables = null;
    // A full disk may have rolled back by itself; a second rollback would hide the first error.
    if (database.isTransaction) database.exec(rollback);
    throw error;
  }
}

function tidy(used: SharedConnection, commits: number): boolean {
  const { database } = used;
  if (used.isLogLeft || used.commits < commits || !database.isOpen || database.isTransaction) return false;
  used.commits = 0;
  try {
    database.exec("PRAGMA wal_checkpoint(PASSIVE)");
  } catch {
    // All of it is in the log: as SQLite does where a commit of its own writes back.
  }
  return true;
}

function rewriting({ database }: SharedConnection, work: (database: DatabaseSync) => void): void {
  const emptyLog = (): void => database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  try {
    work(database);
  } catch (error) {
    try {
      emptyLog();
    } catch {
      // What `work` met says more.
    }
    throw error;
  }
  emptyLog();
}

function leaveLog(used: SharedConnection): () => void {
  used.isLogLeft = true;
  used.database.exec("PRAGMA wal_autocheckpoint=0");
  return once(() => {
    used.isLogLeft = false;
    used.commits = 0;
    boundLog(used.database);
  });
}

function once(act: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    act();
  };
}
