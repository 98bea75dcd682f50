import { Ears, type News, type Said, type TellsNews } from "../../sync/news.ts";
import {
  type Aside,
  type ReadTransaction,
  type Storage,
  StorageAway,
  type WriteTransaction,
} from "../port.ts";
import { SqlReads } from "../sql/reads.ts";
import { SqlWrites } from "../sql/writes.ts";
import { type AsideThread, createAside } from "./aside.ts";
import { type OpenFile, SqliteDatabase } from "./database.ts";
import { LogThread } from "./log-thread.ts";

/** Of SQLite's result codes the lower half says what kind of error it is (sqlite.org/rescode.html). */
const PRIMARY_CODE = 0xff;
const SQLITE_BUSY = 5;
/** Connections kept open for readers between questions. */
const MAX_IDLE_READERS = 4;

/** The embedded database: one file, one writer, readers that see the last commit and never wait for the writer. */
export class SqliteStorage implements Storage {
  readonly #file: string;
  readonly #opened: { readonly openFile?: OpenFile };
  readonly #writer: SqliteDatabase;
  readonly #writes: WriteTransaction;
  readonly #idle: SqliteDatabase[] = [];
  readonly #aside: AsideThread;
  readonly #log: LogThread | null;
  #rowsWritten = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;
  readonly #ears = new Ears();
  /** The only server on it. */
  readonly isOnDuty = true;

  /**
   * Opens the file (as Node does, where `openFile` is left out: else on a disk that no other thread can reach), creating or migrating it. Whoever hands in `log` hears of its failures.
   * Throws when it cannot be opened.
   */
  constructor(
    file: string,
    {
      aside = createAside({ file }),
      openFile,
      log = openFile === undefined ? new LogThread(file) : null,
    }: { readonly aside?: AsideThread; readonly openFile?: OpenFile; readonly log?: LogThread | null } = {},
  ) {
    this.#file = file;
    this.#opened = openFile === undefined ? {} : { openFile };
    this.#writer = new SqliteDatabase(file, this.#opened);
    this.#writer.migrate();
    this.#writes = new SqlWrites(this.#writer);
    this.#aside = aside;
    this.#log = log;
    if (log !== null) this.#writer.leaveLogToThread();
  }

  get aside(): Aside {
    return this.#aside;
  }

  write<T>(work: (tx: WriteTransaction) => Promise<T>, tells?: TellsNews<T>): Promise<T> {
    const turn = this.#queue.then(async () => {
      const done = await within(this.#writer, "write", () => work(this.#writes));
      if (tells !== undefined) this.#say(tells(done));
      this.#noteWritten();
      return done;
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async read<T>(work: (tx: ReadTransaction) => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error("the storage is closed");
    const reader = this.#idle.pop() ?? new SqliteDatabase(this.#file, this.#opened);
    try {
      return await within(reader, "read", () => work(new SqlReads(reader)));
    } finally {
      if (!this.#closed && this.#idle.length < MAX_IDLE_READERS) this.#idle.push(reader);
      else reader.close();
    }
  }

  ask<T>(work: (tx: ReadTransaction) => Promise<T>): Promise<T> {
    return this.read(work);
  }

  #noteWritten(): void {
    if (this.#log === null) return;
    const rows = this.#writer.rowsWritten();
    this.#log.wrote(rows - this.#rowsWritten);
    this.#rowsWritten = rows;
  }

  #say(news: News): void {
    this.#ears.say({ kind: "inTurn", feeds: news.feeds });
    this.#ears.say({ kind: "news", news });
  }

  listen(hear: (said: Said) => void): () => void {
    return this.#ears.listen(hear);
  }

  alone<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  /** Waits for the writes asked for so far. Readers still at work finish; asking anything afterwards throws. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#aside.close();
    await this.#queue;
    await this.#log?.close();
    for (const reader of this.#idle.splice(0)) reader.close();
    this.#writer.close();
  }
}

async function within<T>(
  database: SqliteDatabase,
  kind: "read" | "write",
  work: () => Promise<T>,
): Promise<T> {
  try {
    database.begin(kind);
    const result = await work();
    database.commit();
    return result;
  } catch (error) {
    database.rollback();
    throw isBusy(error) ? new StorageAway("another program holds the database", { cause: error }) : error;
  }
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error) || !("errcode" in error)) return false;
  return typeof error.errcode === "number" && (error.errcode & PRIMARY_CODE) === SQLITE_BUSY;
}
