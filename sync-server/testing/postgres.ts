import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
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
/** Nothing of these databases outlives the test: what a power cut would need is left out. */
const SETTINGS = [
  "fsync=off",
  "synchronous_commit=off",
  "full_page_writes=off",
  "listen_addresses=",
  "max_connections=60",
];

const KEY_BYTES = 32;
const key = new Uint8Array(KEY_BYTES);
/** Opens and seals by one key that all servers of a test have. */
export const SECRETS_FOR_TESTS = createSecretBox({ place: "the test", known: () => key, make: () => key });

/** A PostgreSQL server of one's own for tests, on a socket in a folder of its own, and as many databases in it as one asks for. */
export class PostgresForTests {
  readonly #folder: string;
  readonly #stop: () => Promise<void>;
  #made = 0;

  private constructor(folder: string, stop: () => Promise<void>) {
    this.#folder = folder;
    this.#stop = stop;
  }

  /** Starts it. Throws, with what to install, where this machine has no PostgreSQL. */
  static async start(): Promise<PostgresForTests> {
    const programs = programsOf();
    const folder = mkdtempSync(join(tmpdir(), "onetill-postgres-"));
    const data = join(folder, "data");
    // PostgreSQL does not run as root: there it runs as its own user.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) {
      await run("chown", ["postgres", folder]);
      chmodSync(folder, 0o755);
    }
    const as = (program: string, args: readonly string[]): readonly [string, readonly string[]] =>
      isRoot
        ? [
            "setpriv",
            ["--reuid=postgres", "--regid=postgres", "--clear-groups", join(programs, program), ...args],
          ]
        : [join(programs, program), args];
    const [initdb, initArgs] = as("initdb", [
      "-D",
      data,
      "-U",
      "onetill",
      "--auth=trust",
      "--no-sync",
      "-E",
      "UTF8",
      "--locale=C.UTF-8",
    ]);
    await run(initdb, [...initArgs], { cwd: folder });
    const [postgres, args] = as("postgres", [
      "-D",
      data,
      "-k",
      folder,
      ...SETTINGS.flatMap((each) => ["-c", each]),
    ]);
    const child = spawn(postgres, [...args], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
    const exited = once(child, "exit");
    const stop = async (): Promise<void> => {
      child.kill("SIGINT");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    };
    process.once("exit", () => child.kill("SIGKILL"));
    await new Promise<void>((done, fail) => {
      let said = "";
      child.stderr.on("data", (piece: Buffer) => {
        said += piece.toString();
        if (said.includes("database system is ready to accept connections")) done();
      });
      child.once("exit", () => fail(new Error(`PostgreSQL ended at once:\n${said}`)));
    });
    const server = new PostgresForTests(folder, stop);
    await server.#ask(`CREATE DATABASE ${TEMPLATE}`);
    await (await PostgresStorage.open(server.#url(TEMPLATE), { secrets: SECRETS_FOR_TESTS })).close();
    return server;
  }

  /** An empty database of the newest schema; its address. */
  async database(): Promise<string> {
    this.#made += 1;
    const name = `onetill_${this.#made}`;
    await this.#ask(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY FILE_COPY`);
    return this.#url(name);
  }

  async stop(): Promise<void> {
    await this.#stop();
  }

  #url(database: string): string {
    return `postgres://onetill@${encodeURIComponent(this.#folder)}/${database}`;
  }

  async #ask(sql: string): Promise<void> {
    const client = new Client({ connectionString: this.#url("postgres") });
    await client.connect();
    await client.query(sql);
    await client.end();
  }
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
