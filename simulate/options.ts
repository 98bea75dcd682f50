import { parseArgs } from "node:util";
import { ok, type Result, refused } from "#domain/result.ts";
import { isDatabaseUrl } from "../sync-server/storage/postgres/trouble.ts";
import { MUTATIONS } from "./mutations.ts";
import type { Engine } from "./world/postgres/engine.ts";

export interface Options {
  readonly seeds: number;
  readonly first: number;
  /** Null: as many as each seed says. */
  readonly tills: number | null;
  readonly hours: number;
  readonly steps: number;
  readonly json: boolean;
  /** Seeded bugs in place of the programs as they are. */
  readonly mutations: boolean;
  /** Of those only the one of this name; null: all. */
  readonly only: string | null;
  /** Everything that happens, line by line. */
  readonly trace: boolean;
  /** File with a line for each day that is over; those that are in it are not run again. Null: none. */
  readonly log: string | null;
  /** Where the servers keep what they know. */
  readonly engine: Engine;
}

const STEPS = 200;
/** Of simulated time for so many steps: a sale every two seconds. */
const HOURS = 0.1;
const MOST_TILLS = 6;

export const SIMULATE_HELP = `Days of made-up shops on real tills and a real server, with networks, disks, clocks and machines that fail.

  npm run simulate -- --seeds N [--first SEED] [--tills T] [--hours H] [--steps S] [--log FILE] [--json] [--trace]
                          [--engine sqlite|postgres] [--database-url URL]
  npm run simulate -- --mutations [--only NAME] [--seeds N] [--engine sqlite|postgres] [--database-url URL]

  --seeds N      so many days, each from a seed of its own (default 20)
  --first SEED   the first seed (default 1); a day that went wrong goes the same way again
  --tills T      so many tills (default: 1 to 3, as the seed says)
  --hours H      the simulated time of a day (default ${HOURS})
  --steps S      what people and faults do in it (default ${STEPS})
  --log FILE     keeps what became of each day, a line of JSON each, and goes on behind them when it is run again:
                 for a long run, such as --seeds 50000 --log days.ndjson
  --json         nothing but the last line
  --trace        everything that happens; for a single seed
  --engine NAME  where the server keeps what it knows: sqlite (default), or postgres, which starts one of its own and lets its connections and
                 commits fail as well
  --database-url URL  the same in a PostgreSQL that runs: any database of a user who may make more; none that is there is touched
  --mutations    seeded bugs, one after another: each has to be found within N seeds (default 200)
  --only NAME    with --mutations: this one alone
  --help         this text

The last line is {"seeds","failed":[…],"tickets","faults","kills"}. Exit status 1: some seed went wrong.`;

const NUMBERS = ["seeds", "first", "tills", "hours", "steps"] as const;

/** Reads the command line. The reason of a refusal is a sentence for the terminal; "help" asks for the text above. */
export function readOptions(args: readonly string[]): Result<Options, string> {
  let values: { [name in (typeof NUMBERS)[number]]?: string } & {
    json?: boolean;
    mutations?: boolean;
    trace?: boolean;
    log?: string;
    only?: string;
    engine?: string;
    "database-url"?: string;
    help?: boolean;
  };
  try {
    values = parseArgs({
      args: [...args],
      options: {
        seeds: { type: "string" },
        first: { type: "string" },
        tills: { type: "string" },
        hours: { type: "string" },
        steps: { type: "string" },
        json: { type: "boolean" },
        mutations: { type: "boolean" },
        trace: { type: "boolean" },
        log: { type: "string" },
        only: { type: "string" },
        engine: { type: "string" },
        "database-url": { type: "string" },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
  if (values.help === true) return refused("help");
  for (const name of NUMBERS) {
    const text = values[name];
    if (text === undefined) continue;
    const number = Number(text);
    const isFit = name === "hours" ? number > 0 : Number.isInteger(number) && number >= 1;
    if (!isFit) return refused(`--${name} ${text}: a number from 1 up.`);
  }
  const tills = values.tills === undefined ? null : Number(values.tills);
  if (tills !== null && tills > MOST_TILLS) return refused(`--tills ${tills}: at most ${MOST_TILLS}.`);
  const mutations = values.mutations === true;
  const only = values.only ?? null;
  if (only !== null && !MUTATIONS.some(({ name }) => name === only))
    return refused(`--only ${only}: one of ${MUTATIONS.map(({ name }) => name).join(", ")}.`);
  const engine = engineOf(values.engine, values["database-url"]);
  if (!engine.ok) return engine;
  return ok({
    seeds: Number(values.seeds ?? (mutations ? "200" : "20")),
    first: Number(values.first ?? "1"),
    tills,
    hours: Number(values.hours ?? HOURS),
    steps: Number(values.steps ?? STEPS),
    json: values.json === true,
    mutations,
    only,
    trace: values.trace === true,
    log: values.log ?? null,
    engine: engine.value,
  });
}

function engineOf(name: string | undefined, url: string | undefined): Result<Engine, string> {
  if (name !== undefined && name !== "sqlite" && name !== "postgres")
    return refused(`--engine ${name}: sqlite or postgres.`);
  if (url === undefined) return ok({ kind: name === "postgres" ? "ownPostgres" : "sqlite" });
  if (name === "sqlite") return refused("--database-url goes with --engine postgres.");
  if (!isDatabaseUrl(url))
    return refused("--database-url: an address as postgres://user@host:port/database.");
  if (new URL(url).search !== "")
    return refused("--database-url: no TLS, and nothing else behind a question mark.");
  return ok({ kind: "postgres", url });
}
