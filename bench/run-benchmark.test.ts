import { expect, test } from "vitest";
import type { Benchmark } from "./benchmark.ts";
import { wakesOf } from "./load/watched.ts";
import { runBenchmark } from "./run-benchmark.ts";

const RUN = {
  skus: 1,
  samples: 1,
  folder: "/nowhere",
  databaseUrl: null,
  engine: "sqlite",
  scenario: null,
} as const;

/** A benchmark that times 400 wake-ups, some of which never came. */
function wakes(unheard: number): Benchmark {
  return {
    name: "load",
    what: "wake-ups",
    usual: { skus: 1, samples: 1 },
    async *run() {
      const woken = Array.from({ length: 400 }, () => 30_000);
      yield* wakesOf({ name: "steady", heard: { woken, unheard }, floor: [1], params: {} });
    },
  };
}

async function ran(benchmark: Benchmark) {
  const printed: string[] = [];
  const told: string[] = [];
  const faults = await runBenchmark(benchmark, RUN, {
    json: true,
    print: (line) => printed.push(line),
    tell: (line) => told.push(line),
  });
  return { printed, told, faults };
}

test("a wake-up that never came is a fault, told plainly; the figures are printed all the same", async () => {
  const { printed, told, faults } = await ran(wakes(3));
  expect(faults).toEqual(["steady: 3 of 400 wake-ups never came"]);
  expect(told.at(-1)).toBe("This must never happen, and did: steady: 3 of 400 wake-ups never came.");
  expect(printed).toHaveLength(3);
  for (const line of printed) expect(line).toContain('"unheard":3');
});

test("where all came there is none", async () => {
  expect(await ran(wakes(0))).toMatchObject({ faults: [], told: [] });
});
