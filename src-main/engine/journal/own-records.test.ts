import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { instant } from "#domain/ids.ts";
import { MAX_RECORDS } from "#protocol/sync/health.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { FakeTimers } from "../testing/fake-timers.ts";
import { KEPT_AGAIN_MS, OwnRecords, RECORDS_FILE } from "./own-records.ts";
import type { Recovery } from "./recovery.ts";

const missing = (firstReceipt: string) => [
  { from: instant(1), until: instant(2), firstReceipt, lastReceipt: firstReceipt },
];
const RECOVERY: Recovery = {
  at: instant(0),
  database: "whole",
  copy: "whole",
  entries: 3,
  restored: 0,
  given: 0,
  unsure: null,
};

let folder: string;
let clock: FakeClock;
let timers: FakeTimers;
let troubles: unknown[];
let records: OwnRecords;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-records-"));
  clock = new FakeClock();
  timers = new FakeTimers();
  troubles = [];
  records = opened();
});
afterEach(async () => {
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});

const opened = () =>
  OwnRecords.open(folder, { clock, timers, onTrouble: (error) => void troubles.push(error) });
const states = ({ now }: OwnRecords) => now.map(({ state }) => state);

async function restart(): Promise<void> {
  await records.close();
  clock.pass(60_000);
  records = opened();
}

test("what is found again is no news: it keeps when it was found, and nobody is told", () => {
  let told = 0;
  records.watch(() => {
    told += 1;
  });
  records.found("incomplete", missing("BER1-03-000004"));
  const [first] = records.now;
  clock.pass(300_000);
  records.found("incomplete", missing("BER1-03-000004"));
  expect(records.now).toEqual([first]);
  expect(told).toBe(1);
  records.found("incomplete", missing("BER1-03-000005"));
  expect(records.now.map(({ at }) => at)).toEqual([clock.now()]);
  expect(told).toBe(2);
});

describe("what was put right", () => {
  test("is said until it is confirmed, over restarts", async () => {
    records.recovered({ ...RECOVERY, database: "damaged", copy: "damaged", unsure: missing("7")[0]! });
    const said = records.now;
    expect(said).toEqual([{ state: "both", at: clock.now(), missing: missing("7") }]);
    await restart();
    expect(records.now).toEqual(said);
    await records.confirm(said);
    expect(records.now).toEqual([]);
    await restart();
    expect(records.now).toEqual([]);
    expect(troubles).toEqual([]);
  });

  test("stands beside what goes on and beside what else was, what is worst first; what goes on ends with the till", async () => {
    records.recovered({ ...RECOVERY, copy: "damaged" });
    records.recovered({ ...RECOVERY, database: "damaged", copy: "damaged", unsure: missing("7")[0]! });
    records.found("oneCopy");
    expect(states(records)).toEqual(["oneCopy", "both", "copy"]);
    await restart();
    records.recovered({ ...RECOVERY, database: "damaged", copy: "damaged", unsure: missing("9")[0]! });
    expect(records.now.map((each) => each.missing?.[0]?.firstReceipt)).toEqual(["9", "7", undefined]);
  });

  test("is said once where it happens again, as of the last time", async () => {
    records.recovered({ ...RECOVERY, database: "damaged" });
    await restart();
    records.recovered({ ...RECOVERY, database: "damaged" });
    expect(records.now).toEqual([{ state: "database", at: clock.now() }]);
  });

  test("and confirmed is told to HQ as such until it was heard there, over restarts", async () => {
    records.recovered({ ...RECOVERY, database: "damaged" });
    const [said] = records.told;
    clock.pass(1);
    await records.confirm(records.now);
    const confirmed = { ...said, confirmedAt: clock.now() };
    expect([states(records), records.told]).toEqual([[], [confirmed]]);
    // A report that was under way as it was confirmed.
    records.heard([said!]);
    await restart();
    expect([records.now, records.told]).toEqual([[], [confirmed]]);
    records.heard(records.told);
    expect(records.told).toEqual([]);
    await restart();
    expect(records.told).toEqual([]);
  });

  test("is not the second copy where that cannot be written", () => {
    records.found("oneCopy");
    records.recovered({ ...RECOVERY, copy: "gone" });
    expect(states(records)).toEqual(["oneCopy"]);
    records.recovered({ ...RECOVERY, copy: "gone", unsure: missing("7")[0]! });
    expect(states(records)).toEqual(["oneCopy", "copy"]);
  });

  test("is said beside it all the same where the other copy told of another past, or the server gave something", () => {
    records.found("oneCopy");
    records.recovered({ ...RECOVERY, copy: "forked" });
    records.recovered({ ...RECOVERY, given: 1 });
    expect(states(records).toSorted()).toEqual(["forked", "given", "oneCopy"]);
  });

  test("is kept for as long as there is room: first goes what misses no sales, then the oldest two are said as one", async () => {
    const find = (number: number) => {
      clock.pass(1);
      records.recovered({ ...RECOVERY, copy: "damaged", unsure: missing(`${number}`)[0]! });
    };
    find(0);
    records.recovered({ ...RECOVERY, copy: "damaged" });
    for (let number = 1; number < 40; number += 1) find(number);
    expect(records.now).toHaveLength(MAX_RECORDS);
    const receipts = records.now.flatMap((each) => each.missing ?? []);
    expect(receipts.map(({ firstReceipt }) => Number(firstReceipt)).toSorted((a, b) => a - b)[0]).toBe(0);
    expect(records.now.every((each) => each.missing !== undefined && each.missing.length <= 20)).toBe(true);
    const named = receipts.flatMap(({ firstReceipt, lastReceipt }) => {
      const [first, last] = [Number(firstReceipt), Number(lastReceipt)];
      return Array.from({ length: last - first + 1 }, (_, each) => first + each);
    });
    expect(named.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, each) => each));
    await records.confirm(records.now);
    expect(records.told).toHaveLength(MAX_RECORDS);
  });

  test("and was said after what somebody has read is said on", async () => {
    records.recovered({ ...RECOVERY, copy: "damaged" });
    const read = records.now;
    clock.pass(1);
    records.recovered({ ...RECOVERY, copy: "damaged" });
    await records.confirm(read);
    expect(states(records)).toEqual(["copy"]);
  });
});

