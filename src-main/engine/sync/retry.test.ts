import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeTimers } from "../testing/fake-timers.ts";
import { Alarm } from "./alarm.ts";
import { backoffMs, MAX_BACKOFF_MS } from "./backoff.ts";
import { runRetryLoop } from "./retry-loop.ts";

describe("how long a till waits before it tries again", () => {
  test("grows by half with every failure, from half a second to twenty seconds", () => {
    const ceilings = [1, 2, 3, 4, 9, 10, 11, 1_000].map((failures) =>
      backoffMs({ failures, random: () => 1 }),
    );
    expect(ceilings).toEqual([500, 750, 1_125, 1_688, 12_814, 19_222, 20_000, MAX_BACKOFF_MS]);
  });

  test("is spread, the first over all of it and later ones over half, so that tills that lost the server together do not come back together", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (failures, random) => {
          const longest = backoffMs({ failures, random: () => 1 });
          const share = failures > 1 ? (1 + random) / 2 : random;
          const rest = backoffMs({ failures, random: () => random });
          expect(Math.abs(rest - longest * share)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test("lets the last of a chain be answered within three times what half of them wait, however long the server was away", () => {
    const random = drawnFrom(51);
    for (const awayMs of [1_000, 2_000, 3_000, 5_000, 8_000, 12_000, 20_000, 30_000, 60_000, 600_000]) {
      const back = Array.from({ length: 1_200 }, () => comesBack(awayMs, random));
      const answered = inTurn(back.toSorted((one, other) => one - other));
      expect((answered.at(-1) ?? 0) / (answered[600] ?? 0)).toBeLessThan(3);
    }
  });
});

/** How long after the server is there again a till tries, milliseconds. */
function comesBack(awayMs: number, random: () => number): number {
  let at = 0;
  for (let failures = 1; at < awayMs; failures += 1) at += backoffMs({ failures, random });
  return at - awayMs;
}

/** When each is answered by a server that takes so long for one. */
function inTurn(came: readonly number[], eachMs = 6): readonly number[] {
  let free = 0;
  return came.map((at) => {
    free = Math.max(free, at) + eachMs;
    return free;
  });
}

/** Numbers from 0 up to 1 (mulberry32), the same in each run: a rare draw fails nobody's build. */
function drawnFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("an alarm", () => {
  let timers: FakeTimers;
  let alarm: Alarm;
  beforeEach(() => {
    timers = new FakeTimers();
    alarm = new Alarm(timers);
  });

  test("goes off when its time is up", async () => {
    const woken = alarm.wait(1_000);
    timers.pass(1_000);
    expect(await woken).toBe("due");
  });

  test("goes off when somebody rings, and its time is then forgotten", async () => {
    const woken = alarm.wait(1_000);
    alarm.ring();
    expect(await woken).toBe("rung");
    expect(timers.rests).toEqual([]);
  });

  test("that was rung while nobody slept lets the next one not sleep, once", async () => {
    alarm.ring();
    alarm.ring();
    expect(await alarm.wait(1_000)).toBe("rung");
    const woken = alarm.wait(1_000);
    timers.pass(1_000);
    expect(await woken).toBe("due");
  });

  test("woken while nobody slept forgets it", async () => {
    alarm.wake();
    const woken = alarm.wait(1_000);
    expect(timers.rests).toEqual([1_000]);
    alarm.wake();
    expect(await woken).toBe("rung");
  });
});

describe("work that is tried until it succeeds", () => {
  const ENOUGH = 20;
  let timers: FakeTimers;
  let alarm: Alarm;
  let closing: AbortController;
  let ended: Promise<void>;
  let tried: string[];
  let longerRestMs: number;
  /** What each try does: throws, or says how long to rest. */
  let outcomes: (Error | number)[];

  beforeEach(() => {
    timers = new FakeTimers();
    alarm = new Alarm(timers);
    closing = new AbortController();
    tried = [];
    longerRestMs = 0;
  });
  afterEach(async () => {
    closing.abort();
    alarm.ring();
    await ended;
    expect(tried.length).toBeLessThan(ENOUGH);
  });

  function run(...script: (Error | number)[]): void {
    outcomes = script;
    ended = runRetryLoop({
      alarm,
      closing: closing.signal,
      random: () => 1,
      work: async (woken, soFarSoGood) => {
        const outcome = outcomes.shift() ?? 60_000;
        tried.push(woken);
        if (outcome instanceof Error && outcome.message === "after a while") soFarSoGood();
        if (outcome instanceof Error) throw outcome;
        return outcome;
      },
      failed: () => longerRestMs,
    });
  }

  function resting(ms: number): Promise<void> {
    return timers.until((rests) => rests.includes(ms));
  }

  const broken = new Error("the line broke");

  test("waits longer after each failure, and short again after a success", async () => {
    run(broken, broken, broken, 60_000, broken);
    for (const rest of [500, 750, 1_125, 60_000, 500]) {
      await resting(rest);
      timers.pass(rest);
    }
    await resting(60_000);
    expect(tried).toEqual(Array(6).fill("due"));
  });

  test("waits as long as the failure asks for when that is longer", async () => {
    longerRestMs = 300_000;
    run(broken);
    await resting(300_000);
  });

  test("that failed only after having worked for a while waits as after a first failure", async () => {
    run(broken, broken, new Error("after a while"));
    for (const rest of [500, 750, 500]) {
      await resting(rest);
      timers.pass(rest);
    }
  });

  test("is done at once when somebody rings, also while it waits after a failure", async () => {
    run(broken, 60_000);
    await resting(500);
    alarm.ring();
    await resting(60_000);
    expect(tried).toEqual(["due", "rung"]);
  });

  test("ends with the till, without another try", async () => {
    run(broken);
    await resting(500);
    closing.abort();
    alarm.wake();
    await ended;
    expect(tried).toEqual(["due"]);
    expect(timers.rests).toEqual([]);
  });
});
