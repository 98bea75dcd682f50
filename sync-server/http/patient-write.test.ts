import { once } from "node:events";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { MAX_STALL_MS, patientWrite, readAsLongAs } from "./patient-write.ts";

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

describe("what is sent as it is read", () => {
  /** More than any reader takes; `over` resolves with the transaction that it is read in. */
  function endless() {
    let end: () => void = () => undefined;
    const over = new Promise<void>((ended) => {
      end = ended;
    });
    const storage: Pick<Storage, "read"> = {
      read: (work) => work({} as ReadTransaction).finally(end),
    };
    const stream = readAsLongAs(storage, async function* () {
      for (;;) yield Buffer.alloc(64 * 1024);
    });
    return { stream, over };
  }

  test("holds no state of the database for a reader that stands still", async () => {
    const { stream, over } = endless();
    await expect.poll(() => vi.getTimerCount()).toBeGreaterThan(0);
    vi.advanceTimersByTime(MAX_STALL_MS);
    await over;
    expect(stream.destroyed).toBe(true);
  });

  test("hands a large piece over bit by bit, so that a slow reader is seen to read on", async () => {
    const storage: Pick<Storage, "read"> = { read: (work) => work({} as ReadTransaction) };
    const stream = readAsLongAs(storage, async function* () {
      yield Buffer.alloc(1_000_000);
    });
    const sizes: number[] = [];
    for await (const piece of stream) sizes.push((piece as Buffer).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_000_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024);
  });

  test("holds none for a reader that hangs up", async () => {
    const { stream, over } = endless();
    await expect.poll(() => vi.getTimerCount()).toBeGreaterThan(0);
    stream.destroy();
    await over;
    expect(vi.getTimerCount()).toBe(0);
  });

  test("ends with an error where the database cannot be read on, so that nobody takes it for whole", async () => {
    const storage: Pick<Storage, "read"> = { read: (work) => work({} as ReadTransaction) };
    const stream = readAsLongAs(storage, async function* () {
      yield Buffer.from("some");
      throw new Error("the connection was lost");
    });
    const [error] = await once(stream.resume(), "error");
    expect(error).toMatchObject({ message: "the connection was lost" });
  });
});
