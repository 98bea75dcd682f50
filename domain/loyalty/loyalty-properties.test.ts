import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CustomerId, type Instant, idOf, instant } from "../ids.ts";
import { NOON } from "../testing/arbitrary-baskets.ts";
import { eur } from "../testing/shop.ts";
import { lapseMoves } from "./lapses.ts";
import { type PointsEntry, type PointsMove, pointsAccount, pointsEntryOf, pointsOn } from "./ledger.ts";
import { monthsAfter, pointsLots } from "./lots.ts";
import type { LoyaltyProgramme } from "./programme.ts";
import { standingOf } from "./standing.ts";
import { pointsGivenBack, pointsTakenBack } from "./taken-back.ts";

const ANNA = idOf<"Customer">("anna");
const FORMER = idOf<"Customer">("anna-before");
const DAY_MS = 86_400_000;

const PROGRAMME: LoyaltyProgramme = {
  name: "Friends",
  earn: { points: 1, per: eur(100), categories: [] },
  tiers: [{ name: "Silver", from: 500, ppm: 1_500_000 }],
  burn: { points: 100, worth: eur(100), least: 100, most: null },
  expiresAfterMonths: 12,
};

function move(id: string, kind: PointsMove["kind"], points: number, changes: Partial<PointsMove> = {}) {
  const told = {
    customer: ANNA,
    at: NOON,
    purchase: null,
    number: null,
    store: null,
    device: null,
    staff: null,
  };
  return pointsEntryOf({ ...told, id, kind, points, ...changes });
}

const arbitraryEntries: fc.Arbitrary<readonly PointsEntry[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom("earned", "burned", "givenBack", "adjusted", "expired"),
      points: fc.integer({ min: 1, max: 500 }),
      day: fc.integer({ min: 0, max: 900 }),
      isFormer: fc.boolean(),
    }),
    { maxLength: 15 },
  )
  .map((drawn) =>
    drawn.map(({ kind, points, day, isFormer }, index) =>
      move(`m${index}`, kind, points, {
        at: instant(NOON + day * DAY_MS),
        customer: isFormer ? FORMER : ANNA,
      }),
    ),
  );

const LATER = instant(NOON + 900 * DAY_MS);
const standingAt = (
  entries: readonly PointsEntry[],
  at: Instant = LATER,
  customers: readonly CustomerId[] = [ANNA, FORMER],
) => standingOf({ entries, customers, programme: PROGRAMME, at });

describe("the books of points", () => {
  test("no points come from nothing: what one account gets another gives", () => {
    fc.assert(
      fc.property(arbitraryEntries, (entries) => {
        const accounts = [
          "pointsEarned",
          "pointsBurned",
          "pointsExpired",
          "pointsAdjusted",
          pointsAccount(ANNA),
          pointsAccount(FORMER),
        ] as const;
        expect(accounts.reduce((sum, account) => sum + pointsOn(entries, account), 0)).toBe(0);
      }),
    );
  });

  test("in whatever order and however often they are told, a customer stands the same", () => {
    fc.assert(
      fc.property(
        arbitraryEntries.chain((entries) =>
          fc.tuple(
            fc.constant(entries),
            fc.shuffledSubarray([...entries], { minLength: entries.length }),
            fc.subarray([...entries]),
          ),
        ),
        ([entries, shuffled, again]) => {
          expect(standingAt([...shuffled, ...again])).toEqual(standingAt(entries));
        },
      ),
    );
  });

  test("the points of profiles that were merged are one balance", () => {
    fc.assert(
      fc.property(arbitraryEntries, (entries) => {
        const alone = [ANNA, FORMER].map((id) => standingAt(entries, LATER, [id]).balance);
        expect(standingAt(entries).balance).toBe(alone.reduce((sum, each) => sum + each, 0));
      }),
    );
  });

  test("what is left lies in lots, and what is missing from no lot: together they are the balance", () => {
    fc.assert(
      fc.property(arbitraryEntries, (entries) => {
        const left = pointsLots(entries).reduce((sum, { points }) => sum + points, 0);
        const { balance } = standingAt(entries);
        expect(left).toBe(Math.max(0, left));
        expect(left - balance).toBeGreaterThanOrEqual(0);
        if (balance >= 0 && left > 0) expect(left).toBe(balance);
      }),
    );
  });

  test("a move of no points is never booked, and only HQ takes by a move below zero", () => {
    expect(() => move("m", "earned", 0)).toThrow(RangeError);
    expect(() => move("m", "burned", -5)).toThrow(RangeError);
    expect(() => move("m", "adjusted", 0)).toThrow(RangeError);
    expect(pointsOn([move("m", "adjusted", -5)], pointsAccount(ANNA))).toBe(-5);
  });
});

