import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where Debian's packages lay a version's programs. */
const DEBIAN = "/usr/lib/postgresql";
const SETTINGS = ["wal_level=minimal", "max_wal_senders=0", "listen_addresses=", "max_connections=100"];
/** Words are ordered as in a dictionary unless a column or a statement says otherwise: as on most machines, and not as SQLite does. */
const ORDER = ["--locale-provider=icu", "--icu-locale=en-US"];
/**
 * Runs PostgreSQL for as long as whoever started it lives and wants it, and leaves nothing of it: also where a process of its user was killed. With each line that it is sent PostgreSQL falls and comes
 * back as a standby.
 */
const KEEPER = `"$@" & server=$!; while read -r _; do kill -QUIT $server; wait $server; touch "$FOLDER/data/standby.signal"; "$@" & server=$!; done
  kill -QUIT $server; wait $server; rm -rf "$FOLDER"`;
const READY = "database system is ready to accept connections";
const READY_AS_STANDBY = "database system is ready to accept read-only connections";

/** A PostgreSQL server of this very process, on a socket in a folder of its own, for tests and benchmarks. */
export interface OwnPostgres {
  /** The address of a database in it; `postgres` is there. */
  url(database: string): string;
  /** The process that all others of it come from. */
  readonly pid: number;
  /** It falls, and a standby is there in its place that takes over once it is promoted. It has to be started with `wal_level=replica`. */
  becomeStandby(): Promise<void>;
  /** Ends it at once; nothing of it is left. */
  stop(): Promise<void>;
}

/** Starts one with these settings (`name=value`). Throws, with what to install, where this machine has no PostgreSQL. */
export async function startOwnPostgres(settings: readonly string[]): Promise<OwnPostgres> {
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
  const set = [...SETTINGS, ...settings].flatMap((each) => ["-c", each]);
  const program = [...asItself, join(programs, "postgres"), "-D", data, "-k", folder, ...set];
  const keeper = spawn("sh", ["-c", KEEPER, "sh", ...program], {
    cwd: "/",
    env: { ...process.env, FOLDER: folder },
    stdio: ["pipe", "ignore", "pipe"],
    detached: true,
  });
  const ended = once(keeper, "exit");
  /** Unless it is to end first: then the words come after. */
  const says = (words: string, endsFirst = false) =>
    new Promise<void>((done, fail) => {
      let said = "";
      const hear = (piece: Buffer): void => {
        said += piece.toString();
        if (said.includes(words)) end(done);
        else if (!endsFirst && said.includes("database system is shut down"))
          end(() => fail(new Error(`PostgreSQL ended at once:\n${said}`)));
      };
      const gone = (): void => end(() => fail(new Error(`PostgreSQL did not start:\n${said}`)));
      const end = (how: () => void): void => {
        keeper.stderr.off("data", hear);
        keeper.off("exit", gone);
        keeper.stderr.resume();
        how();
      };
      keeper.stderr.on("data", hear);
      keeper.once("exit", gone);
    });
  await says(READY);
  // It keeps no process from ending.
  keeper.unref();
  for (const pipe of [keeper.stdin, keeper.stderr]) if (pipe instanceof Socket) pipe.unref();
  return {
    pid: Number.parseInt(readFileSync(join(data, "postmaster.pid"), "utf8"), 10),
    url: (database) => `postgres://onetill@${encodeURIComponent(folder)}/${database}`,
    becomeStandby: async () => {
      const isThere = says(READY_AS_STANDBY, true);
      keeper.stdin.write("\n");
      await isThere;
    },
    stop: async () => {
      keeper.ref();
      keeper.stdin.end();
      await ended;
    },
  };
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
    "No PostgreSQL found. Install it (Debian: apt-get install postgresql) or set ONETILL_POSTGRES_BIN to the folder of its programs.",
  );
}
