import type { Duplex } from "node:stream";
import { Client, type ClientConfig, Pool, type PoolClient, type PoolConfig } from "pg";
import type { Every } from "../../sync/every.ts";
import { Ears, type News, type Said, type TellsNews } from "../../sync/news.ts";
import {
  type Aside,
  type Finds,
  type ReadTransaction,
  type Storage,
  StorageAway,
  type WriteTransaction,
} from "../port.ts";
import type { SecretBox } from "../secrets/secret-box.ts";
import { SqlReads } from "../sql/reads.ts";
import { SqlWrites } from "../sql/writes.ts";
import { createPostgresAside, type PostgresAside } from "./aside.ts";
import { PostgresDatabase, ROW_TYPES } from "./database.ts";
import { asUnavailable, isBlameless } from "./failures.ts";
import { begunAnew, historyOf } from "./history.ts";
import { LOCKS } from "./locks.ts";
import { migrate, requireNewest } from "./migrate.ts";
import { hasCitus } from "./partitions.ts";
import { CHANNEL, Voice } from "./told.ts";
import { PostgresWatch } from "./watch.ts";

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
/** A server that stands still within a write holds up all others no longer than so. */
const IDLE_WITHIN_MS = 30_000;
/** As servers call themselves among the connections of a database. */
export const SERVER_NAME = "onetill";
/** Where the machine of a server is gone, the database notices in less than half a minute, and lets go of what it held. */
const KEEPALIVES = "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3";
/**
 * What a connection that answers or writes is told first: compiling a question takes longer than any of ours. Not as it starts, where an address with options of its own says others, and a pooler says
 * none.
 */
const SAID_FIRST = "SET jit = off";
const SAID_TO_READERS = `${SAID_FIRST}; SET statement_timeout = ${STATEMENT_WITHIN_MS}`;

/**
 * Whoever waits in line is told by `lock_timeout`, and a statement by its own; the write begins once it is its turn, so it sees what those before it wrote. What a
 * write asks is found by keys. Left to itself, PostgreSQL plans for the tables as they were when it last looked, and goes through all of one that an import has
 * filled since: so an index is taken wherever there is one.
 */
const beginWrite = (turnWithinMs: number) =>
  `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = ${turnWithinMs}; SET LOCAL statement_timeout = ${STATEMENT_WITHIN_MS};
    SET LOCAL idle_in_transaction_session_timeout = ${IDLE_WITHIN_MS}; SET LOCAL enable_seqscan = off;
    SELECT pg_advisory_xact_lock(${LOCKS.writer})`;
/** A plan for whatever values fits none of them where a condition holds for all or for few: each question is planned for its own. */
const BEGIN_READ_ANY =
  "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL plan_cache_mode = force_custom_plan";
/** What is found by keys is found in one way, whatever they are: planning it took longer than doing it, most of all where a table lies in parts. */
const BEGIN_READ_BY_KEYS =
  "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off";
/** How a transaction that only reads is begun. */
export const beginRead = (finds?: Finds) => (finds === "byKeys" ? BEGIN_READ_BY_KEYS : BEGIN_READ_ANY);

/** Documents are packed by the quicker of the two ways, where the database was built with it: a third of the time, a tenth more of the disk. Either is read wherever both are known. */
export const PACK_QUICKLY = `SELECT set_config('default_toast_compression', 'lz4', false) FROM pg_settings
  WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)`;

export interface PostgresSettings {
  /** What opens and seals the secrets in it: the same for all servers on one database. */
  readonly secrets: SecretBox;
  /** So long a write waits for those of other servers. */
  readonly turnWithinMs?: number;
  /** Changes no schema, hears nothing and does no chores: for who only looks at the database of a server. */
  readonly looksOnly?: boolean;
  /** Hears what could not be said of how tables are kept as it was opened: it is tried again at the next start, and all works without. */
  readonly onLeft?: (why: Error) => void;
  /** How it gets to its database and what tells it the time, where that is not the machine's network and clock. */
  readonly world?: PostgresWorld;
}

/** What a simulated world puts in the place of the machine's. */
export interface PostgresWorld {
  /** A way to the database for one connection, as `pg` asks for it. */
  readonly stream: () => Duplex;
  readonly every: Every;
}

const byTheMachine: Every = (ms, work) => {
  // It keeps no process from ending.
  const timer = setInterval(work, ms).unref();
  return () => clearInterval(timer);
};

/**
 * A PostgreSQL database, for any number of servers. Their writes stand in one line, as SQLite's do, so that sequence numbers are in the order of commits and each
 * decides on what is there; readers see one state and wait for nobody.
 */
