import fc from "fast-check";
import { expect, test } from "vitest";
import { type Instant, instant } from "../ids.ts";
import { awayMs, awayUntil, notAway } from "./time-away.ts";

const AT = instant(1_800_000_000_000);
const DAY_MS = 86_400_000;
const at = (ms: number): Instant => instant(AT + ms);

test("a till that runs on or is switched off is away for as long as the clock says", () => {
  const away = awayUntil(notAway(AT), { now: at(DAY_MS), ranMs: DAY_MS });
  expect(awayMs(away, at(3 * DAY_MS))).toBe(3 * DAY_MS);
});

test("a clock that is set back takes nothing off, and what the till runs on by it counts", () => {
  const away = awayUntil(notAway(AT), { now: at(10 * DAY_MS), ranMs: 0 });
  const setBack = at(-5 * DAY_MS);
  expect(awayMs(away, setBack)).toBe(10 * DAY_MS);
  const later = awayUntil(away, { now: setBack, ranMs: 60_000 });
  expect(awayMs(later, setBack)).toBe(10 * DAY_MS + 60_000);
  // Set right again, days are counted twice rather than not.
  expect(awayMs(later, at(10 * DAY_MS))).toBeGreaterThan(10 * DAY_MS);
});

test("whatever a clock does, a look never shortens the time away, and no less counts than the till ran", () => {
  const look = fc.record({ clock: fc.integer({ min: -1e10, max: 1e10 }), ranMs: fc.nat(1e6) });
  fc.assert(
    fc.property(fc.array(look), (looks) => {
      let away = notAway(AT);
      let ran = 0;
      for (const { clock, ranMs } of looks) {
        const next = awayUntil(away, { now: at(clock), ranMs });
        ran += ranMs;
        expect(next.spentMs).toBeGreaterThanOrEqual(awayMs(away, at(clock)));
        expect(next.spentMs).toBeGreaterThanOrEqual(ran);
        away = next;
      }
    }),
  );
});
