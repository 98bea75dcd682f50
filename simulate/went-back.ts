import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { wrongAtQuiet } from "./check/invariants.ts";
import { untilQuiet } from "./check/quiet.ts";
import { WhileEntriesWait } from "./check/waiting.ts";
import { Day } from "./day/day.ts";
import { FAULTS } from "./day/faults.ts";
import { MACHINES } from "./day/machines.ts";
import { SALES } from "./day/sales.ts";
import { takeStep } from "./run-seed.ts";
import { copyFolder } from "./world/disk.ts";
import { makeFolder, removeFolder } from "./world/morning.ts";
import { type Morning, World } from "./world/world.ts";

/** A program of its own, for nothing else may go on beside a simulation: `node simulate/went-back.ts SEED …`. Its last line is what was wrong, by seed. */

const STEPS = 30;
const MINUTE_MS = 60_000;
const ACTS = [...SALES, ...FAULTS];
/** Ten numbers are left free by the time the fourth till is paired. */
const REGISTERS = [1, 1, 2, 12];

/** What the server was before its second and third till were paired. */
interface Before extends Morning {
  readonly early: string;
}

async function before(folder: string): Promise<Before> {
  const world = new World({ seed: 0, folder });
  try {
    await world.openServer();
    await world.openTill("BER1");
    const early = join(folder, "early");
    world.server.backup(early);
    await world.openTill("BER1");
    await world.openTill("HAM1");
    return { early, ...(await world.keep(mkdtempSync(join(folder, "morning-")))) };
  } finally {
    await world.close();
  }
}

async function steps(day: Day): Promise<void> {
  const waiting = new WhileEntriesWait(day);
  for (let step = 0; step < STEPS; step += 1) {
    await day.world.time.pass(day.random.between({ from: 0, to: 2 * MINUTE_MS }));
    await takeStep(day, ACTS);
    day.world.contradictions.push(...(await waiting.wrong()));
  }
}

/** Puts the server back to its newest backup, as `restore` does. */
async function putBack(day: Day): Promise<void> {
  const act = MACHINES.find(({ name }) => name === "put the server back");
  for (let said = "not today"; said === "not today"; ) said = (await act?.run(day)) ?? "";
  await day.world.server.within(({ storage }) => storage.write((tx) => tx.skipRegisters([])));
}

/** A server goes back to a time before its tills, twice: they are killed, cut off and lied to by the network as they come back. */
async function wrongOf(seed: number, { folder, kept }: { readonly folder: string; readonly kept: Before }) {
  const world = new World({ seed, folder });
  const day = new Day(world, seed);
  const wrong: string[] = [];
  const look = async (when: string): Promise<void> => {
    const difference = await untilQuiet(day);
    const found = difference === null ? await wrongAtQuiet(day) : [difference];
    wrong.push(...found.map((each) => `${when}: ${each}`));
  };
  try {
    await world.begin(kept, () => 0);
    copyFolder(kept.early, join(world.root, "backup-server"));
    await steps(day);
    await look("before");
    await putBack(day);
    await steps(day);
    await look("let in");
    await world.openTill("BER1");
    await steps(day);
    await putBack(day);
    await look("let in again");
    const devices = await world.server.within(({ storage }) => storage.read((tx) => tx.devices()));
    const registers = devices.map(({ register }) => register).toSorted((one, other) => one - other);
    if (!isDeepStrictEqual(registers, REGISTERS)) wrong.push(`the registers are ${registers.join(", ")}`);
    const letIn = devices.filter(({ letInAt }) => letInAt !== null).length;
    if (letIn !== 3) wrong.push(`${letIn} tills were let in`);
    wrong.push(...world.defects, ...world.contradictions);
  } catch (error) {
    wrong.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  } finally {
    await world.close().catch(() => undefined);
  }
  return wrong;
}

const folder = makeFolder();
try {
  const kept = await before(folder);
  const found: Record<string, readonly string[]> = {};
  for (const seed of process.argv.slice(2)) found[seed] = await wrongOf(Number(seed), { folder, kept });
  console.log(JSON.stringify(found));
} finally {
  removeFolder(folder);
}
