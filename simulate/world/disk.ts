import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  writeSync,
} from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Vault } from "../../src-main/engine/identity.ts";
import type { AppendFile } from "../../src-main/engine/journal/append-file.ts";
import { SET_ASIDE, UNFINISHED } from "../../src-main/engine/journal/set-aside.ts";
import type { Row, SqlInput } from "../../sync-server/storage/sql/database.ts";

/** The machine ended at this write. */
export class Killed extends Error {}

/** What a disk says that is full, or of which a sync failed. */
export function isDiskTrouble(error: unknown): boolean {
  return error instanceof Error && (error.message === FULL || error.message === NOT_SYNCED);
}

/** Where a write can be cut off: before it is on the disk, and after it is but before anybody was told. */
type WritePoint = "before" | "after";

/**
 * How a sync ends: well; told as failed, with what it was to bring to the disk still to be read there; or told so, and that is gone. The sync after one that failed knows nothing of
 * it, as Linux has it.
 */
export type SyncEnd = "well" | "failed" | "lost";

/** What lies on a disk and is synced. */
export type Synced = "databases" | "appended";

const SQLITE_FULL = 13;
/** SQLITE_IOERR_FSYNC. */
const SQLITE_NOT_SYNCED = 1034;
const LINE_END = 0x0a;
/** In SQLite's words. */
const FULL = "database or disk is full";
const NOT_SYNCED = "disk I/O error";
/** Pages of the server's log at which it is written back, at most. */
const LOG_PAGES = 250;
const SERVER_FILE = "server.sqlite";
/** Most of the server's tables are empty on a simulated day, each a page or two of a file that is copied again and again. For a new file; one that is there keeps its own. */
const SMALL_PAGES = "PRAGMA page_size=1024;";
/** What a machine that is killed leaves behind does not hold: SQLite makes them anew. */
const NOT_KEPT = /-shm$|\.lock/;

/** What may go wrong at the disk of a machine, and when. */
export class Disk {
  /** So many write points from now the machine ends; 0: it does not. */
  killIn = 0;
  isFull = false;
  /** How the next syncs end, one by one; those behind them end well. A failure is told to whoever syncs that very file. */
  readonly syncsToCome: Record<Synced, readonly SyncEnd[]> = { databases: [], appended: [] };
  /** Commits that are answered and are not on the disk: only a seeded bug does that. */
  losesCommit: (file: string) => boolean = () => false;
  /** Takes back what was appended last, as long as no commit followed it. */
  takeBack: (() => void) | null = null;
  /** Takes back the line that was appended last, where a machine that ends as the database takes it is to be switched on without it. */
  #loseLine: (() => void) | null = null;
  #lines = 0;
  readonly #onKill: () => void;
  #opened: readonly SimulatedFile[] = [];
  #isOff = false;
  #isKilled = false;

  /** `onKill` takes what is on the disk at that very moment. */
  constructor(onKill: () => void) {
    this.#onKill = onKill;
  }

  /** It has room and syncs, and nothing ends at it. */
  mend(): void {
    this.killIn = 0;
    this.isFull = false;
    Object.assign(this.syncsToCome, { databases: [], appended: [] });
  }

  /** From now on nothing of it matters. */
  leave(): void {
    this.#isOff = true;
  }

  open(file: string, options: { readonly timeout: number; readonly readOnly?: boolean }): DatabaseSync {
    const opened = new SimulatedFile(file, options, this);
    this.#opened = [...this.#opened.filter(({ isOpen }) => isOpen), opened];
    return opened;
  }

  /**
   * Asks a database that the machine has open, by its file's name: one that is opened for a single question costs more than the question. Null where it is not open.
   */
  all(name: string, sql: string, ...values: readonly SqlInput[]): readonly Row[] | null {
    // What mends a file opens it besides, and closes it again.
    const found = this.#opened.findLast((each) => each.isOpen && each.name === name);
    return found === undefined ? null : found.asked(sql, values);
  }

  /** A file that is appended to, beside the databases. */
  append(file: string): AppendFile {
    const handle = openSync(file, constants.O_RDWR | constants.O_CREAT);
    const cut = (to: number): void => ftruncateSync(handle, to);
    let written = fstatSync(handle).size;
    let synced = written;
    return {
      get size() {
        return fstatSync(handle).size;
      },
      write: (bytes, at) => {
        this.at("before");
        if (this.fails) throw Object.assign(new Error(FULL), { code: "ENOSPC" });
        writeSync(handle, bytes, 0, bytes.length, at);
        written = at + bytes.length;
        this.takeBack = () => cut(at);
        this.at("after");
        this.#loseLine = this.#isLost(bytes) ? this.takeBack : null;
      },
      // What was written is on this disk at once, but for what a machine loses that ends meanwhile, and what is lost as its sync fails.
      sync: async () => {
        const end = this.nextSync("appended");
        if (end === "lost") cut(synced);
        if (end !== "well") throw notSynced();
        synced = written;
      },
      // A machine that is killed leaves nothing to be gained by it.
      fill: () => undefined,
      cut: (to) => {
        const end = this.nextSync("appended");
        if (end !== "lost") {
          cut(to);
          synced = Math.min(synced, to);
        }
        if (end !== "well") throw notSynced();
        // That syncs what is left.
        this.#loseLine = null;
        synced = to;
      },
      close: () => closeSync(handle),
    };
  }

