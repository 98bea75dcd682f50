import { expect, test } from "vitest";
import { runSeed, type SeedOutcome } from "./run-seed.ts";
import { runSeeds } from "./run-seeds.ts";

/** Short days: `npm run simulate -- --seeds 500` runs long ones, and many. */
const SHORT = { steps: 60, tills: null, hours: 0.03 } as const;
const SEEDS = 24;
/** However busy the machine is. */
const LONG_MS = 300_000;

test(
  "whatever fails on it, a day leaves every ticket booked once, every sum right and every till in step",
  async () => {
    const outcomes: SeedOutcome[] = [];
    await runSeeds({
      ...SHORT,
      seeds: Array.from({ length: SEEDS }, (_, place) => 1_000 + place),
      mutation: null,
      onOutcome: (outcome) => {
        outcomes.push(outcome);
        return true;
      },
    });
    expect(
      outcomes.filter(({ wrong }) => wrong.length > 0).map(({ seed, wrong }) => ({ seed, wrong })),
    ).toEqual([]);
    expect(outcomes).toHaveLength(SEEDS);
    // A day on which nothing was sold or nothing failed would say nothing.
    expect(outcomes.reduce((sum, { tickets }) => sum + tickets, 0)).toBeGreaterThan(5 * SEEDS);
    expect(outcomes.reduce((sum, { kills }) => sum + kills, 0)).toBeGreaterThan(SEEDS);
  },
  LONG_MS,
);

test(
  "a seed goes the same way each time, word by word",
  async () => {
    const first = await runSeed({ ...SHORT, seed: 7 });
    const again = await runSeed({ ...SHORT, seed: 7 });
    expect(again.trace).toBe(first.trace);
    expect((await runSeed({ ...SHORT, seed: 8 })).trace).not.toBe(first.trace);
  },
  LONG_MS,
);
