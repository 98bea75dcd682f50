import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Client } from "pg";
import { ROW_TYPES } from "../../../sync-server/storage/postgres/database.ts";
import { PostgresStorage } from "../../../sync-server/storage/postgres/storage.ts";
import { inPostgresWords } from "../../../sync-server/storage/postgres/words.ts";
import { createSecretBox } from "../../../sync-server/storage/secrets/secret-box.ts";
import type { Row, SqlInput } from "../../../sync-server/storage/sql/database.ts";
import type { Disk } from "../disk.ts";
import type { ServerData } from "../server-data.ts";
import type { VirtualTime } from "../virtual-time.ts";
import { DatabaseLine } from "./database-line.ts";

const PREFIX = "onetill_simulate";
/** Of a digest: enough that no two folders of a run have the same. */
const NAME_CHARS = 12;
const KEY_BYTES = 32;
const key = new Uint8Array(KEY_BYTES);
const SECRETS = createSecretBox({ place: "the simulation", known: () => key, make: () => key });

export interface PostgresOfWorld {
  /** Any database of a PostgreSQL whose user may make more. */
  readonly url: string;
  /** The folder of the world; those of its servers are in it. */
  readonly root: string;
  readonly time: VirtualTime;
  readonly note: (what: string) => void;
}

/** A database of PostgreSQL for each folder. */
export class PostgresData implements ServerData {
  readonly #of: PostgresOfWorld;
  readonly #names = new Map<string, string>();
  #line: DatabaseLine | null = null;
  #beside: { readonly database: string; readonly client: Client } | null = null;

  constructor(of: PostgresOfWorld) {
    this.#of = of;
    // No time passes while the database is asked something.
    of.time.heed(
      () => this.#line?.isBusy === true,
      async () => this.#line?.atRest(),
    );
  }

  get line(): DatabaseLine | null {
    return this.#line;
  }

  async open(folder: string, disk: Disk, isRunning: () => boolean): Promise<PostgresStorage> {
    const { time, note } = this.#of;
    const database = this.#nameOf(folder);
    await this.#makeWhereMissing(database);
    await this.#untilNobodyIsIn(database);
    const line = new DatabaseLine(disk, note);
    line.isDown = this.#line?.isDown ?? false;
    this.#line = line;
    return PostgresStorage.open(this.#urlOf(database), {
      secrets: SECRETS,
      world: {
        stream: line.stream,
        every: (ms, work) =>
          time.every(ms, () => {
            if (isRunning()) work();
          }),
      },
    });
  }

  /** What was committed is there, and PostgreSQL takes back the rest. */
  cutOff(from: string, to: string): void {
    this.#line?.leave();
    this.#names.set(to, this.#nameOf(from));
  }

  /** Nobody may be in a database that is copied: a server that runs loses its connections. */
  async copy(from: string, to: string): Promise<void> {
    const [source, copy] = [this.#nameOf(from), databaseOf(to)];
    this.#line?.breakAll();
    await this.#untilNobodyIsIn(source);
    await this.#tell([
      `DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`,
      `CREATE DATABASE ${copy} TEMPLATE ${source} STRATEGY FILE_COPY`,
    ]);
    mkdirSync(to, { recursive: true });
    this.#names.set(to, copy);
  }

  async all(folder: string, sql: string, ...given: readonly SqlInput[]): Promise<readonly Row[]> {
    const client = await this.#besideIn(this.#nameOf(folder));
    const { text, values } = inPostgresWords(sql, given);
    return (await client.query<Row>({ text, values: [...values], types: ROW_TYPES })).rows;
  }

  async close(): Promise<void> {
    this.#line?.leave();
    await this.#leaveBeside();
    await dropAll(this.#of.url, prefixOf(this.#of.root));
  }

  #nameOf(folder: string): string {
    return this.#names.get(folder) ?? databaseOf(folder);
  }

  #urlOf(database: string): string {
    return this.#of.url.replace(/[^/?]*(?=$|\?)/, database);
  }

  async #makeWhereMissing(database: string): Promise<void> {
    const client = await this.#besideIn(null);
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database} ENCODING 'UTF8' TEMPLATE template0`);
  }

  /** PostgreSQL has noticed who is gone, and taken back what they had begun. */
  async #untilNobodyIsIn(database: string): Promise<void> {
    const client = await this.#besideIn(null);
    const isSomebodyIn = async (): Promise<boolean> => {
      const found = await client.query(
        "SELECT pg_sleep(0.001) FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend' LIMIT 1",
        [database],
      );
      return found.rows.length > 0;
    };
    while (await isSomebodyIn());
  }

  async #tell(statements: readonly string[]): Promise<void> {
    const client = await this.#besideIn(null);
    for (const statement of statements) await client.query(statement);
  }

  /** A connection beside the server's, to one database at a time; null: to the one that was named to the simulation. */
  async #besideIn(database: string | null): Promise<Client> {
    const wanted = database ?? "";
    if (this.#beside?.database === wanted) return this.#beside.client;
    await this.#leaveBeside();
    const { url } = this.#of;
    const client = new Client({ connectionString: database === null ? url : this.#urlOf(database) });
    await client.connect();
    this.#beside = { database: wanted, client };
    return client;
  }

  async #leaveBeside(): Promise<void> {
    await this.#beside?.client.end();
    this.#beside = null;
  }
}

/** Drops whatever a run of days has made in a PostgreSQL; `folder`: where its disks were. */
export async function dropDatabasesOf(url: string, folder: string): Promise<void> {
  await dropAll(url, `${PREFIX}_${digest(folder)}_`);
}

async function dropAll(url: string, prefix: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query<{ readonly name: string }>(
      "SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)",
      [prefix],
    );
    for (const { name } of found.rows) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}

/** By run, world and folder: a digest of each. */
function databaseOf(folder: string): string {
  return `${prefixOf(dirname(folder))}${digest(folder)}`;
}

function prefixOf(root: string): string {
  return `${PREFIX}_${digest(dirname(root))}_${digest(root)}_`;
}

function digest(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, NAME_CHARS);
}