export class PostgresStorage implements Storage {
  readonly #beginWrite: string;
  readonly #writer: Pool;
  readonly #readers: Pool;
  readonly #aside: PostgresAside;
  readonly #secrets: SecretBox;
  readonly #isSpread: boolean;
  readonly #databases = new WeakMap<PoolClient, PostgresDatabase>();
  /** Connections that are gone, and by what. */
  readonly #lost = new WeakMap<PoolClient, unknown>();
  /** Connections by which this server wrote to the history that it knows. */
  readonly #inHistory = new WeakSet<PoolClient>();
  #history: string | null;
  readonly #connection: ClientConfig;
  readonly #ears = new Ears();
  readonly #voice = new Voice();
  #watch: PostgresWatch | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(
    connection: ClientConfig,
    { secrets, turnWithinMs = TURN_WITHIN_MS, world }: PostgresSettings,
    { isSpread, history }: { readonly isSpread: boolean; readonly history: string | null },
  ) {
    this.#secrets = secrets;
    this.#isSpread = isSpread;
    this.#history = history;
    const config = {
      ...connection,
      types: ROW_TYPES,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
      // How long nobody asked anything goes by the machine's clock.
      ...(world === undefined ? {} : { idleTimeoutMillis: 0 }),
    };
    this.#connection = connection;
    this.#beginWrite = beginWrite(turnWithinMs);
    // A booking sends many statements that it asks nothing of, and a reader begins with what it asks first: none of them waits for the one before.
    this.#writer = this.#connections({ ...config, max: 1, pipeline: true }, `${SAID_FIRST}; ${PACK_QUICKLY}`);
    this.#readers = this.#connections({ ...config, max: MAX_READERS, pipeline: true }, SAID_TO_READERS);
    this.#aside = createPostgresAside(this.#readers, secrets);
  }

  /**
   * Connects, making or migrating what is there. `url`: `postgres://user@host:port/database`; what it leaves out, the environment may say (`PGPASSWORD`).
   * Throws when it cannot be reached, is another program's, or a newer server wrote it.
   */
  static async open(url: string, settings: PostgresSettings): Promise<PostgresStorage> {
    const { looksOnly = false, onLeft, world } = settings;
    const connection = {
      connectionString: url,
      keepAlive: true,
      application_name: SERVER_NAME,
      options: KEEPALIVES,
      ...(world === undefined ? {} : { stream: world.stream }),
    };
    const found = await connected(connection, async (client) => {
      await (looksOnly ? requireNewest(client) : migrate(client, onLeft));
      return { isSpread: await hasCitus(client), history: await historyOf(client) };
    });
    const storage = new PostgresStorage(connection, settings, found);
    if (looksOnly) return storage;
    try {
      storage.#watch = await PostgresWatch.begin(connection, {
        voice: storage.#voice,
        ears: storage.#ears,
        every: world?.every ?? byTheMachine,
      });
      return storage;
    } catch (error) {
      await storage.close();
      throw error;
    }
  }

  get aside(): Aside {
    return this.#aside;
  }

  write<T>(work: (tx: WriteTransaction) => Promise<T>, tells?: TellsNews<T>): Promise<T> {
    const turn = this.#queue.then(() => this.#within((database) => work(new SqlWrites(database)), tells));
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  read<T>(work: (tx: ReadTransaction) => Promise<T>, finds?: Finds): Promise<T> {
    return this.#reading(async (client, database) => {
      // Goes along with the first question; where it fails, so does what is made of the answers.
      const begun = client.query(beginRead(finds));
      begun.catch(() => undefined);
      const result = await work(new SqlReads(database));
      await begun;
      // Nothing was written: whoever has the connection next comes behind it.
      client.query("COMMIT").catch((error: unknown) => this.#lose(client, error));
      return result;
    });
  }

  ask<T>(work: (tx: ReadTransaction) => Promise<T>): Promise<T> {
    return this.#reading((_, database) => work(new SqlReads(database)));
  }

  async #reading<T>(work: (client: PoolClient, database: PostgresDatabase) => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error("the storage is closed");
    const client = await this.#connected(this.#readers);
    const database = this.#databaseOf(client);
    let broken: Error | undefined;
    try {
      const result = await work(client, database);
      // Also what somebody caught on the way: of what came behind it nothing was answered.
      await database.settled();
      return result;
    } catch (error) {
      // Where nothing was begun it says at least whether the connection still answers.
      broken = await this.#takenBack(client, error);
      await database.forget();
      throw asUnavailable(error, this.#lost.has(client) ? { by: this.#lost.get(client) } : null);
    } finally {
      client.release(broken);
    }
  }

  listen(hear: (said: Said) => void): () => void {
    return this.#ears.listen(hear);
  }

  get isOnDuty(): boolean {
    return this.#watch?.isOnDuty ?? false;
  }

  /** By a connection of its own: the turn is over as well where this server falls. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return connected(this.#connection, async (client) => {
      await client.query(`SELECT pg_advisory_lock(${LOCKS.alone})`);
      return work();
    });
  }

  /** Waits for the writes asked for so far, and for readers at work. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#watch?.close();
    await this.#aside.close();
    await this.#queue;
    await Promise.all([this.#writer.end(), this.#readers.end()]);
  }

  async #within<T>(work: (database: PostgresDatabase) => Promise<T>, tells?: TellsNews<T>): Promise<T> {
    const client = await this.#connected(this.#writer);
    let broken: Error | undefined;
    try {
      const history = this.#inHistory.has(client) ? this.#history : await historyOf(client);
      await client.query(this.#beginWrite);
      const database = this.#databaseOf(client);
      // Before a number is given out that a till may know from the history before.
      if (history !== null && history !== this.#history) await begunAnew(database);
      const result = await work(database);
      await database.settled();
      const news = tells?.(result);
      if (news !== undefined) await this.#tell(client, news);
      const { command } = await client.query("COMMIT");
      // An error that somebody caught on the way took everything back.
      if (command !== "COMMIT")
        throw new Error("a statement failed and nobody heard of it: nothing was written");
      // One that could not say may be a standby's, which gives out numbers of another history once it takes over.
      if (history !== null || this.#history === null) this.#inHistory.add(client);
      this.#history = history ?? this.#history;
      if (news !== undefined) this.#ears.say({ kind: "news", news });
      return result;
    } catch (error) {
      broken = await this.#takenBack(client, error);
      await this.#databaseOf(client).forget();
      throw asUnavailable(error, this.#lost.has(client) ? { by: this.#lost.get(client) } : null);
    } finally {
      client.release(broken);
    }
  }

  /** Others hear it as it is durable, and not at all where it is not. */
  async #tell(client: PoolClient, news: News): Promise<void> {
    const written = [...this.#voice.written(news)];
    await client.query("SELECT pg_notify($1, piece) FROM unnest($2::text[]) AS piece", [CHANNEL, written]);
  }

  /** Takes back what was begun. Answers why the connection is of no more use, where it is not. */
  async #takenBack(client: PoolClient, error: unknown): Promise<Error | undefined> {
    if (this.#lost.has(client)) return new Error("lost");
    try {
      await client.query("ROLLBACK");
    } catch (lost) {
      this.#lose(client, lost);
      return lost instanceof Error ? lost : new Error(String(lost));
    }
    return ofNoMoreUse(error);
  }

  /** What is said after the first only follows from it. */
  #lose(client: PoolClient, by: unknown): void {
    if (!this.#lost.has(client)) this.#lost.set(client, by);
  }

  async #connected(pool: Pool): Promise<PoolClient> {
    try {
      return await pool.connect();
    } catch (error) {
      if (this.#closed) throw error;
      throw new StorageAway("the database cannot be reached", { cause: error });
    }
  }

  #connections(config: PoolConfig, first: string): Pool {
    const pool = new Pool(config);
    // A connection that breaks while nobody uses it is made anew when it is needed; whoever uses it hears of it from the statement.
    pool.on("error", () => undefined);
    pool.on("connect", (client) => {
      client.on("error", (error) => this.#lose(client, error));
      client.query(first).catch(() => undefined);
    });
    return pool;
  }

  #databaseOf(client: PoolClient): PostgresDatabase {
    const known = this.#databases.get(client);
    if (known !== undefined) return known;
    const database = new PostgresDatabase(client, this.#secrets, { isSpread: this.#isSpread });
    this.#databases.set(client, database);
    return database;
  }
}

/** Why a connection is of no more use, where it is not: what a statement was planned for may be no more, as after another server's migration, and a new connection plans anew. */
function ofNoMoreUse(error: unknown): Error | undefined {
  return error instanceof Error && "code" in error && !isBlameless(error) ? error : undefined;
}

/** Does something by a connection of its own. */
async function connected<T>(config: ClientConfig, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ ...config, types: ROW_TYPES, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  // Whoever uses it hears of it from the statement.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