describe("points lapse", () => {
  test("the oldest are used first, and only what is left of them lapses", () => {
    const entries = [
      move("old", "earned", 100, { at: NOON }),
      move("new", "earned", 50, { at: instant(NOON + 100 * DAY_MS) }),
      move("spent", "burned", 70, { at: instant(NOON + 200 * DAY_MS) }),
    ];
    expect(pointsLots(entries).map(({ id, points }) => [id, points])).toEqual([
      ["old", 30],
      ["new", 50],
    ]);
    const due = monthsAfter(NOON, 12);
    const lapsed = (months: number | null, at: number) =>
      lapseMoves(entries, { months, since: null }, instant(at)).map(({ lot, points }) => [lot, points]);
    expect(lapsed(12, due)).toEqual([["old", 30]]);
    expect(lapsed(12, due - 1)).toEqual([]);
    expect(lapsed(null, due)).toEqual([]);
  });

  test("a month later is the same day, or the last one of a shorter month", () => {
    const day = (at: Instant) => new Date(at).toISOString().slice(0, 10);
    expect(day(monthsAfter(instant(Date.UTC(2027, 0, 31)), 1))).toBe("2027-02-28");
    expect(day(monthsAfter(instant(Date.UTC(2028, 1, 29)), 12))).toBe("2029-02-28");
    expect(day(monthsAfter(instant(Date.UTC(2027, 4, 15)), -12))).toBe("2026-05-15");
  });
});

describe("what comes back", () => {
  const arbitraryShares = fc.array(
    fc.record({
      pieces: fc.integer({ min: 1, max: 9 }),
      points: fc.integer({ min: 1, max: 300 }),
    }),
    { minLength: 1, maxLength: 6 },
  );

  test("everything brought back, in whatever steps, and the customer stands as before", () => {
    fc.assert(
      fc.property(arbitraryShares, fc.array(fc.nat(5), { maxLength: 60 }), (drawn, order) => {
        const shares = drawn.map((share, position) => ({ position, ...share }));
        const earned = shares.reduce((sum, { points }) => sum + points, 0);
        const back = shares.map(() => 0);
        let taken = 0;
        const bring = (position: number): void => {
          back[position] = (back[position] ?? 0) + 1;
          const due = pointsTakenBack(shares, (each) => back[each] ?? 0);
          expect(due).toBeGreaterThanOrEqual(taken);
          expect(due).toBeLessThanOrEqual(earned);
          taken = due;
        };
        for (const position of order) if (position < shares.length) bring(position);
        for (const { position, pieces } of shares) while ((back[position] ?? 0) < pieces) bring(position);
        expect(taken).toBe(earned);
        const purchase = "ticket:t";
        const before = [move("b", "earned", 400)];
        const entries = [
          ...before,
          move("e", "earned", earned, { purchase }),
          move("r", "takenBack", taken, { purchase, at: instant(NOON + 1) }),
        ];
        expect(standingAt(entries)).toEqual(standingAt(before));
        expect(pointsLots(entries)).toEqual(pointsLots(before));
      }),
    );
  });

  test("of points that were paid never more go back than were taken", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.nat(200_000),
        (points, amountMinor, back) => {
          const given = pointsGivenBack({ points, amountMinor }, back);
          expect(given).toBeGreaterThanOrEqual(0);
          expect(given).toBeLessThanOrEqual(points);
          expect(pointsGivenBack({ points, amountMinor }, amountMinor)).toBe(points);
        },
      ),
    );
  });

  test("what had been spent already is missing then, and shown plainly", () => {
    const entries = [
      move("e", "earned", 200, { purchase: "ticket:t" }),
      move("b", "burned", 200),
      move("r", "takenBack", 200, { purchase: "ticket:t" }),
    ];
    expect(standingAt(entries)).toMatchObject({ balance: -200, earnedInYear: 0 });
  });
});

test("a tier is reached by what was earned in twelve months, and left when that is over", () => {
  const entries = [move("e", "earned", 500)];
  expect(standingAt(entries, instant(NOON + DAY_MS))).toMatchObject({
    tier: { name: "Silver" },
    next: null,
    expiry: { points: 500, at: monthsAfter(NOON, 12) },
  });
  expect(standingAt(entries, monthsAfter(NOON, 12))).toMatchObject({
    earnedInYear: 0,
    tier: null,
    next: { missing: 500 },
  });
});
