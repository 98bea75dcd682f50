import { expect, test } from "vitest";
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

test("that it failed is told, and it is tried again a day later; once the till is closed it is not", async () => {
  const odd = new Error("odd");
  const { atRest, timers, troubles, looks } = looking(() => Promise.reject(odd));
  timers.pass(REST_MS);
  await Promise.resolve();
  expect(troubles).toEqual([odd]);
  timers.pass(DAY_MS);
  expect(looks()).toBe(2);
  atRest.close();
  expect(timers.rests).toEqual([]);
});
