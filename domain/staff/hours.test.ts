import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import {
  type ClockCorrection,
  type ClockStamp,
  correctionFlaw,
  MAX_SPAN_MS,
  workedMs,
  workSpans,
} from "./hours.ts";

const MIRA = idOf<"Staff">("mira");
const TAREK = idOf<"Staff">("tarek");
const BERLIN = idOf<"Store">("berlin");
const HOUR_MS = 3_600_000;
/** 2027-01-15, nine in the morning in Berlin. */
const NINE = instant(1_800_000_000_000);
const hours = (after: number) => instant(NINE + after * HOUR_MS);

function stamp(kind: ClockStamp["kind"], after: number, staff = MIRA): ClockStamp {
  return { id: `${kind}-${staff}-${after}`, kind, staff, store: BERLIN, at: hours(after) };
}

function correction(changes: Partial<ClockCorrection> = {}): ClockCorrection {
  return {
    id: "c1",
    span: "in-mira-0",
    staff: MIRA,
    store: BERLIN,
    from: hours(0),
    until: hours(8),
    reason: "Forgot to clock out",
    by: "Hanna",
    at: hours(30),
    ...changes,
  };
}

function spansOf(
  stamps: readonly ClockStamp[],
  corrections: readonly ClockCorrection[] = [],
  now = hours(100),
) {
  return workSpans({ stamps, corrections, now, timeZoneOf: () => "Europe/Berlin" });
}

describe("the time clock", () => {
  test("a morning and an afternoon are two spans of one day, each from in to out", () => {
    const spans = spansOf([stamp("in", 0), stamp("out", 4), stamp("in", 5), stamp("out", 9)]);
    expect(spans.map(({ day, state }) => [day, state])).toEqual([
      ["2027-01-15", "whole"],
      ["2027-01-15", "whole"],
    ]);
    expect(spans.map(workedMs)).toEqual([4 * HOUR_MS, 4 * HOUR_MS]);
  });

  test("colleagues who work at once have spans of their own", () => {
    const spans = spansOf([stamp("in", 0), stamp("in", 1, TAREK), stamp("out", 3), stamp("out", 5, TAREK)]);
    expect(spans.map(({ staff, state }) => [staff, state])).toEqual([
      [MIRA, "whole"],
      [TAREK, "whole"],
    ]);
  });

  test("who is still at work is working, and who never clocked out is shown as having forgotten it", () => {
    expect(spansOf([stamp("in", 0)], [], hours(8)).map(({ state }) => state)).toEqual(["working"]);
    expect(spansOf([stamp("in", 0)]).map(({ state }) => state)).toEqual(["missingOut"]);
    const nextDay = spansOf([stamp("in", 0), stamp("in", 24), stamp("out", 32)]);
    expect(nextDay.map(({ state }) => state)).toEqual(["missingOut", "whole"]);
  });

  test("a clock-out on the next evening ends no day that began the morning before", () => {
    const spans = spansOf([stamp("in", 0), stamp("out", 33)]);
    expect(spans.map(({ state }) => state)).toEqual(["missingOut", "missingIn"]);
    expect(spans.map(workedMs)).toEqual([null, null]);
  });

  test("a correction counts from then on, and what was clocked stays to be seen", () => {
    const [span] = spansOf([stamp("in", 0)], [correction({ id: "c2", at: hours(31) }), correction()]);
    expect(span).toMatchObject({ state: "whole", clocked: { from: hours(0), until: null } });
    expect(span?.times).toEqual({ from: hours(0), until: hours(8) });
    expect(span?.corrections.map(({ id }) => id)).toEqual(["c1", "c2"]);
  });

  test("times that nobody clocked are written down by HQ and can be corrected again", () => {
    const written = correction({ span: "c1" });
    const later = correction({ id: "c2", span: "c1", until: hours(6), at: hours(40) });
    const [span, ...others] = spansOf([], [written, later]);
    expect(span).toMatchObject({ id: "c1", clocked: { from: null, until: null } });
    expect(span?.times.until).toBe(hours(6));
    expect(others).toEqual([]);
  });

  test("a correction that ends before it begins, lasts too long or has not happened yet is none", () => {
    const flaw = (from: number, until: number) =>
      correctionFlaw({ from: hours(from), until: hours(until), now: hours(20) });
    expect(flaw(5, 5)).toBe("endsBeforeItBegins");
    expect(flaw(0, 17)).toBe("tooLong");
    expect(flaw(15, 21)).toBe("inTheFuture");
    expect(flaw(0, 8)).toBe(null);
  });

  test("no stamp is lost or counted twice, in whatever order the tills told of them", () => {
    const stamps = fc.uniqueArray(
      fc.record({
        kind: fc.constantFrom("in" as const, "out" as const),
        after: fc.nat(60),
        staff: fc.constantFrom(MIRA, TAREK),
      }),
      { selector: ({ after, staff }) => `${after} ${staff}` },
    );
    fc.assert(
      fc.property(stamps, fc.infiniteStream(fc.nat()), (made, order) => {
        const all = made.map(({ kind, after, staff }) => stamp(kind, after, staff));
        const shuffled = all
          .map((each) => ({ each, rank: order.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ each }) => each);
        const spans = spansOf(shuffled);
        const ends = spans
          .flatMap(({ clocked }) => [clocked.from, clocked.until])
          .filter((at) => at !== null);
        expect(ends.toSorted()).toEqual(all.map(({ at }) => at).toSorted());
        expect(spans).toEqual(spansOf(all));
        for (const span of spans) expect(workedMs(span) ?? 0).toBeLessThanOrEqual(MAX_SPAN_MS);
      }),
    );
  });
});
