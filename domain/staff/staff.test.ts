import { describe, expect, test } from "vitest";
import { instant } from "../ids.ts";
import { DAY_MS } from "../store/offline-state.ts";
import { eur } from "../testing/shop.ts";
import {
  FIRST_PIN_WAIT_MS,
  FREE_PIN_ATTEMPTS,
  hasLapsed,
  isPin,
  MAX_PIN_WAIT_MS,
  pinWaitMs,
  rosterState,
} from "./pin.ts";

describe("PINs", () => {
  test("a PIN is six digits and nothing else", () => {
    expect(isPin("042137")).toBe(true);
    for (const text of ["04213", "0421370", "04213a", " 042137", "042137\n", "٠٤٢١٣٧", ""])
      expect(isPin(text)).toBe(false);
  });

  test("mistyping costs nothing at first, then the wait doubles up to a limit", () => {
    const waits = Array.from({ length: 12 }, (_, failed) => pinWaitMs(failed));
    expect(waits.slice(0, FREE_PIN_ATTEMPTS + 1)).toEqual([0, 0, 0, 0, 0]);
    expect(waits[5]).toBe(FIRST_PIN_WAIT_MS);
    expect(waits[6]).toBe(2 * FIRST_PIN_WAIT_MS);
    expect(waits.at(-1)).toBe(MAX_PIN_WAIT_MS);
    expect(pinWaitMs(1_000_000)).toBe(MAX_PIN_WAIT_MS);
    for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(waits[index - 1] ?? 0);
  });
});

test("whoever signed in before the roster expired works their day to its end, and not the next one", () => {
  const signedInAt = instant(1_800_000_000_000);
  const outAfter = (hours: number, roster: "valid" | "expired") =>
    hasLapsed({ signedInAt, now: instant(signedInAt + hours * 3_600_000), roster });
  expect([1, 16, 17].map((hours) => outAfter(hours, "expired"))).toEqual([false, false, true]);
  expect(outAfter(1_000, "valid")).toBe(false);
});

test("a roster that the server has not confirmed for a week lets nobody in", () => {
  const policy = { warnAfterDays: 2, managerAfterDays: 5, rosterMaxAgeDays: 7, maxRefund: eur(0) };
  const rosterAfter = (days: number) => rosterState({ awayMs: days * DAY_MS, policy });
  expect([0, 7, 7.5].map(rosterAfter)).toEqual(["valid", "valid", "expired"]);
});
