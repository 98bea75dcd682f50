import { createHash } from "node:crypto";
import { type Client, DatabaseError, type PoolClient, type QueryResult } from "pg";
import type { SecretBox } from "../secrets/secret-box.ts";
import type { Database, Row, SqlGiven, SqlInput } from "../sql/database.ts";
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
  readonly secrets: SecretBox;
  readonly isSpread: boolean;
  readonly #client: Client | PoolClient;
  /** Under which name each statement is kept ready. */
  readonly #ready = new Map<string, string>();
  /** The last that was sent: the connection answers in order, so those before it are done when it is. */
  #sent: Promise<void> = Promise.resolve();
  /** The first of what was asked or sent that failed; whatever follows fails only because of it. */
  #failed: { readonly error: unknown } | null = null;

  /** `isSpread`: by Citus. Who asks for no pages of feeds need not know. */
  constructor(
    client: Client | PoolClient,
    secrets: SecretBox,
    { isSpread = false }: { readonly isSpread?: boolean } = {},
  ) {
    this.#client = client;
    this.secrets = secrets;
    this.isSpread = isSpread;
  }

  async run(sql: string, ...values: readonly SqlInput[]): Promise<number> {
    return (await this.#ask(sql, values)).rowCount ?? 0;
  }

  send(sql: string, ...values: readonly SqlGiven[]): void {
    this.#sent = this.#query(sql, values).then(
      () => undefined,
      () => undefined,
    );
  }

  async settled(): Promise<void> {
    await this.#sent;
    if (this.#failed !== null) throw this.#failed.error;
  }

  /** What was asked and sent is of a transaction that is over. */
  async forget(): Promise<void> {
    await this.#sent;
    this.#failed = null;
  }

  async get(sql: string, ...values: readonly SqlInput[]): Promise<Row | undefined> {
    return (await this.#ask(sql, values)).rows[0];
  }

  async all(sql: string, ...values: readonly SqlGiven[]): Promise<readonly Row[]> {
    return (await this.#ask(sql, values)).rows;
  }

  async savepoint(): Promise<void> {
    this.send("SAVEPOINT part");
  }

  async keepSavepoint(): Promise<void> {
    this.send("RELEASE SAVEPOINT part");
  }

  async undoToSavepoint(): Promise<void> {
    await this.#sent;
    const failed = this.#failed;
    this.#failed = null;
    try {
      await this.#client.query("ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part");
    } catch (error) {
      // What failed before the point was set took the whole transaction with it.
      throw failed === null ? error : failed.error;
    }
  }

  mayGoOnAfter(error: unknown): boolean {
    return !(error instanceof DatabaseError) || isBlameless(error);
  }

  /** What the connection answers, or what failed first of all that was asked or sent: whatever follows that only says that the transaction is no more. */
  async #ask(sql: string, given: readonly SqlGiven[]): Promise<QueryResult<Row>> {
    const answer = await this.#query(sql, given).catch(async (error: unknown) => {
      await this.settled();
      throw error;
    });
    if (this.#failed !== null) throw this.#failed.error;
    return answer;
  }

  #query(sql: string, given: readonly SqlGiven[]): Promise<QueryResult<Row>> {
    const { text, values } = inPostgresWords(sql, given);
    const answer = this.#client.query<Row>({ text, values: [...values], ...this.#named(text) });
    // Answers come in the order of what was asked, and so do these.
    answer.catch((error: unknown) => {
      this.#failed ??= { error };
    });
    return answer;
  }

  #named(text: string): { readonly name?: string } {
    const known = this.#ready.get(text);
    if (known !== undefined) return { name: known };
    if (this.#ready.size >= MAX_READY) return {};
    const name = createHash("sha1").update(text).digest("base64url");
    this.#ready.set(text, name);
    return { name };
  }
}
