import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MAX_STALL_MS, patientWrite } from "./patient-write.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

afterEach(() => {
  vi.useRealTimers();
});

const full = () => new PassThrough({ highWaterMark: 4 });

test("S43 the server reads on only when the till has taken what it was sent", async () => {
  const stream = full();
  let wentOn = false;
  const writing = patientWrite(stream, "more than fits").then((result) => {
    wentOn = true;
    return result;
  });
  await Promise.resolve();
  expect(wentOn).toBe(false);
  stream.resume();
  expect(await writing).toBe(true);
  expect(vi.getTimerCount()).toBe(0);
});

test("S43 a till that stands still for a minute is let go", async () => {
  const stream = full();
  const writing = patientWrite(stream, "more than fits");
  vi.advanceTimersByTime(MAX_STALL_MS - 1);
  expect(stream.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(await writing).toBe(false);
  expect(await patientWrite(stream, "after")).toBe(false);
});

test("a till that hangs up ends the writing at once", async () => {
  const stream = full();
  const writing = patientWrite(stream, "more than fits");
  stream.destroy();
  expect(await writing).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});