test("what goes on cannot be confirmed, and no file is written for it", async () => {
  records.found("oneCopy");
  await records.confirm(records.now);
  expect(states(records)).toEqual(["oneCopy"]);
  await restart();
  expect(existsSync(join(folder, RECORDS_FILE))).toBe(false);
});

test("what was read anew is said over restarts, until somebody confirms it", async () => {
  records.found("readAnew");
  await restart();
  expect(states(records)).toEqual(["readAnew"]);
  await records.confirm(records.now);
  expect(states(records)).toEqual([]);
});

test("what was found damaged is not said beside that it was read anew", () => {
  records.found("replica");
  records.found("readAnew");
  expect(states(records)).toEqual(["readAnew"]);
});

test("what went on and is over is not said any more; what has to be confirmed is", () => {
  let told = 0;
  records.found("lost");
  records.found("hurt");
  records.watch(() => {
    told += 1;
  });
  for (const state of ["hurt", "hurt", "lost"] as const) records.over(state);
  expect([states(records), told]).toEqual([["lost"], 1]);
});

test("a till that waits for its server says so until it has heard from it", () => {
  records.found("waiting");
  records.found("lost");
  expect(states(records)).toEqual(["lost"]);
});

test("what cannot be written down is not confirmed", async () => {
  records.found("lost");
  await records.close();
  rmSync(folder, { recursive: true });
  let shown: readonly string[] = [];
  records.watch(() => {
    shown = states(records);
  });
  const confirmed = records.confirm(records.now);
  records.found("hurt");
  expect(shown).toEqual(["hurt"]);
  await expect(confirmed).rejects.toThrow("ENOENT");
  expect(shown).toEqual(["hurt", "lost"]);
  expect(states(records)).toEqual(shown);
});

describe("what cannot be written down as it is found", () => {
  const obstacle = () => join(folder, `${RECORDS_FILE}.new`);
  const hurt = { ...RECOVERY, database: "damaged", copy: "damaged", unsure: missing("7")[0]! } as const;
  const kept = () => opened().now.map((each) => each.missing?.[0]?.firstReceipt);
  beforeEach(async () => {
    mkdirSync(obstacle());
    await records.recovered(hurt);
    expect(troubles).toHaveLength(1);
    expect(kept()).toEqual([]);
    rmSync(obstacle(), { recursive: true });
  });

  test("is written as the till ends", async () => {
    await records.close();
    expect(kept()).toEqual(["7"]);
    expect(timers.rests).toEqual([]);
  });

  test("is written by and by while it runs", async () => {
    timers.hurry(KEPT_AGAIN_MS);
    await vi.waitFor(() => expect(kept()).toEqual(["7"]));
    expect(timers.rests).toEqual([]);
  });

  test("is written with what is found next", async () => {
    await records.recovered({ ...RECOVERY, copy: "damaged" });
    expect(kept()).toEqual(["7", undefined]);
    expect(timers.rests).toEqual([]);
  });
});

test("what the start put right is on the disk before the till sells", async () => {
  await records.recovered({ ...RECOVERY, copy: "damaged" });
  expect(states(opened())).toEqual(["copy"]);
});

test("a file that says nothing is told of, and does not keep the till from starting", async () => {
  writeFileSync(join(folder, RECORDS_FILE), "\0".repeat(80));
  records = opened();
  expect(records.now).toEqual([]);
  expect(troubles).toHaveLength(1);
  records.found("lost");
  await records.close();
  expect(JSON.parse(readFileSync(join(folder, RECORDS_FILE), "utf8")).said).toHaveLength(1);
});

test("a word that this version does not know keeps no other from being said, and stays in the file for the later one that wrote it", async () => {
  const later = { state: "saidByALaterVersion", at: 1 };
  writeFileSync(join(folder, RECORDS_FILE), JSON.stringify({ said: [later, { state: "lost", at: 2 }] }));
  records = opened();
  expect(states(records)).toEqual(["lost"]);
  expect(troubles).toHaveLength(1);
  await records.confirm(records.now);
  const { said, confirmed } = JSON.parse(readFileSync(join(folder, RECORDS_FILE), "utf8"));
  expect([said, confirmed]).toEqual([[later], [{ state: "lost", at: 2, confirmedAt: clock.now() }]]);
});
