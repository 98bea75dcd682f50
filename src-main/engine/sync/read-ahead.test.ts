import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { readAhead } from "./read-ahead.ts";

let brought: number;
let isLetGo: boolean;
/** Brings 1, 2, 3 … up to `most`, and fails then where it is told to. */
async function* source(most: number, fails = false): AsyncGenerator<number> {
  brought = 0;
  isLetGo = false;
  try {
    while (brought < most) {
      brought += 1;
      yield brought;
    }
    if (fails) throw new Error("cut off");
  } finally {
    isLetGo = true;
  }
}

describe("reading ahead", () => {
  test("brings all in its order", async () => {
    const taken: number[] = [];
    for await (const piece of readAhead(source(50), 4)) taken.push(piece);
    expect(taken).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    expect(isLetGo).toBe(true);
  });

  test("goes no further ahead than it is told to", async () => {
    for await (const piece of readAhead(source(50), 4)) {
      await setImmediate();
      expect(brought).toBe(Math.min(50, piece + 4));
    }
  });

  test("throws what the source throws, after all that came before it", async () => {
    const taken: number[] = [];
    const all = async (): Promise<void> => {
      for await (const piece of readAhead(source(5, true), 4)) taken.push(piece);
    };
    await expect(all()).rejects.toThrow("cut off");
    expect(taken).toEqual([1, 2, 3, 4, 5]);
  });

  test("lets the source go when nobody takes any more", async () => {
    for await (const piece of readAhead(source(50), 4)) if (piece === 2) break;
    await setImmediate();
    expect(isLetGo).toBe(true);
    expect(brought).toBeLessThan(10);
  });
});
