import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Quiet } from "./quiet.ts";

describe("knowing that nothing follows", () => {
  let clock: number;
  let silences: number;
  let quiet: Quiet;

  beforeEach(() => {
    vi.useFakeTimers();
    clock = 0;
    silences = 0;
    quiet = new Quiet({
      afterMs: 60,
      act: () => {
        silences += 1;
      },
      now: () => clock,
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Time passes; `lateMs` more of it than the timers were told, as on a page that was busy. */
  function pass(ms: number, lateMs = 0): void {
    clock += ms + lateMs;
    vi.advanceTimersByTime(ms);
  }

  it("is silence for long enough after the last stroke", () => {
    quiet.heard();
    pass(40);
    quiet.heard();
    pass(40);
    expect(silences).toBe(0);
    pass(20);
    expect(silences).toBe(1);
  });

  it("a timer that comes late proves nothing: strokes may still wait behind what kept the page busy", () => {
    quiet.heard();
    pass(60, 500);
    expect(silences).toBe(0);
    pass(60);
    expect(silences).toBe(1);
  });

  it("is not told of after it was stopped", () => {
    quiet.heard();
    quiet.stop();
    pass(600);
    expect(silences).toBe(0);
  });
});
