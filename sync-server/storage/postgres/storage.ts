import { Pool, type PoolClient } from "pg";
import type { Aside, ReadTransaction, Storage, WriteTransaction } from "../port.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { SqlReads } from "../sql/reads.ts";
import { SqlWrites } from "../sql/writes.ts";
import { createPostgresAside, type PostgresAside } from "./aside.ts";
import { PostgresDatabase, ROW_TYPES } from "./database.ts";
import { migrate } from "./migrate.ts";

/** Connections of one server: one writes, the others answer. */
const MAX_CONNECTIONS = 12;
/** Whoever holds it writes; a number that no other program of this database takes (`pg_advisory_xact_lock`). */
const WRITER = 74_201_001;

/**
 * A PostgreSQL database, for any number of servers. Their writes stand in one line, as SQLite's do, so that sequence numbers are in the order of commits and each
 * decides on what is there; readers see one state and wait for nobody.
 */
export class PostgresStorage implements Storage {
  readonly #pool: Pool;
  readonly #aside: PostgresAside;
  readonly #secrets: SecretBox;
  readonly #databases = new WeakMap<PoolClient, PostgresDatabase>();
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(pool: Pool, secrets: SecretBox) {
    this.#pool = pool;
    this.#secrets = secrets;
    this.#aside = createPostgresAside(pool, secrets);
  }

  /** Connects, making or migrating what is there. `url`: `postgres://user@host:port/database`. Throws when it cannot be reached, or a newer server wrote it. */
  static async open(url: string, { secrets }: { readonly secrets: SecretBox }): Promise<PostgresStorage> {
    const pool = new Pool({ connectionString: url, max: MAX_CONNECTIONS, types: ROW_TYPES });
    // A connection that breaks while nobody uses it is made anew when it is needed.
    pool.on("error", () => undefined);
    try {
      const client = await pool.connect();
      try {
        await migrate(client);
      } finally {
        client.release();
      }
      return new PostgresStorage(pool, secrets);
    } catch (error) {
      await pool.end();
      throw error;
    }
  }

  get aside(): Aside {
    return this.#aside;
  }

  write<T>(work: (tx: WriteTransaction) => Promise<T>): Promise<T> {
    const turn = this.#queue.then(() =>
      this.#within(`BEGIN; SELECT pg_advisory_xact_lock(${WRITER})`, (database) =>
        work(new SqlWrites(database)),
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

  /** Waits for the writes asked for so far, and for readers at work. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#aside.close();
    await this.#queue;
    await this.#pool.end();
  }

  async #within<T>(begin: string, work: (database: PostgresDatabase) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(begin);
      const result = await work(this.#databaseOf(client));
      await client.query("COMMIT");
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
    const database = new PostgresDatabase(client, this.#secrets);
    this.#databases.set(client, database);
    return database;
  }
}
