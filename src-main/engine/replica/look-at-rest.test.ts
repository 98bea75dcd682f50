import { describe, expect, test } from "vitest";
import { FakeTimers } from "../testing/fake-timers.ts";
import { LookAtRest } from "./look-at-rest.ts";

const REST_MS = 10 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

function looking(answer: () => Promise<void> = async () => undefined) {
  const timers = new FakeTimers();
  const troubles: unknown[] = [];
  let looks = 0;
  const atRest = new LookAtRest({
    lookThrough: () => {
      looks += 1;
      return answer();
    },
    timers,
    onTrouble: (error) => troubles.push(error),
  });
  return { atRest, timers, troubles, looks: () => looks };
}

test("a replica is looked through the first time that nobody touches the till for a while, and then once a day", () => {
  const { timers, looks } = looking();
  timers.pass(REST_MS - 1);
  expect(looks()).toBe(0);
  timers.pass(1);
  expect(looks()).toBe(1);
  timers.pass(DAY_MS - 1);
  expect(looks()).toBe(1);
  timers.pass(1);
  expect(looks()).toBe(2);
});

test("while somebody sells it waits", () => {
  const { atRest, timers, looks } = looking();
  for (let minute = 0; minute < 8 * 60; minute += 1) {
    atRest.touched();
    timers.pass(60_000);
  }
  expect(looks()).toBe(0);
  timers.pass(REST_MS);
  expect(looks()).toBe(1);
});

describe("a replica that could not be looked through", () => {
  const odd = new Error("odd");

  /** The rests after which it was looked through, from the start of the till. */
  async function looksOver(days: number, { timers, looks }: ReturnType<typeof looking>): Promise<number[]> {
    const lookedAt: number[] = [];
    for (let rest = 1; rest <= (days * DAY_MS) / REST_MS; rest += 1) {
      const before = looks();
      timers.pass(REST_MS);
      // What became of it is known before the next rest.
      await new Promise((resolve) => setImmediate(resolve));
      if (looks() > before) lookedAt.push(rest);
    }
    return lookedAt;
  }

  test("is told, and is looked through again at the next rest, then after twice as many each time, until that is a day", async () => {
    const till = looking(() => Promise.reject(odd));
    expect(await looksOver(4, till)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 400, 544]);
    expect(till.troubles).toEqual(Array(11).fill(odd));
  });

  test("and then was, is so again a day later; what it waits after the next trouble is little again", async () => {
    const outcomes = [false, false, false, true, false, true];
    const till = looking(() => (outcomes.shift() === false ? Promise.reject(odd) : Promise.resolve()));
    expect(await looksOver(3, till)).toEqual([1, 2, 4, 8, 152, 153, 297]);
  });

  test("is left alone while somebody sells, and once the till is closed", async () => {
    const { atRest, timers, looks } = looking(() => Promise.reject(odd));
    timers.pass(REST_MS);
    await new Promise((resolve) => setImmediate(resolve));
    for (let minute = 0; minute < 60; minute += 1) {
      atRest.touched();
      timers.pass(60_000);
    }
    expect(looks()).toBe(1);
    timers.pass(REST_MS);
    expect(looks()).toBe(2);
    atRest.close();
    expect(timers.rests).toEqual([]);
  });
});
