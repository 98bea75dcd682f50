import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Benchmark, ENGINES, type Engine, type Size } from "./benchmark.ts";

export interface Options {
  readonly benchmark: Benchmark;
  readonly size: Size;
  readonly json: boolean;
  /** Where the programs keep their data while they are measured; null: the system's folder for such things. */
  readonly dir: string | null;
  /** A folder that is kept: what was made up in it once is measured again; null: none is. */
  readonly data: string | null;
  /** The PostgreSQL database to measure; null: SQLite. */
  readonly databaseUrl: string | null;
  readonly engine: Engine;
  /** The only one to run; null: all there are. */
  readonly scenario: string | null;
}

export type Reading =
  | { readonly kind: "run"; readonly options: Options }
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly message: string };

const MAX_SKUS = 1_000_000;
const MAX_PROFILES = 2_000_000;
const MAX_LINES = 10_000_000;
const MAX_SAMPLES = 100_000;
const MAX_ROUNDS = 100;
const MAX_TILLS = 20_000;
const MAX_SECONDS = 86_400;
const MAX_DOWN_SECONDS = 3_600;

/** Reads the command line after `npm run bench --`. Relative folders count from `cwd`. */
export function readOptions(
  args: readonly string[],
  { benchmarks, cwd }: { readonly benchmarks: readonly Benchmark[]; readonly cwd: string },
): Reading {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return wrong(error instanceof Error ? `${error.message.split(". ")[0]}.` : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help === true) return { kind: "help" };
  const [name, ...more] = positionals;
  if (name === undefined) return wrong("Which benchmark? Name one.");
  const benchmark = benchmarks.find((each) => each.name === name);
  if (benchmark === undefined)
    return wrong(
      `There is no benchmark "${name}"; there are ${benchmarks.map((each) => each.name).join(", ")}.`,
    );
  if (more.length > 0) return wrong(`One benchmark at a time: "${more[0]}" is one too many.`);
  const skus = wholeNumber(values.skus, { usual: benchmark.usual.skus, most: MAX_SKUS });
  if (skus === null) return wrong(`--skus needs a number from 1 to ${MAX_SKUS}, not "${values.skus}".`);
  const samples = wholeNumber(values.samples, { usual: benchmark.usual.samples, most: MAX_SAMPLES });
  if (samples === null)
    return wrong(`--samples needs a number from 1 to ${MAX_SAMPLES}, not "${values.samples}".`);
  const profiles = wholeNumber(values.profiles, { usual: benchmark.usual.profiles ?? 1, most: MAX_PROFILES });
  if (profiles === null)
    return wrong(`--profiles needs a number from 1 to ${MAX_PROFILES}, not "${values.profiles}".`);
  const book = benchmark.usual.profiles === undefined ? {} : { profiles };
  const lines = wholeNumber(values.lines, { usual: benchmark.usual.lines ?? 1, most: MAX_LINES });
  if (lines === null) return wrong(`--lines needs a number from 1 to ${MAX_LINES}, not "${values.lines}".`);
  const sold = benchmark.usual.lines === undefined ? {} : { lines };
  const rounds = wholeNumber(values.rounds, { usual: benchmark.usual.rounds ?? 1, most: MAX_ROUNDS });
  if (rounds === null)
    return wrong(`--rounds needs a number from 1 to ${MAX_ROUNDS}, not "${values.rounds}".`);
  const again = benchmark.usual.rounds === undefined ? {} : { rounds };
  const tills = wholeNumber(values.tills, { usual: benchmark.usual.tills ?? 1, most: MAX_TILLS });
  if (tills === null) return wrong(`--tills needs a number from 1 to ${MAX_TILLS}, not "${values.tills}".`);
  const seconds = wholeNumber(values.seconds, { usual: benchmark.usual.seconds ?? 1, most: MAX_SECONDS });
  if (seconds === null)
    return wrong(`--seconds needs a number from 1 to ${MAX_SECONDS}, not "${values.seconds}".`);
  const down = wholeNumber(values.down, { usual: benchmark.usual.down ?? 1, most: MAX_DOWN_SECONDS });
  if (down === null)
    return wrong(`--down needs a number from 1 to ${MAX_DOWN_SECONDS}, not "${values.down}".`);
  if (values.down !== undefined && benchmark.usual.down === undefined)
    return wrong(`${name} kills no server: it knows no --down.`);
  const chain = {
    ...(benchmark.usual.down === undefined ? {} : { down }),
    ...(benchmark.usual.tills === undefined ? {} : { tills }),
    ...(benchmark.usual.seconds === undefined ? {} : { seconds }),
  };
  const engine = ENGINES.find((each) => each === (values.engine ?? ENGINES[0]));
  if (engine === undefined) return wrong(`--engine is ${ENGINES.join(" or ")}, not "${values.engine}".`);
  if (values.engine !== undefined && benchmark.onEngines !== true)
    return wrong(`${name} starts no server on an engine of your choice: it knows no --engine.`);
  const scenario = values.scenario ?? null;
  const { scenarios = [] } = benchmark;
  if (scenario !== null && !scenarios.includes(scenario))
    return wrong(`${name} has no scenario "${scenario}"; it has ${scenarios.join(", ") || "none"}.`);
  if (values.dir?.trim() === "") return wrong("--dir needs a folder.");
  const dir = values.dir === undefined ? null : resolve(cwd, values.dir);
  if (values.data?.trim() === "") return wrong("--data needs a folder.");
  if (values.data !== undefined && benchmark.keepsData !== true)
    return wrong(`${name} makes its data up anew each time: it knows no --data.`);
  const databaseUrl = values["database-url"] ?? null;
  if (databaseUrl !== null && benchmark.onPostgres !== true)
    return wrong(`${name} runs on SQLite alone: it knows no --database-url.`);
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl))
    return wrong("--database-url begins with postgres://.");
  const data = values.data === undefined ? null : resolve(cwd, values.data);
  return {
    kind: "run",
    options: {
      benchmark,
      size: { skus, samples, ...book, ...sold, ...again, ...chain },
      json: values.json ?? false,
      dir,
      data,
      databaseUrl,
      engine,
      scenario,
    },
  };
}