  /** A database has taken a commit. What was appended beside it was being synced at the same time: a machine that ends here has it in both places, or in the database alone. */
  committed(): void {
    const lose = this.#loseLine;
    this.#loseLine = null;
    this.takeBack = null;
    this.at("after", lose);
  }

  /** Each second line. Several are on the disk before the database is asked. */
  #isLost(lines: Buffer): boolean {
    if (lines.indexOf(LINE_END) !== lines.length - 1) return false;
    this.#lines += 1;
    return this.#lines % 2 === 0;
  }

  /** Throws Killed where the machine ends here; `lose` takes away what it loses then. */
  at(point: WritePoint, lose: (() => void) | null = null): void {
    // What was killed at one write does not do the next.
    if (this.#isKilled) throw new Killed(`killed before it came to ${point} a write`);
    if (this.#isOff || this.killIn === 0) return;
    this.killIn -= 1;
    if (this.killIn > 0) return;
    this.#isKilled = true;
    this.#isOff = true;
    lose?.();
    this.#onKill();
    throw new Killed(`killed ${point} a write`);
  }

  get fails(): boolean {
    return this.isFull && !this.#isOff;
  }

  /** Something is synced now: how that ends. */
  nextSync(what: Synced): SyncEnd {
    const [next = "well", ...later] = this.syncsToCome[what];
    if (this.#isOff) return "well";
    this.syncsToCome[what] = later;
    return next;
  }

  /** On the way of who a till is to its file: a machine ends, and a disk is full, there as well. */
  readonly vault: Vault = {
    seal: (text) => {
      this.at("before");
      if (this.fails) throw full();
      return text;
    },
    open: (sealed) => sealed,
  };
}

/** A database file whose commits can fail, fill the disk, or be the last thing that its machine did. */
class SimulatedFile extends DatabaseSync {
  readonly #disk: Disk;
  readonly #file: string;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string, options: { readonly timeout: number; readonly readOnly?: boolean }, disk: Disk) {
    super(file, options);
    this.#disk = disk;
    this.#file = file;
  }

  get name(): string {
    return basename(this.#file);
  }

  /** Rows, of somebody who looks on: what is asked again and again is prepared once. */
  asked(sql: string, values: readonly SqlInput[]): readonly Row[] {
    const statement = this.#statements.get(sql) ?? this.prepare(sql);
    this.#statements.set(sql, statement);
    return statement.all(...values) as readonly Row[];
  }

  /** Lets go of its statements, each of which holds it in memory, closed or not. */
  override close(): void {
    this.#statements.clear();
    super.close();
  }

  override exec(sql: string): void {
    if (sql !== "COMMIT") {
      super.exec(sql.startsWith("PRAGMA") ? this.#settings(sql) : sql);
      return;
    }
    this.#disk.at("before");
    if (this.#disk.fails) {
      super.exec("ROLLBACK");
      throw full();
    }
    if (this.#disk.nextSync("databases") !== "well") {
      super.exec("ROLLBACK");
      throw Object.assign(new Error(NOT_SYNCED), { errcode: SQLITE_NOT_SYNCED });
    }
    const isLost = this.#disk.losesCommit(this.#file);
    super.exec(isLost ? "ROLLBACK" : "COMMIT");
    // A disk that loses a commit loses what was written for it elsewhere.
    if (isLost) this.#disk.takeBack?.();
    this.#disk.committed();
  }

  #settings(sql: string): string {
    // A machine is killed here by copying its files: nothing is gained by waiting for the disk.
    const written = sql.replaceAll(/synchronous=(FULL|NORMAL)/g, "synchronous=OFF");
    return this.name === SERVER_FILE ? `${SMALL_PAGES} ${withShortLog(written)}` : written;
  }
}

/** The server's log is long when it is killed, copied with it, and read at its next start, again and again. */
function withShortLog(sql: string): string {
  return sql.replaceAll(
    /wal_autocheckpoint=(\d+)/g,
    (_, pages) => `wal_autocheckpoint=${Math.min(Number(pages), LOG_PAGES)}`,
  );
}

/** As a file of Node's own says it. */
function notSynced(): Error {
  return Object.assign(new Error(NOT_SYNCED), { code: "EIO" });
}

function full(): Error {
  return Object.assign(new Error(FULL), { errcode: SQLITE_FULL });
}

/** What lies in a folder now, as whoever switches the machine on again finds it. */
export function copyFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  if (!existsSync(from)) return;
  for (const each of readdirSync(from, { withFileTypes: true })) {
    const { name } = each;
    if (name === SET_ASIDE) copyUnfinished(join(from, name), join(to, name));
    if (NOT_KEPT.test(name) || each.isDirectory()) continue;
    copyFileSync(join(from, name), join(to, name));
  }
}

/** Of what a till set aside only what it is not done with. */
function copyUnfinished(from: string, to: string): void {
  for (const time of readdirSync(from))
    if (existsSync(join(from, time, UNFINISHED))) copyFolder(join(from, time), join(to, time));
}
