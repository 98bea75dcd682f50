import { Client } from "pg";
import { type OwnPostgres, startOwnPostgres } from "../storage/postgres/own-process.ts";
import { PostgresStorage } from "../storage/postgres/storage.ts";
import { createSecretBox } from "../storage/secrets/secret-box.ts";

const TEMPLATE = "onetill_template";
/** Nothing of a test's databases outlives it: what a power cut would need is left out. */
const FORGETFUL = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "shared_buffers=64MB",
  "max_wal_size=256MB",
];
/** Takes out of a database what tests wrote. The few rows of a new one are put back by whoever asks. */
const EMPTIED = `DO $$ DECLARE one record; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'schema_version' AND pg_relation_size(oid) > 0 LOOP
    EXECUTE format('DELETE FROM %I', one.relname);
  END LOOP;
  FOR one IN SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace LOOP
    EXECUTE format('ALTER SEQUENCE %I RESTART', one.relname);
  END LOOP;
END $$`;

const KEY_BYTES = 32;
const key = new Uint8Array(KEY_BYTES);
/** As servers get it in `ONETILL_SECRETS_KEY`. */
export const SECRETS_KEY_FOR_TESTS = Buffer.from(key).toString("base64url");
/** Opens and seals by one key that all servers of a test have. */
export const SECRETS_FOR_TESTS = createSecretBox({ place: "the test", known: () => key, make: () => key });

/** A PostgreSQL server of one's own for tests, on a socket in a folder of its own, and as many databases in it as are needed at a time. */
export class PostgresForTests {
  static #shared: Promise<PostgresForTests> | null = null;

  readonly #own: OwnPostgres;
  /** The rows that a new database has. */
  #first: readonly string[] = [];
  readonly #free: string[] = [];
  #made = 0;

  private constructor(own: OwnPostgres) {
    this.#own = own;
  }

  /** The one that all tests of this process share; it ends with the process. */
  static shared(): Promise<PostgresForTests> {
    PostgresForTests.#shared ??= PostgresForTests.start();
    return PostgresForTests.#shared;
  }

  /** Starts it. Throws, with what to install, where this machine has no PostgreSQL. */
  static async start(): Promise<PostgresForTests> {
    const own = await startOwnPostgres(FORGETFUL);
    const server = new PostgresForTests(own);
    await server.#ask("postgres", `CREATE DATABASE ${TEMPLATE}`);
    await (await PostgresStorage.open(server.#url(TEMPLATE), { secrets: SECRETS_FOR_TESTS })).close();
    server.#first = await server.#rowsOf(TEMPLATE);
    return server;
  }

  /** An empty database of the newest schema; its address. Give it back when it is closed: the next test takes it. */
  async database(): Promise<string> {
    const known = this.#free.pop();
    if (known !== undefined) return known;
    this.#made += 1;
    const name = `onetill_${this.#made}`;
    await this.#ask("postgres", `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
    return this.#url(name);
  }

  /** Nobody works with this database any more: it is emptied for the next. */
  async giveBack(url: string): Promise<void> {
    await this.#ask(nameIn(url), [EMPTIED, ...this.#first].join(";\n"));
    this.#free.push(url);
  }

  /** A database without any tables; its address. Drop it after the test. */
  async emptyDatabase(): Promise<string> {
    this.#made += 1;
    const name = `onetill_empty_${this.#made}`;
    await this.#ask("postgres", `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
    return this.#url(name);
  }

  async drop(url: string): Promise<void> {
    await this.#ask("postgres", `DROP DATABASE IF EXISTS ${nameIn(url)} WITH (FORCE)`);
  }

  /** Runs statements in a database, beside whoever works with it. */
  async run(url: string, statements: readonly string[]): Promise<void> {
    await this.#ask(nameIn(url), statements.join(";\n"));
  }

  /** Ends it at once; nothing of it is left. */
  async stop(): Promise<void> {
    await this.#own.stop();
  }

  #url(database: string): string {
    return this.#own.url(database);
  }

  /** What puts the rows of a database into one that has none. */
  async #rowsOf(database: string): Promise<readonly string[]> {
    const tables = await this.#ask(
      database,
      "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'schema_version'",
    );
    const statements = [];
    for (const { relname } of tables) {
      const rows = await this.#ask(database, `SELECT row_to_json(t)::text AS row FROM ${String(relname)} t`);
      for (const { row } of rows)
        statements.push(
          `INSERT INTO ${String(relname)} OVERRIDING SYSTEM VALUE SELECT * FROM json_populate_record(NULL::${String(relname)}, '${String(row).replaceAll("'", "''")}')`,
        );
    }
    return statements;
  }

  async #ask(database: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const client = new Client({ connectionString: this.#url(database) });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }
}

function nameIn(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}
