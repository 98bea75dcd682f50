import { VERSIONS_APART } from "#protocol/version.ts";
import { wrongAtQuiet } from "./check/invariants.ts";
import { retire, untilQuiet } from "./check/quiet.ts";
import { WhileEntriesWait } from "./check/waiting.ts";
import { CUSTOMERS, meetRegulars } from "./day/customers.ts";
import { DATABASE_FAULTS } from "./day/database-faults.ts";
import { type Act, Day } from "./day/day.ts";
import { FAULTS, switchOn } from "./day/faults.ts";
import { HQ } from "./day/hq.ts";
import { HURTS } from "./day/hurts.ts";
import { MACHINES } from "./day/machines.ts";
import { ORDERS } from "./day/orders.ts";
import { SALES } from "./day/sales.ts";
import { SYNCS } from "./day/syncs.ts";
import { morningOf } from "./world/morning.ts";
import { GivenUp } from "./world/till-machine.ts";
import { type Seams, World } from "./world/world.ts";

export interface SeedSettings {
  readonly seed: number;
  readonly steps: number;
  /** Null: as many as the seed says. */
  readonly tills: number | null;
  /** That the steps take, altogether. */
  readonly hours: number;
  /** Where the disks of its machines are. */
  readonly folder: string;
  /** The address of a PostgreSQL that the server uses; null: SQLite. */
  readonly postgres: string | null;
  readonly seams?: Seams;
  /** Told each line of what happens. */
  readonly onLine?: (line: string) => void;
}

export interface SeedOutcome {
  readonly seed: number;
  /** What was wrong; empty where nothing was. */
  readonly wrong: readonly string[];
  readonly tickets: number;
  readonly faults: number;
  readonly kills: number;
  /** How often it was compared what a till shows while entries of its own wait. */
  readonly compared: number;
  /** The same each time that the seed is run. */
  readonly trace: string;
  readonly lastLines: readonly string[];
}

const HOUR_MS = 3_600_000;
/** Everything is mended and looked at after so many steps. */
const STEPS_BETWEEN_CHECKS = 70;
/** So many tills of a hundred have not been brought to the server's version yet. */
const OLDER_PERCENT = 30;
const ACTS: readonly Act[] = [
  ...SALES,
  ...ORDERS,
  ...CUSTOMERS,
  ...HQ,
  ...FAULTS,
  ...MACHINES,
  ...HURTS,
  ...SYNCS,
];
const ACTS_ON_POSTGRES: readonly Act[] = [...ACTS, ...DATABASE_FAULTS];

/** A simulated day from its seed. Never throws: what goes wrong is in the outcome. */
export async function runSeed(settings: SeedSettings): Promise<SeedOutcome> {
  const { seed, folder, postgres, seams, onLine } = settings;
  const world = new World({
    seed,
    folder,
    postgres,
    ...(seams === undefined ? {} : { seams }),
    onLine: onLine ?? null,
  });
  const day = new Day(world, seed);
  const waiting = new WhileEntriesWait(day);
  const wrong: string[] = [];
  try {
    wrong.push(...(await live(day, waiting, settings)));
  } catch (error) {
    wrong.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  wrong.push(...world.defects.map((defect) => `a defect: ${defect}`));
  const outcome = {
    seed,
    wrong,
    tickets: day.told.sales.length,
    faults: world.faults,
    kills: world.kills,
    compared: waiting.compared,
    trace: world.traceHash(),
    lastLines: world.lastLines,
  };
  await world.close().catch(() => undefined);
  return outcome;
}

async function live(
  day: Day,
  waiting: WhileEntriesWait,
  { steps, tills, hours, folder, postgres, seams }: SeedSettings,
): Promise<readonly string[]> {
  const { world, random } = day;
  const acts = postgres === null ? ACTS : ACTS_ON_POSTGRES;
  const many = tills ?? random.between({ from: 1, to: 3 });
  const morning = await morningOf({ folder, postgres, tills: many, seams });
  await world.begin(morning, () =>
    random.chance(OLDER_PERCENT) ? random.between({ from: 1, to: VERSIONS_APART }) : 0,
  );
  for (const { till } of world.places) if (till.behind > 0) day.told.toldByNumber.add(till.deviceName);
  await meetRegulars(day);
  const restMs = (hours * HOUR_MS) / steps;
  for (let step = 1; step <= steps; step += 1) {
    await world.time.pass(random.between({ from: 0, to: Math.round(2 * restMs) }));
    await takeStep(day, acts);
    world.contradictions.push(...(await waiting.wrong()));
    if (world.contradictions.length > 0) return world.contradictions;
    if (step % STEPS_BETWEEN_CHECKS !== 0 && step !== steps) continue;
    const difference = await untilQuiet(day);
    if (difference !== null) return [`not in step after all was mended: ${difference}`];
    const wrong = await wrongAtQuiet(day);
    world.note(`quiet after ${step} steps: ${wrong.length === 0 ? "all is well" : wrong.join("; ")}`);
    if (wrong.length > 0) return wrong;
  }
  return [];
}

/** One of the acts, by its weight; before it, machines that are off may be switched on again. */
export async function takeStep(day: Day, acts: readonly Act[] = ACTS): Promise<void> {
  const { world, random } = day;
  if (!world.server.isUp && random.chance(40)) {
    const started = await world.server.start();
    world.note(started ? "the server started" : "the server did not start: its database failed it");
  }
  await retireTwins(day);
  for (const place of world.places)
    if (!place.till.isOn && random.chance(50)) world.note(await switchOn(day, place));
  const act = picked(day, acts);
  try {
    world.note(`${act.name}: ${await act.run(day)}`);
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
    world.note(`${act.name}: ${error.message}`);
  }
}

/** A twin is found out and switched off for good, in a while; whatever it could tell it has told. */
async function retireTwins(day: Day): Promise<void> {
  const { world, random } = day;
  for (const place of [...world.places])
    if (place.till.name !== place.till.deviceName && random.chance(3)) await retire(day, place);
}

function picked({ random }: Day, acts: readonly Act[]): Act {
  let place = random.between({ from: 1, to: acts.reduce((sum, { weight }) => sum + weight, 0) });
  for (const act of acts) {
    place -= act.weight;
    if (place <= 0) return act;
  }
  throw new Error("there is nothing to do");
}
