import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readdirSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { PostgresStorage } from "../storage/postgres/storage.ts";
import { createSecretBox } from "../storage/secrets/secret-box.ts";

const run = promisify(execFile);

/** Where Debian's packages lay a version's programs. */
const DEBIAN = "/usr/lib/postgresql";
const TEMPLATE = "onetill_template";
const SETTINGS = [
  "wal_level=minimal",
  "max_wal_senders=0",
  "max_wal_size=256MB",
  "shared_buffers=64MB",
  "listen_addresses=",
  "max_connections=100",
];
/** Nothing of a test's databases outlives it: what a power cut would need is left out. */
const FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];
/** As somebody would set it up who means it: each commit is on the disk. */
const LASTING = ["shared_buffers=256MB", "max_wal_size=2GB", "checkpoint_completion_target=0.9"];
/** Words are ordered as in a dictionary unless a column or a statement says otherwise: as on most machines, and not as SQLite does. */
const ORDER = ["--locale-provider=icu", "--icu-locale=en-US"];
/** Runs PostgreSQL for as long as whoever started it lives and wants it, and leaves nothing of it: also where a test's process was killed. */
const KEEPER = `"$@" & server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf "$FOLDER"`;
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

  readonly #folder: string;
  readonly #stop: () => Promise<void>;
  /** The rows that a new database has. */
  #first: readonly string[] = [];
  readonly #free: string[] = [];
  #made = 0;

  private constructor(folder: string, stop: () => Promise<void>) {
    this.#folder = folder;
    this.#stop = stop;
  }

  /** The one that all tests of this process share; it ends with the process. */
  static shared(): Promise<PostgresForTests> {
    PostgresForTests.#shared ??= PostgresForTests.start();
    return PostgresForTests.#shared;
  }

  /** Starts it. `lasting`: what it commits is on the disk, as it is where people rely on it. Throws, with what to install, where this machine has no PostgreSQL. */
  static async start({ lasting = false }: { readonly lasting?: boolean } = {}): Promise<PostgresForTests> {
    const programs = programsOf();
    const folder = mkdtempSync(join(tmpdir(), "onetill-postgres-"));
    const data = join(folder, "data");
    // PostgreSQL does not run as root: there it runs as its own user.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) {
      await run("chown", ["postgres", folder]);
      chmodSync(folder, 0o755);
    }
    const asItself = isRoot ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : [];
    const made = [
      "-D",
      data,
      "-U",
      "onetill",
      "--auth=trust",
      "--no-sync",
      "-E",
      "UTF8",
      "--locale=C.UTF-8",
      ...ORDER,
    ];
    const [first = "", ...others] = [...asItself, join(programs, "initdb"), ...made];
    await run(first, others, { cwd: folder });
    const settings = [...SETTINGS, ...(lasting ? LASTING : FORGETFUL)].flatMap((each) => ["-c", each]);
    const program = [...asItself, join(programs, "postgres"), "-D", data, "-k", folder, ...settings];
    const keeper = spawn("sh", ["-c", KEEPER, "sh", ...program], {
      cwd: "/",
      env: { ...process.env, FOLDER: folder },
      stdio: ["pipe", "ignore", "pipe"],
      detached: true,
    });
    const ended = once(keeper, "exit");
    await new Promise<void>((done, fail) => {
      let said = "";
      keeper.stderr.on("data", (piece: Buffer) => {
        said += piece.toString();
        if (said.includes("database system is ready to accept connections")) done();
        if (said.includes("database system is shut down"))
          fail(new Error(`PostgreSQL ended at once:\n${said}`));
      });
      keeper.once("exit", () => fail(new Error(`PostgreSQL did not start:\n${said}`)));
    });
    // It keeps no process from ending.
    keeper.unref();
    for (const pipe of [keeper.stdin, keeper.stderr]) if (pipe instanceof Socket) pipe.unref();
    const server = new PostgresForTests(folder, async () => {
      keeper.ref();
      keeper.stdin.end();
      await ended;
    });
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

  /** Runs statements in a database, beside whoever works with it. */
  async run(url: string, statements: readonly string[]): Promise<void> {
    await this.#ask(nameIn(url), statements.join(";\n"));
  }

  /** Ends it at once; nothing of it is left. */
  async stop(): Promise<void> {
    await this.#stop();
  }

  #url(database: string): string {
    return `postgres://onetill@${encodeURIComponent(this.#folder)}/${database}`;
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

/** The folder of PostgreSQL's programs, of the newest version there is. */
function programsOf(): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number).filter(Number.isInteger) : [];
  const newest = versions
    .sort((one, other) => other - one)
    .find((version) => existsSync(join(DEBIAN, String(version), "bin", "initdb")));
  const named = process.env.ONETILL_POSTGRES_BIN;
  if (named !== undefined) return named;
  if (newest !== undefined) return join(DEBIAN, String(newest), "bin");
  throw new Error(
    "No PostgreSQL found for the tests. Install it (Debian: apt-get install postgresql) or set ONETILL_POSTGRES_BIN to the folder of its programs.",
  );
}
