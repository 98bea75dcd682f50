import { Client, Pool, type PoolClient, type PoolConfig } from "pg";
import {
  type Aside,
  type ReadTransaction,
  type Storage,
  StorageUnavailable,
  type WriteTransaction,
} from "../port.ts";
import { SqlReads } from "../sql/reads.ts";
import { SqlWrites } from "../sql/writes.ts";
import { createPostgresAside, type PostgresAside } from "./aside.ts";
import { PostgresDatabase, ROW_TYPES } from "./database.ts";
import { asUnavailable, isBlameless } from "./failures.ts";
import { migrate } from "./migrate.ts";

/** Connections of one server that answer; one more writes. */
const MAX_READERS = 11;
/** So long a question waits for a connection. */
const CONNECT_WITHIN_MS = 10_000;
/** The longest write of another server is a slice of an import. */
const TURN_WITHIN_MS = 30_000;
/** A single statement of the server's own thread takes milliseconds. */
const STATEMENT_WITHIN_MS = 60_000;
/** Where not even an error comes back, the network is gone. */
const ANSWER_WITHIN_MS = 90_000;
/** Whoever holds it writes; a number that no other program of this database takes (`pg_advisory_xact_lock`). */
const WRITER = 74_201_001;

/**
 * Whoever waits in line is told by `lock_timeout`, and a statement by its own; the write begins once it is its turn, so it sees what those before it wrote. What a
 * write asks is found by keys. Left to itself, PostgreSQL plans for the tables as they were when it last looked, and goes through all of one that an import has
 * filled since: so an index is taken wherever there is one.
 */
const beginWrite = (turnWithinMs: number) =>
  `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = ${turnWithinMs}; SET LOCAL statement_timeout = ${STATEMENT_WITHIN_MS};
    SET LOCAL enable_seqscan = off; SET LOCAL jit = off; SELECT pg_advisory_xact_lock(${WRITER})`;
/** A plan for whatever values fits none of them where a condition holds for all or for few: each question is planned for its own. */
const BEGIN_READ = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = ${STATEMENT_WITHIN_MS}; SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL jit = off`;

export interface PostgresLimits {
  /** So long a write waits for those of other servers. */
  readonly turnWithinMs?: number;
}

/**
 * A PostgreSQL database, for any number of servers. Their writes stand in one line, as SQLite's do, so that sequence numbers are in the order of commits and each
 * decides on what is there; readers see one state and wait for nobody.
 */
export class PostgresStorage implements Storage {
  readonly #beginWrite: string;
  readonly #writer: Pool;
  readonly #readers: Pool;
  readonly #aside: PostgresAside;
  readonly #databases = new WeakMap<PoolClient, PostgresDatabase>();
  readonly #lost = new WeakSet<PoolClient>();
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(config: PoolConfig, { turnWithinMs = TURN_WITHIN_MS }: PostgresLimits) {
    this.#beginWrite = beginWrite(turnWithinMs);
    this.#writer = this.#connections({ ...config, max: 1 });
    this.#readers = this.#connections({ ...config, max: MAX_READERS });
    this.#aside = createPostgresAside(this.#readers);
  }

  /** Connects, making or migrating what is there. `url`: `postgres://user@host:port/database`. Throws when it cannot be reached, or a newer server wrote it. */
  static async open(url: string, limits: PostgresLimits = {}): Promise<PostgresStorage> {
    const config = { connectionString: url, types: ROW_TYPES, keepAlive: true, application_name: "onetill" };
    const first = new Client({ ...config, connectionTimeoutMillis: CONNECT_WITHIN_MS });
    await first.connect();
    try {
      await migrate(first);
    } finally {
      await first.end();
    }
    return new PostgresStorage(
      { ...config, connectionTimeoutMillis: CONNECT_WITHIN_MS, query_timeout: ANSWER_WITHIN_MS },
      limits,
    );
  }

  get aside(): Aside {
    return this.#aside;
  }

  write<T>(work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
    const turn = this.#queue.then(() =>
      this.#within(this.#writer, this.#beginWrite, (database) => work(new SqlWrites(database))),
    );
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async read<T>(work: (tx: ReadTransaction) => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error("the storage is closed");
    return this.#within(this.#readers, BEGIN_READ, (database) => work(new SqlReads(database)));
  }

  /** Waits for the writes asked for so far, and for readers at work. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#aside.close();
    await this.#queue;
    await Promise.all([this.#writer.end(), this.#readers.end()]);
  }

  async #within<T>(pool: Pool, begin: string, work: (database: PostgresDatabase) => Promise<T>): Promise<T> {
    const client = await this.#connected(pool);
    let broken: Error | undefined;
    try {
      await client.query(begin);
      const result = await work(this.#databaseOf(client));
      const { command } = await client.query("COMMIT");
      // An error that somebody caught on the way took everything back.
      if (command !== "COMMIT")
        throw new Error("a statement failed and nobody heard of it: nothing was written");
      return result;
    } catch (error) {
      broken = await this.#takenBack(client, error);
      throw asUnavailable(error, this.#lost.has(client));
    } finally {
      client.release(broken);
    }
  }

  /** Takes back what was begun. Answers why the connection is of no more use, where it is not. */
  async #takenBack(client: PoolClient, error: unknown): Promise<Error | undefined> {
    if (this.#lost.has(client)) return new Error("lost");
    try {
      await client.query("ROLLBACK");
    } catch (lost) {
      this.#lost.add(client);
      return lost instanceof Error ? lost : new Error(String(lost));
    }
    // What a statement was planned for may be no more, as after another server's migration: a new connection plans anew.
    return error instanceof Error && "code" in error && !isBlameless(error) ? error : undefined;
  }

  async #connected(pool: Pool): Promise<PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      if (this.#closed) throw error;
      throw new StorageUnavailable("the database cannot be reached", { cause: error });
    }
  }

  #connections(config: PoolConfig): Pool {
    const pool = new Pool(config);
    // A connection that breaks while nobody uses it is made anew when it is needed; whoever uses it hears of it from the statement.
    pool.on("error", () => undefined);
    pool.on("connect", (client) => client.on("error", () => this.#lost.add(client)));
    return pool;
  }

  #databaseOf(client: PoolClient): PostgresDatabase {
    const known = this.#databases.get(client);
    if (known !== undefined) return known;
    const database = new PostgresDatabase(client);
    this.#databases.set(client, database);
    return database;
  }
}
