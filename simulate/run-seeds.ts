import { type ChildProcess, fork } from "node:child_process";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { SeedOutcome } from "./run-seed.ts";
import { makeFolder, removeFolder } from "./world/morning.ts";
import { dropDatabasesOf } from "./world/postgres/postgres-data.ts";

/** A day, and the bug that is put between the programs on it; null: none. */
export interface DayAsked {
  readonly seed: number;
  readonly mutation: string | null;
}

export interface ManyDays {
  readonly steps: number;
  readonly tills: number | null;
  readonly hours: number;
  /** The address of a PostgreSQL that the servers use; null: SQLite. */
  readonly postgres: string | null;
  readonly days: Iterable<DayAsked>;
  /** Told of each day as it is over; answers whether the others are to be run still. */
  readonly onOutcome: (outcome: SeedOutcome, day: DayAsked) => boolean;
}

/** A day makes much that is soon forgotten, on top of two whole programs: with the room that Node gives at first, a fifth of the time goes into looking through it. */
const ROOM = ["--min-semi-space-size=32", "--max-semi-space-size=32", "--initial-old-space-size=400"];

/** A day sleeps a quarter of its time while files are written and closed: one process more than there are cores has something to do then. */
const MORE_THAN_CORES = 1;

/** Half of what a process takes to load two whole programs is compiling them, each time the same. */
const COMPILED = join(tmpdir(), "onetill-simulate-compiled");

/** The days of these seeds, all with the same bug or with none. */
export function* daysOf(seeds: Iterable<number>, mutation: string | null): Generator<DayAsked> {
  for (const seed of seeds) yield { seed, mutation };
}

/** Runs days in one process more than the machine has cores, a few of them at once, in their order. Rejects when a process fails. */
export async function runDays({ days, onOutcome, ...asked }: ManyDays): Promise<void> {
  const waiting = days[Symbol.iterator]();
  let isOver = false;
  const next = (): DayAsked | null => {
    const { done, value } = waiting.next();
    return isOver || done === true ? null : value;
  };
  const folder = makeFolder();
  const runner = async (): Promise<void> => {
    let day = next();
    if (day === null) return;
    const worker = fork(fileURLToPath(new URL("./seed-worker.ts", import.meta.url)), {
      execArgv: ROOM,
      env: { NODE_COMPILE_CACHE: COMPILED, ...process.env },
    });
    try {
      for (; day !== null; day = next())
        if (!onOutcome(await asking(worker, { ...asked, ...day, folder }), day)) isOver = true;
    } finally {
      await ended(worker);
    }
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() + MORE_THAN_CORES }, runner));
  } finally {
    removeFolder(folder);
    if (asked.postgres !== null) await dropDatabasesOf(asked.postgres, folder);
  }
}

function asking(worker: ChildProcess, asked: object): Promise<SeedOutcome> {
  return new Promise((resolve, reject) => {
    const over = (end: () => void): void => {
      worker.off("message", answered).off("error", failed).off("exit", left);
      end();
    };
    // What it sends is what `runSeed` answered.
    const answered = (outcome: unknown): void => over(() => resolve(outcome as SeedOutcome));
    const failed = (error: Error): void => over(() => reject(error));
    const left = (code: number | null): void => failed(new Error(`the process of a day ended with ${code}`));
    worker.on("message", answered).on("error", failed).on("exit", left);
    worker.send(asked);
  });
}

function ended(worker: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (worker.exitCode !== null || worker.signalCode !== null) return resolve();
    worker.once("exit", () => resolve());
    if (worker.connected) worker.disconnect();
  });
}
