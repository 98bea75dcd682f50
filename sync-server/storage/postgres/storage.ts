import { Pool, type PoolClient, type PoolConfig } from "pg";
import { Ears, type Said, type TellsNews } from "../../sync/news.ts";
import type { Aside, ReadTransaction, Storage, WriteTransaction } from "../port.ts";
import { SqlReads } from "../sql/reads.ts";
import { SqlWrites } from "../sql/writes.ts";
import { createPostgresAside, type PostgresAside } from "./aside.ts";
import { PostgresDatabase, ROW_TYPES } from "./database.ts";
import { migrate, requireNewest } from "./migrate.ts";
import { CHANNEL, Voice } from "./told.ts";
import { PostgresWatch } from "./watch.ts";

/** Connections of one server: one writes, the others answer. */
const MAX_CONNECTIONS = 12;
/** Whoever holds it writes; a number that no other program of this database takes (`pg_advisory_xact_lock`). */
const WRITER = 74_201_001;
/** Whoever holds it does what servers do one after the other, as they start. */
const ALONE = 74_201_004;
const CONNECT_PATIENCE_MS = 10_000;
/** A server that stands still within a write, or whose machine is gone, holds up all others no longer than so. */
const LIMITS =
  "-c idle_in_transaction_session_timeout=30s -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";

/**
 * A PostgreSQL database, for any number of servers. Their writes stand in one line, as SQLite's do, so that sequence numbers are in the order of commits and each
 * decides on what is there; readers see one state and wait for nobody.
 */
export class PostgresStorage implements Storage {
  readonly #pool: Pool;
  readonly #aside: PostgresAside;
  readonly #ears = new Ears();
  readonly #voice = new Voice();
  #watch: PostgresWatch | null = null;
  readonly #databases = new WeakMap<PoolClient, PostgresDatabase>();
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(pool: Pool) {
    this.#pool = pool;
    this.#aside = createPostgresAside(pool);
  }

  /**
   * Connects, making or migrating what is there. `url`: `postgres://user@host:port/database`; what it leaves out, the environment may say (`PGPASSWORD`).
   * Who only looks (`looksOnly`) changes nothing and does no chores. Throws when it cannot be reached, is another program's, or a newer server wrote it.
   */
  static async open(url: string, { looksOnly = false } = {}): Promise<PostgresStorage> {
    const config: PoolConfig = {
      connectionString: url,
      connectionTimeoutMillis: CONNECT_PATIENCE_MS,
      keepAlive: true,
      options: LIMITS,
      application_name: "onetill",
    };
    const pool = new Pool({ ...config, max: MAX_CONNECTIONS, types: ROW_TYPES });
    // A connection that breaks while nobody uses it is made anew when it is needed.
    pool.on("error", () => undefined);
    const storage = new PostgresStorage(pool);
    try {
      await storage.#withClient(looksOnly ? requireNewest : migrate);
      if (!looksOnly) storage.#watch = await PostgresWatch.begin(config, storage.#voice, storage.#ears);
      return storage;
    } catch (error) {
      await pool.end();
      throw error;
    }
  }

  get aside(): Aside {
    return this.#aside;
  }

  write<T>(work: (tx: WriteTransaction) => Promise<T>, tells?: TellsNews<T>): Promise<T> {
    const turn = this.#queue.then(() =>
      this.#within(
        `BEGIN; SELECT pg_advisory_xact_lock(${WRITER})`,
        (database) => work(new SqlWrites(database)),
        tells,
      ),
    );
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async read<T>(work: (tx: ReadTransaction) => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error("the storage is closed");
    return this.#within("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", (database) =>
      work(new SqlReads(database)),
    );
  }

  listen(hear: (said: Said) => void): () => void {
    return this.#ears.listen(hear);
  }

  get isOnDuty(): boolean {
    return this.#watch?.isOnDuty ?? false;
  }

  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#withClient(async (client) => {
      await client.query(`SELECT pg_advisory_lock(${ALONE})`);
      try {
        return await work();
      } finally {
        await client.query(`SELECT pg_advisory_unlock(${ALONE})`);
      }
    });
  }

  /** Waits for the writes asked for so far, and for readers at work. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#watch?.close();
    await this.#aside.close();
    await this.#queue;
    await this.#pool.end();
  }

  async #withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    try {
      return await work(client);
    } finally {
      client.release();
    }
  }

  async #within<T>(
    begin: string,
    work: (database: PostgresDatabase) => Promise<T>,
    tells?: TellsNews<T>,
  ): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(begin);
      const result = await work(this.#databaseOf(client));
      const news = tells?.(result);
      // Others hear it as it is durable, and not at all where it is not.
      const told = news === undefined ? "" : client.escapeLiteral(this.#voice.written(news));
      await client.query(news === undefined ? "COMMIT" : `SELECT pg_notify('${CHANNEL}', ${told}); COMMIT`);
      if (news !== undefined) this.#ears.say({ kind: "news", news });
      return result;
    } catch (error) {
      // A connection that cannot even take back what was begun is of no more use.
      await client.query("ROLLBACK").catch((lost: Error) => {
        broken = lost;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  #databaseOf(client: PoolClient): PostgresDatabase {
    const known = this.#databases.get(client);
    if (known !== undefined) return known;
    const database = new PostgresDatabase(client);
    this.#databases.set(client, database);
    return database;
  }
}
