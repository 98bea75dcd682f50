import { describe, expect, test } from "vitest";
import { afterPause, onSchedule } from "./pace.ts";

describe("acts on a schedule", () => {
  test("begin when they are due, though the ones before are not over", async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const begun: number[] = [];
    const acts = onSchedule({
      everyMs: 1,
      isOver: (done) => done >= 5,
      async act(index) {
        begun.push(index);
        if (index === 4) release();
        await released;
        return index * 10;
      },
    });
    expect(await acts).toEqual([0, 10, 20, 30, 40]);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  test("an act that fails fails the whole, also when others are still to begin", async () => {
    const acts = onSchedule({
      everyMs: 1,
      isOver: (done) => done >= 3,
      async act(index) {
        if (index === 0) throw new Error("the scanner fell off the counter");
        await afterPause(1);
      },
    });
    await expect(acts).rejects.toThrow("the scanner fell off the counter");
  });

  test("are due by the pace alone: what keeps the one who begins them makes them late, and not fewer", async () => {
    let now = 1_000;
    const clock = {
      now: () => now,
      until: async (at: number) => {
        now = Math.max(now, at);
      },
    };
    const late = await onSchedule({
      everyMs: 100,
      clock,
      isOver: () => now >= 1_900,
      act: (index, due) => {
        const waited = now - due;
        // Everything stands still for half a second.
        if (index === 2) now += 500;
        return waited;
      },
    });
    expect(late).toEqual([0, 0, 0, 400, 300, 200, 100, 0, 0, 0]);
  });
});
