import { closeSync, openSync } from "node:fs";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { createSecretBox, keysBeside, type SecretBox } from "../secrets/secret-box.ts";
import { customerColumn } from "../sql/customer-columns.ts";
import { type Database, isList, type Row, type SqlGiven, type SqlInput } from "../sql/database.ts";
import { folded } from "../sql/search-words.ts";
import { MIGRATIONS } from "./schema.ts";

/** Opens a database file. A disk that fails or is cut off is one that a test hands in. */
export type OpenFile = (
  file: string,
  options: { readonly timeout: number; readonly readOnly: boolean },
) => DatabaseSync;

const IN_MEMORY = ":memory:";
const OWNER_ONLY = 0o600;

const asNodeDoes: OpenFile = (file, options) => {
  if (!options.readOnly && file !== IN_MEMORY) makeForOwner(file);
  return new DatabaseSync(file, options);
};

/** Where there is no file, one is made that its owner alone may read: people are in it. What SQLite lays beside it has the same permissions. */
function makeForOwner(file: string): void {
  try {
    closeSync(openSync(file, "ax", OWNER_ONLY));
  } catch {
    // It is there already, or SQLite says why it cannot be made.
  }
}

const BUSY_TIMEOUT_MS = 10_000;
/** Pages of the log at which whoever commits writes it back itself: 16 MB, and 64 MB where a thread does that meanwhile. */
const LOG_PAGES = 4_000;
const LOG_PAGES_WITH_THREAD = 16_000;
/** Of SQLite's result codes the lower half says what kind of error it is. */
const PRIMARY_CODE = 0xff;
/** SQLITE_ERROR, TOOBIG, CONSTRAINT, MISMATCH and RANGE: what was asked was wrong, and the database is well. */
const BLAMELESS_FOR: readonly number[] = [1, 18, 19, 20, 25];

/** One connection with its prepared statements. Each is answered at once: a promise only because another engine's would be. */
export class SqliteDatabase implements Database {
  readonly engine = "sqlite";
  readonly isSpread = false;
  readonly secrets: SecretBox;
  #isBegun = false;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  /** `readOnly`: for long questions, beside whoever writes; it holds more of the file in memory. */
  constructor(
    file: string,
    {
      readOnly = false,
      secrets = createSecretBox(keysBeside(file)),
      openFile = asNodeDoes,
    }: { readonly readOnly?: boolean; readonly secrets?: SecretBox; readonly openFile?: OpenFile } = {},
  ) {
    this.secrets = secrets;
    this.#database = openFile(file, { timeout: BUSY_TIMEOUT_MS, readOnly });
    if (readOnly) {
      this.#database.exec("PRAGMA temp_store=MEMORY; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824;");
      return;
    }
    // What was deleted is overwritten: whoever is erased is not left in free pages of the file. In the log they are until it is written over, or the server ends (decision 45).
    this.#database.exec(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=ON;",
    );
    // A sale touches many indexes: what one touches again soon is written to the file once, and a fifth less in all.
    this.#database.exec(`PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=${LOG_PAGES};`);
    this.#database.function("folded", { deterministic: true }, (text) => folded(String(text)));
  }

  async run(sql: string, ...values: readonly SqlInput[]): Promise<number> {
    return Number(this.#statement(sql).run(...values).changes);
  }

  /** Throws a TypeError where it is given a list. */
  send(sql: string, ...values: readonly SqlGiven[]): void {
    requireNoList(values);
    this.#statement(sql).run(...values);
  }

  async settled(): Promise<void> {}

  async get(sql: string, ...values: readonly SqlInput[]): Promise<Row | undefined> {
    return this.#statement(sql).get(...values);
  }

  /** Rejects with a TypeError where it is given a list. */
  async all(sql: string, ...values: readonly SqlGiven[]): Promise<readonly Row[]> {
    requireNoList(values);
    return this.#statement(sql).all(...values);
  }

  /** Lets the log grow longer before a commit writes it back: somebody else does. */
  leaveLogToThread(): void {
    this.#database.exec(`PRAGMA wal_autocheckpoint=${LOG_PAGES_WITH_THREAD}`);
  }

  /** How many rows this connection has ever written. */
  rowsWritten(): number {
    return Number(this.#prepare("SELECT total_changes() AS n").get()?.n);
  }

  begin(kind: "read" | "write"): void {
    this.#database.exec(kind === "write" ? "BEGIN IMMEDIATE" : "BEGIN");
    this.#isBegun = true;
  }

  commit(): void {
    this.#database.exec("COMMIT");
    this.#isBegun = false;
  }

  rollback(): void {
    this.#isBegun = false;
    if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
  }

  /** SQLite takes a whole transaction back by itself where the disk is full or fails; what others of it still ask then would be written for good. */
  #statement(sql: string) {
    if (this.#isBegun && !this.#database.isTransaction)
      throw new Error("the transaction was taken back by the database");
    return this.#prepare(sql);
  }

  async savepoint(): Promise<void> {
    this.#database.exec("SAVEPOINT part");
  }

  async keepSavepoint(): Promise<void> {
    this.#database.exec("RELEASE part");
  }

  async undoToSavepoint(): Promise<void> {
    this.#database.exec("ROLLBACK TO part; RELEASE part");
  }

  mayGoOnAfter(error: unknown): boolean {
    if (!this.#database.isTransaction) return false;
    if (!(error instanceof Error) || !("errcode" in error)) return true;
    return typeof error.errcode === "number" && BLAMELESS_FOR.includes(error.errcode & PRIMARY_CODE);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  /**
   * Brings the file to the newest schema: a new one at once, for the disk is waited for once then; an older one step by step, each durable with its number, so that one that is broken off
   * goes on where it was. Throws when a newer server has written it.
   */
  migrate(): void {
    this.#database.function("customer_column", { deterministic: true }, (customer, column) =>
      customerColumn(String(customer), String(column)),
    );
    while (this.#version() < MIGRATIONS.length) this.#step();
    const found = this.#version();
    if (found > MIGRATIONS.length)
      throw new Error(
        `this data was written by a newer Onetill (schema ${found}); install that version or newer`,
      );
  }

  #version(): number {
    return Number(this.#database.prepare("PRAGMA user_version").get()?.user_version);
  }

  /** What is due is told by where the file is once nobody else writes: another server may have begun at the same time. */
  #step(): void {
    this.begin("write");
    try {
      const found = this.#version();
      const due = found === 0 ? MIGRATIONS : MIGRATIONS.slice(found, found + 1);
      for (const migration of due) this.#database.exec(migration);
      this.#database.exec(`PRAGMA user_version = ${found + due.length}`);
      this.commit();
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  #prepare(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function requireNoList(values: readonly SqlGiven[]): asserts values is readonly SqlInput[] {
  if (values.some(isList)) throw new TypeError("SQLite takes no list as a value: give it the list's JSON");
}
