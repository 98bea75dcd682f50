import fc from "fast-check";
import { expect, test } from "vitest";
import { instant } from "../ids.ts";
import { instantOfLocalTime, localTimeOf } from "./local-time.ts";

const BERLIN = "Europe/Berlin";
const utc = (text: string) => Date.parse(`${text}Z`);
const inBerlin = (text: string) => instantOfLocalTime({ text, timeZone: BERLIN });

test("a time is that of the store's clocks, in winter and in summer", () => {
  expect(inBerlin("2026-11-26T14:05")).toBe(utc("2026-11-26T13:05:00"));
  expect(inBerlin("2026-07-01T00:00")).toBe(utc("2026-06-30T22:00:00"));
  expect(instantOfLocalTime({ text: "2026-11-26T14:05", timeZone: "Asia/Kolkata" })).toBe(
    utc("2026-11-26T08:35:00"),
  );
});

test("an hour that clocks show twice is the first, one that they skip is an hour later", () => {
  expect(inBerlin("2026-10-25T02:30")).toBe(utc("2026-10-25T00:30:00"));
  expect(inBerlin("2026-03-29T02:30")).toBe(utc("2026-03-29T01:30:00"));
});

test.each(["", "tomorrow", "2026-02-30T10:00", "2026-11-26", "2026-11-26T24:00"])(
  "'%s' is no time",
  (text) => {
    expect(inBerlin(text)).toBeNull();
  },
);

test("what clocks show leads back to the moment, or to the earlier one that they show so too", () => {
  const zones = fc.constantFrom(BERLIN, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC");
  const minutes = fc.integer({ min: 0, max: 45_000_000 });
  fc.assert(
    fc.property(zones, minutes, (timeZone, minute) => {
      const at = instant(minute * 60_000);
      const text = localTimeOf({ at, timeZone });
      const back = instantOfLocalTime({ text, timeZone });
      expect(back).not.toBeNull();
      expect(back).toBeLessThanOrEqual(at);
      expect(localTimeOf({ at: instant(Number(back)), timeZone })).toBe(text);
    }),
  );
});
