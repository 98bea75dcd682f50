import type { CheckpointThread } from "./checkpoint-thread.ts";
import type { Connection } from "./connection.ts";

/** How much goes into one transaction, documents: each commit writes the pages it touched to the log, however little of them is new. */
const DOCUMENTS_PER_TRANSACTION = 1_000;
/** How much is written before the thread is asked to write the log back, documents. Pages written again and again until then go to the table once. */
const DOCUMENTS_PER_STEP = 8_000;
/** How much may be written before it is waited for: a log begins anew only when all of it was written back. */
const DOCUMENTS_IN_LOG = 40_000;

/**
 * Loading much that can be had again, without holding up whoever uses the same process: commits do not wait for the disk (WAL with
 * `synchronous=NORMAL`: a power cut may take the last of them back, and never damages the file), and the log is written back by a thread of its own.
 * What is committed after `end` is on the disk together with all that was loaded before it.
 */
export class BulkLoad {
  readonly #connection: Connection;
  readonly #thread: CheckpointThread;
  readonly #takeLogBack: () => void;
  #transaction = 0;
  #step = 0;
  #log = 0;
  #underWay: Promise<unknown> | null = null;
  /** Something of the log was written back, and so the rest is at the end. */
  #isLarge = false;

  private constructor(connection: Connection, thread: CheckpointThread) {
    this.#connection = connection;
    this.#thread = thread;
    connection.database.exec("PRAGMA synchronous=NORMAL; PRAGMA cache_size=-12000;");
    this.#takeLogBack = connection.leaveLog();
  }

  /** `thread` writes the log of the connection's file back, and is there for the next load as well. Throws what the disk throws. */
  static begin(connection: Connection, thread: CheckpointThread): BulkLoad {
    const load = new BulkLoad(connection, thread);
    try {
      load.#begin();
      return load;
    } catch (error) {
      load.#restore();
      throw error;
    }
  }

  /** So many documents were written. Resolves when more may be. Throws what the disk throws. */
  async wrote(documents: number): Promise<void> {
    this.#transaction += documents;
    this.#step += documents;
    this.#log += documents;
    if (this.#transaction < DOCUMENTS_PER_TRANSACTION) return;
    this.#commit();
    if (this.#log >= DOCUMENTS_IN_LOG) {
      this.#log = 0;
      this.#step = 0;
      await this.#writeBack();
    } else if (this.#step >= DOCUMENTS_PER_STEP && this.#underWay === null) {
      this.#step = 0;
      this.#isLarge = true;
      this.#underWay = this.#thread.writeBack().finally(() => {
        this.#underWay = null;
      });
    }
    this.#begin();
  }

  /** All that was written is committed, and every commit waits for the disk again. Throws what the disk throws. */
  async end(): Promise<void> {
    try {
      this.#commit();
      // What a small load left in the log, the next commits write back.
      if (this.#isLarge) await this.#writeBack();
    } finally {
      this.#restore();
    }
  }

  #restore(): void {
    this.#takeLogBack();
    this.#connection.database.exec("PRAGMA synchronous=FULL; PRAGMA cache_size=-2000; PRAGMA shrink_memory;");
  }

  #begin(): void {
    this.#connection.database.exec("BEGIN IMMEDIATE");
    this.#transaction = 0;
  }

  /** A full disk may have rolled back by itself: what failed was told then. */
  #commit(): void {
    const { database } = this.#connection;
    if (database.isTransaction) database.exec("COMMIT");
  }

  /** Writes all of the log back: here where the thread failed, so that an error is the disk's own. */
  async #writeBack(): Promise<void> {
    this.#isLarge = true;
    await this.#underWay;
    if (!(await this.#thread.writeBack())) this.#connection.database.exec("PRAGMA wal_checkpoint(PASSIVE)");
  }
}
