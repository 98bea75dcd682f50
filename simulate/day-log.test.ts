import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DayLog } from "./day-log.ts";
import type { SeedOutcome } from "./run-seed.ts";

const DAYS = { steps: 200, tills: null, hours: 0.1, engine: "sqlite" } as const;
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-day-log-"));
  file = join(folder, "days.ndjson");
});
afterEach(() => rmSync(folder, { recursive: true }));

function opened(): DayLog {
  const log = DayLog.open(file, DAYS);
  if (!log.ok) throw new Error(log.reason);
  return log.value;
}

const outcome = (seed: number, wrong: readonly string[]): SeedOutcome => ({
  seed,
  wrong,
  tickets: 5,
  faults: 3,
  kills: 1,
  compared: 0,
  trace: "",
  lastLines: [],
});

test("a log that is opened again knows the days that were over, and goes on behind a line that was cut off", () => {
  const first = opened();
  first.add(outcome(7, []));
  first.add(outcome(9, ["a cent is missing"]));
  appendFileSync(file, '{"seed":11,"wro');

  const again = opened();
  expect([7, 9, 11].map((seed) => again.has(seed))).toEqual([true, true, false]);
  expect(again.day(9)).toMatchObject({ wrong: ["a cent is missing"], tickets: 5 });
  again.add(outcome(11, []));
  expect(readFileSync(file, "utf8").split("\n")).toHaveLength(5);
  expect(opened().has(11)).toBe(true);
});

test("a log of other days, and a file that is none, are refused", () => {
  opened();
  expect(DayLog.open(file, { ...DAYS, steps: 60 })).toMatchObject({ ok: false });
  const letter = join(folder, "letter.txt");
  appendFileSync(letter, "Dear Anna,\n");
  expect(DayLog.open(letter, DAYS)).toEqual({ ok: false, reason: expect.stringContaining("no log") });
});