export function helpFor(benchmarks: readonly Benchmark[]): string {
  const width = Math.max(...benchmarks.map(({ name }) => name.length));
  const list = benchmarks.map(({ name, what, usual, scenarios }) =>
    [
      `  ${name.padEnd(width)}   ${what}`,
      `  ${" ".repeat(width)}   (${Object.entries(usual)
        .map(([option, value]) => `--${option} ${value}`)
        .join(" ")} unless said otherwise)`,
      ...(scenarios === undefined ? [] : [`  ${" ".repeat(width)}   scenarios: ${scenarios.join(", ")}`]),
    ].join("\n"),
  );
  return `How fast Onetill is, each figure beside a floor measured in the same run.

  npm run bench -- NAME [--skus N] [--samples N] [--dir DIR | --data DIR] [--database-url URL] [--json]
  npm run bench -- load|herd [--engine sqlite|postgres] [--scenario NAME] [--tills N] [--seconds N] [--down N] [--skus N] [--json]

${list.join("\n")}

  --skus N      articles in the shop
  --profiles N  customers in the book, where there are any
  --lines N     lines of tickets, where there are any
  --tills N     tills at work at the same time
  --seconds N   how long they are, where a scenario is about that
  --down N      seconds that the server is away, where a scenario kills it
  --engine E    what the server stands on: sqlite, or postgres, which is started for the run
  --scenario S  only this one of a benchmark's scenarios
  --samples N   how often what is measured is done
  --rounds N    how often everything is measured anew, where it is more than once (peers)
  --dir DIR     a folder on the disk to measure (default: the system's for temporary files); cleared away afterwards
  --data DIR    a folder that is kept: what was made up in it is measured again the next time (${keeping(benchmarks)})
  --database-url URL
                a PostgreSQL database of its own to measure (reports, sizes, fan-out); filled where it is empty, and kept
  --json        one JSON object per line and metric instead of a table
  --help        this text

Exit status: 0 when it ran, whatever the figures; 1 when it could not be measured, or something happened that never must (a till was never told of an acknowledged sale); 2 wrong command line.`;
}

function keeping(benchmarks: readonly Benchmark[]): string {
  return benchmarks.flatMap(({ name, keepsData }) => (keepsData === true ? [name] : [])).join(", ");
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    strict: true,
    allowPositionals: true,
    options: {
      skus: { type: "string" },
      samples: { type: "string" },
      profiles: { type: "string" },
      lines: { type: "string" },
      rounds: { type: "string" },
      dir: { type: "string" },
      data: { type: "string" },
      "database-url": { type: "string" },
      tills: { type: "string" },
      seconds: { type: "string" },
      down: { type: "string" },
      engine: { type: "string" },
      scenario: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
}

/** Null when the text is no whole number from 1 to `most`. */
function wholeNumber(
  text: string | undefined,
  { usual, most }: { readonly usual: number; readonly most: number },
): number | null {
  if (text === undefined) return usual;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= most ? number : null;
}

function wrong(message: string): Reading {
  return { kind: "wrong", message };
}
