import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isBusyNow, stayAwakeWhile } from "./awake.ts";
import { IdleLock } from "./idle.ts";

const MINUTE_MS = 60_000;
let locked = 0;
let busy = false;
let idle: IdleLock;
beforeEach(() => {
  vi.useFakeTimers();
  locked = 0;
  busy = false;
  idle = new IdleLock({
    afterMs: 2 * MINUTE_MS,
    isBusy: () => busy,
    lock: () => {
      locked += 1;
    },
  });
});
afterEach(() => {
  idle.close();
  vi.useRealTimers();
});

describe("a till that nobody touches", () => {
  test("locks after as many minutes as the store says, once", () => {
    vi.advanceTimersByTime(2 * MINUTE_MS - 1);
    expect(locked).toBe(0);
    vi.advanceTimersByTime(10 * MINUTE_MS);
    expect(locked).toBe(1);
  });

  test("stays open as long as somebody touches it now and then", () => {
    for (let minute = 0; minute < 10; minute += 1) {
      vi.advanceTimersByTime(MINUTE_MS);
      idle.touched();
    }
    expect(locked).toBe(0);
  });

  test("is not locked while a payment is under way, but as soon as that is over", () => {
    busy = true;
    vi.advanceTimersByTime(10 * MINUTE_MS);
    expect(locked).toBe(0);
    busy = false;
    vi.advanceTimersByTime(MINUTE_MS);
    expect(locked).toBe(1);
  });

  test("that slept meanwhile locks at the first touch, which does not begin a new while", () => {
    vi.setSystemTime(Date.now() + 60 * MINUTE_MS);
    idle.touched();
    expect(locked).toBe(1);
  });

  test("that slept during a payment is not locked in the middle of it", () => {
    busy = true;
    vi.setSystemTime(Date.now() + 60 * MINUTE_MS);
    idle.touched();
    expect(locked).toBe(0);
  });

  test("during a long payment is not locked by the touch that goes on after it", () => {
    busy = true;
    vi.advanceTimersByTime(5 * MINUTE_MS);
    busy = false;
    idle.touched();
    expect(locked).toBe(0);
  });

  test("is no longer locked by itself once somebody locked it", () => {
    idle.close();
    vi.advanceTimersByTime(10 * MINUTE_MS);
    expect(locked).toBe(0);
  });
});

test("the till is busy while any of the things under way says so", () => {
  let paying = true;
  const end = stayAwakeWhile(() => paying);
  const endOther = stayAwakeWhile(() => false);
  expect(isBusyNow()).toBe(true);
  paying = false;
  expect(isBusyNow()).toBe(false);
  paying = true;
  end();
  endOther();
  expect(isBusyNow()).toBe(false);
});
