import { DayLog, type LoggedDay } from "./day-log.ts";
import { MUTATIONS } from "./mutations.ts";
import { type Options, readOptions, SIMULATE_HELP } from "./options.ts";
import { runSeed, type SeedOutcome } from "./run-seed.ts";
import { daysOf, runDays } from "./run-seeds.ts";
import { makeFolder, removeFolder } from "./world/morning.ts";
import { withEngine } from "./world/postgres/engine.ts";
import { dropDatabasesOf } from "./world/postgres/postgres-data.ts";

const PROGRESS_EVERY_S = 60;
/** Of what is wrong in a day: one thing brings about others. */
const MOST_SHOWN = 10;

const options = readOptions(process.argv.slice(2));
if (options.ok) {
  run(options.value).then(
    (isWell) => process.exit(isWell ? 0 : 1),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
} else if (options.reason === "help") {
  console.log(SIMULATE_HELP);
} else {
  console.error(`${options.reason}\n\n${SIMULATE_HELP}`);
  process.exit(2);
}

/** Whether all went well. */
function run(asked: Options): Promise<boolean> {
  return withEngine(asked.engine, (postgres) => {
    if (asked.mutations) return runMutations({ ...asked, postgres });
    return asked.trace ? runTraced({ ...asked, postgres }) : runAll({ ...asked, postgres });
  });
}

type OnEngine = Options & { readonly postgres: string | null };

async function runAll({ seeds, first, json, log: file, postgres, ...day }: OnEngine): Promise<boolean> {
  const say = (text: string) => {
    if (!json) console.log(text);
  };
  const engine = postgres === null ? "sqlite" : "postgres";
  const log = file === null ? null : DayLog.open(file, { ...dayOf(day), engine });
  if (log !== null && !log.ok) {
    console.error(log.reason);
    return false;
  }
  const all = Array.from({ length: seeds }, (_, place) => first + place);
  const over = all.flatMap((seed) => log?.value.day(seed) ?? []);
  const toRun = all.filter((seed) => log?.value.has(seed) !== true);
  if (over.length > 0) say(`${over.length} days are in ${file} already, ${toRun.length} are to be run`);
  const days: LoggedDay[] = [...over];
  for (const each of over) if (each.wrong.length > 0) say(wrongText(each));
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1000;
  let saidAt = 0;
  await runDays({
    ...dayOf(day),
    postgres,
    days: daysOf(toRun, null),
    onOutcome(outcome) {
      days.push({ ...outcome, wrong: [...outcome.wrong] });
      log?.value.add(outcome);
      if (outcome.wrong.length > 0) say(wrongText(outcome));
      if (seconds() - saidAt >= PROGRESS_EVERY_S) {
        saidAt = seconds();
        say(progressText(days, all.length, saidAt / (days.length - over.length)));
      }
      return true;
    },
  });
  say(`${toRun.length} seeds in ${Math.round(seconds())} s`);
  console.log(lastLine(days));
  return days.every(({ wrong }) => wrong.length === 0);
}

function progressText(days: readonly LoggedDay[], all: number, secondsEach: number): string {
  const failed = days.filter(({ wrong }) => wrong.length > 0).length;
  const minutes = Math.ceil(((all - days.length) * secondsEach) / 60);
  return `${days.length} of ${all}, ${failed} failed, about ${minutes} minutes to go`;
}

async function runTraced({ first, postgres, ...day }: OnEngine): Promise<boolean> {
  const folder = makeFolder();
  const onLine = (line: string) => console.log(line);
  const outcome = await runSeed({ ...dayOf(day), seed: first, folder, postgres, onLine });
  removeFolder(folder);
  if (postgres !== null) await dropDatabasesOf(postgres, folder);
  if (outcome.wrong.length > 0) console.log(wrongText(outcome));
  console.log(`trace ${outcome.trace}`);
  console.log(lastLine([{ ...outcome, wrong: [...outcome.wrong] }]));
  return outcome.wrong.length === 0;
}

/** Each seeded bug has to be found. */
async function runMutations({ seeds, first, json, only, postgres, ...day }: OnEngine): Promise<boolean> {
  let isWell = true;
  const asked = MUTATIONS.filter(({ name, on }) =>
    only === null ? on === undefined || postgres !== null : name === only,
  );
  for (const { name, what } of asked) {
    let found: SeedOutcome | null = null;
    let run = 0;
    const all = Array.from({ length: seeds }, (_, place) => first + place);
    await runDays({
      ...dayOf(day),
      postgres,
      days: daysOf(all, name),
      onOutcome(outcome) {
        run += 1;
        if (outcome.wrong.length === 0) return true;
        found ??= outcome;
        return false;
      },
    });
    // TypeScript does not see that the callback sets it.
    const outcome = found as SeedOutcome | null;
    if (outcome === null) isWell = false;
    const result = {
      mutation: name,
      what,
      found: outcome !== null,
      seeds: run,
      by: outcome?.wrong[0] ?? null,
    };
    if (json) console.log(JSON.stringify(result));
    else
      console.log(
        `${outcome === null ? "NOT FOUND" : `found after ${run}`}: ${name}: ${what}\n  ${firstLine(outcome?.wrong[0])}`,
      );
  }
  return isWell;
}

function dayOf({ steps, tills, hours }: Pick<Options, "steps" | "tills" | "hours">) {
  return { steps, tills, hours };
}

function wrongText({ seed, wrong }: Pick<SeedOutcome, "seed" | "wrong">): string {
  return `seed ${seed}:\n${wrong
    .map((each) => `  ${each}`)
    .slice(0, MOST_SHOWN)
    .join("\n")}`;
}

function firstLine(text: string | undefined): string {
  return text?.split("\n")[0] ?? "";
}

function lastLine(outcomes: readonly LoggedDay[]): string {
  const sum = (of: (outcome: LoggedDay) => number) => outcomes.reduce((all, each) => all + of(each), 0);
  return JSON.stringify({
    seeds: outcomes.length,
    failed: outcomes
      .filter(({ wrong }) => wrong.length > 0)
      .map(({ seed }) => seed)
      .toSorted((a, b) => a - b),
    tickets: sum(({ tickets }) => tickets),
    faults: sum(({ faults }) => faults),
    kills: sum(({ kills }) => kills),
  });
}
