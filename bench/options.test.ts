import { describe, expect, test } from "vitest";
import type { Benchmark } from "./benchmark.ts";
import { helpFor, readOptions } from "./options.ts";

function benchmark(name: string): Benchmark {
  return {
    name,
    what: `how fast ${name} is`,
    usual: { skus: 2_000, samples: 50 },
    run: async function* () {},
  };
}

const benchmarks = [benchmark("first-sync"), benchmark("search")];
const read = (...args: string[]) => readOptions(args, { benchmarks, cwd: "/shop" });

function sizeOf(...args: string[]) {
  const reading = read(...args);
  return reading.kind === "run" ? reading.options.size : reading;
}

function complaint(...args: string[]): string {
  const reading = read(...args);
  return reading.kind === "wrong" ? reading.message : reading.kind;
}

describe("a benchmark of many tills", () => {
  const load: Benchmark = {
    ...benchmark("load"),
    usual: { skus: 5, samples: 1, tills: 100, seconds: 60, down: 2 },
    onEngines: true,
    scenarios: ["steady", "idle"],
  };
  const asked = (...args: string[]) => {
    const reading = readOptions(["load", ...args], { benchmarks: [load, ...benchmarks], cwd: "/" });
    return reading.kind === "run" ? reading.options : reading;
  };

  test("has tills, seconds, an engine and scenarios", () => {
    expect(asked()).toMatchObject({ size: load.usual, engine: "sqlite", scenario: null });
    expect(
      asked("--tills", "9", "--seconds", "3", "--down", "90", "--engine", "postgres", "--scenario", "idle"),
    ).toMatchObject({ size: { tills: 9, seconds: 3, down: 90 }, engine: "postgres", scenario: "idle" });
  });

  test("says what is wrong of them", () => {
    expect(asked("--scenario", "busy")).toMatchObject({
      message: 'load has no scenario "busy"; it has steady, idle.',
    });
    expect(asked("--engine", "oracle")).toMatchObject({
      message: '--engine is sqlite or postgres, not "oracle".',
    });
    expect(complaint("search", "--engine", "postgres")).toMatch("it knows no --engine.");
    expect(asked("--down", "0")).toMatchObject({ message: '--down needs a number from 1 to 3600, not "0".' });
    expect(complaint("search", "--down", "9")).toBe("search kills no server: it knows no --down.");
  });
});

describe("the command line of npm run bench", () => {
  test("a name alone runs that benchmark in its usual size, for people", () => {
    expect(read("search")).toEqual({
      kind: "run",
      options: {
        benchmark: benchmarks[1],
        size: { skus: 2_000, samples: 50 },
        json: false,
        dir: null,
        data: null,
        databaseUrl: null,
        engine: "sqlite",
        scenario: null,
      },
    });
  });

  test("size, folder and JSON can be asked for, before the name as well", () => {
    expect(read("--json", "first-sync", "--skus", "100000", "--samples", "7", "--dir", "disk")).toEqual({
      kind: "run",
      options: {
        benchmark: benchmarks[0],
        size: { skus: 100_000, samples: 7 },
        json: true,
        dir: "/shop/disk",
        data: null,
        databaseUrl: null,
        engine: "sqlite",
        scenario: null,
      },
    });
    expect(sizeOf("search", "--samples", "3")).toEqual({ skus: 2_000, samples: 3 });
  });

  test("help is there with and without a name, and lists every benchmark", () => {
    expect(read("--help").kind).toBe("help");
    expect(read("search", "--help").kind).toBe("help");
    for (const { name, what } of benchmarks) {
      expect(helpFor(benchmarks)).toContain(name);
      expect(helpFor(benchmarks)).toContain(what);
    }
  });

  test("what is wrong is said in a sentence", () => {
    expect(complaint()).toBe("Which benchmark? Name one.");
    expect(complaint("search", "--data", "kept")).toBe(
      "search makes its data up anew each time: it knows no --data.",
    );
    expect(complaint("search", "--database-url", "postgres://here/db")).toBe(
      "search runs on SQLite alone: it knows no --database-url.",
    );
    expect(complaint("pricing")).toBe('There is no benchmark "pricing"; there are first-sync, search.');
    expect(complaint("search", "first-sync")).toBe('One benchmark at a time: "first-sync" is one too many.');
    expect(complaint("search", "--runs", "3")).toMatch(/--runs/);
    expect(complaint("search", "--dir", " ")).toBe("--dir needs a folder.");
  });

  test.each(["0", "-5", "many", "1.5", "1000001", ""])("--skus %s is refused", (skus) => {
    expect(complaint("search", `--skus=${skus}`)).toBe(
      `--skus needs a number from 1 to 1000000, not "${skus}".`,
    );
  });

  test("rounds are asked for where something is measured more than once", () => {
    const again = { ...benchmark("again"), usual: { skus: 10, samples: 1, rounds: 2 } };
    const roundsOf = (...args: string[]) => {
      const reading = readOptions(args, { benchmarks: [again], cwd: "/shop" });
      return reading.kind === "run" ? reading.options.size.rounds : reading;
    };
    expect(roundsOf("again")).toBe(2);
    expect(roundsOf("again", "--rounds", "5")).toBe(5);
    expect(complaint("search", "--rounds", "0")).toBe('--rounds needs a number from 1 to 100, not "0".');
  });

  test.each(["0", "100001", "x"])("--samples %s is refused", (samples) => {
    expect(complaint("search", `--samples=${samples}`)).toBe(
      `--samples needs a number from 1 to 100000, not "${samples}".`,
    );
  });
});
