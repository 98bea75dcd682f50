import { createHash } from "node:crypto";
import { type Client, DatabaseError, type PoolClient, type QueryResult } from "pg";
import type { Database, Row, SqlInput } from "../sql/database.ts";
import { isBlameless } from "./failures.ts";
import { inPostgresWords } from "./words.ts";

/** Statements that a connection keeps ready; what is put together from many parts is planned each time. */
const MAX_READY = 1_000;
/** Type numbers of PostgreSQL (pg_type.oid). */
const BOOL = 16;
const BYTEA = 17;
const NUMBERS = [20, 21, 23, 26, 700, 701, 1700];

/** Rows as SQLite gives them: numbers as numbers, yes and no as 1 and 0, JSON as its text. */
export const ROW_TYPES = {
  getTypeParser(type: number): (text: string) => unknown {
    if (NUMBERS.includes(type)) return Number;
    if (type === BOOL) return (text) => (text === "t" ? 1 : 0);
    if (type === BYTEA) return (text) => Buffer.from(text.slice(2), "hex");
    return (text) => text;
  },
};

/** One connection within its transaction, asked one statement after another. */
export class PostgresDatabase implements Database {
  readonly engine = "postgres";
  readonly #client: Client | PoolClient;
  readonly #ready = new Set<string>();

  constructor(client: Client | PoolClient) {
    this.#client = client;
  }

  async run(sql: string, ...values: readonly SqlInput[]): Promise<number> {
    return (await this.#ask(sql, values)).rowCount ?? 0;
  }

  async get(sql: string, ...values: readonly SqlInput[]): Promise<Row | undefined> {
    return (await this.#ask(sql, values)).rows[0];
  }

  async all(sql: string, ...values: readonly SqlInput[]): Promise<readonly Row[]> {
    return (await this.#ask(sql, values)).rows;
  }

  async savepoint(): Promise<void> {
    await this.#client.query("SAVEPOINT part");
  }

  async keepSavepoint(): Promise<void> {
    await this.#client.query("RELEASE SAVEPOINT part");
  }

  async undoToSavepoint(): Promise<void> {
    await this.#client.query("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part");
  }

  mayGoOnAfter(error: unknown): boolean {
    return !(error instanceof DatabaseError) || isBlameless(error);
  }

  async #ask(sql: string, given: readonly SqlInput[]): Promise<QueryResult<Row>> {
    const { text, values } = inPostgresWords(sql, given);
    return this.#client.query<Row>({ text, values: [...values], ...this.#named(text) });
  }

  #named(text: string): { readonly name?: string } {
    if (!this.#ready.has(text)) {
      if (this.#ready.size >= MAX_READY) return {};
      this.#ready.add(text);
    }
    return { name: createHash("sha1").update(text).digest("base64url") };
  }
}
