import { resolve } from "node:path";
import { parseArgs } from "node:util";

export interface Options {
  readonly serverPort: number;
  readonly tillPort: number;
  readonly dataDir: string;
  /** A PostgreSQL database in place of the embedded one; null: whatever the environment says. */
  readonly databaseUrl: string | null;
  /** Delete what earlier starts left and begin anew. */
  readonly reset: boolean;
  /** Open a window or the default browser when the till is ready. */
  readonly open: boolean;
  /** Stay with the browser register even where Electron could run. */
  readonly browser: boolean;
}

export type Reading =
  | { readonly kind: "run"; readonly options: Options }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly message: string };

const DEFAULT_SERVER_PORT = 8787;
const HIGHEST_PORT = 65_535;

export const HELP = `npm start [-- OPTIONS]

Starts a demo shop on this machine: the sync server with made-up data, one paired till, the HQ console.

  --port N      port of the server; the till takes the next one (default ${DEFAULT_SERVER_PORT})
  --data DIR    where the data is kept between starts (default .data/demo)
  --database-url URL   a PostgreSQL database in place of the embedded one (or ONETILL_DATABASE_URL); --reset leaves it as it is
  --reset       delete what earlier starts left there and begin anew
  --browser     use the browser register even where Electron could run
  --no-open     open no window; only print the addresses
  --help        this text

Stop it with Ctrl-C.`;

/** Reads the command line of \`npm start\`. Relative folders count from \`cwd\`. */
export function readOptions(args: readonly string[], cwd: string): Reading {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      allowNegative: true,
      options: {
        port: { type: "string", default: String(DEFAULT_SERVER_PORT) },
        data: { type: "string", default: ".data/demo" },
        "database-url": { type: "string" },
        reset: { type: "boolean", default: false },
        open: { type: "boolean", default: true },
        browser: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return { kind: "help" };
    const serverPort = /^\d{1,5}$/.test(values.port) ? Number(values.port) : 0;
    if (serverPort < 1 || serverPort >= HIGHEST_PORT) {
      return {
        kind: "wrong",
        message: `--port needs a number from 1 to ${HIGHEST_PORT - 1}, not "${values.port}".`,
      };
    }
    if (values.data.trim() === "") return { kind: "wrong", message: "--data needs a folder." };
    return {
      kind: "run",
      options: {
        serverPort,
        tillPort: serverPort + 1,
        dataDir: resolve(cwd, values.data),
        databaseUrl: values["database-url"] ?? null,
        reset: values.reset,
        open: values.open,
        browser: values.browser,
      },
    };
  } catch (error) {
    return {
      kind: "wrong",
      message: error instanceof Error ? `${error.message.split(". ")[0]}.` : String(error),
    };
  }
}
