import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Instant, idOf, instant } from "../ids.ts";
import { NOON } from "../testing/arbitrary-baskets.ts";
import { eur } from "../testing/shop.ts";
import { type PointsScene, settledInTurn } from "./in-turn.ts";
import { lapseMoves } from "./lapses.ts";
import { type PointsEntry, type PointsMove, pointsEntryOf, toCustomerOf } from "./ledger.ts";
import { expiredId, monthsAfter, pointsLots } from "./lots.ts";

const ANNA = idOf<"Customer">("anna");
const DAY_MS = 86_400_000;
const MONTHS = 2;
const DAYS = 240;
const day = (nth: number) => instant(NOON + nth * DAY_MS);
const RULE = { months: MONTHS, since: null };

const scene = (at: Instant): PointsScene => ({
  customers: [ANNA],
  programme: {
    name: "Friends",
    earn: { points: 1, per: eur(100), categories: [] },
    tiers: [],
    burn: { points: 100, worth: eur(100), least: 100, most: null },
    expiresAfterMonths: MONTHS,
  },
  lapsesSince: null,
  at,
});

function move(
  id: string,
  kind: PointsMove["kind"],
  points: number,
  at: Instant,
  purchase: string | null = null,
) {
  const told = { customer: ANNA, number: null, store: null, device: null, staff: null };
  return pointsEntryOf({ ...told, id, kind, points, at, purchase });
}

const balanceOf = (entries: readonly PointsEntry[]) =>
  entries.reduce((sum, entry) => sum + toCustomerOf(entry), 0);

/** A fact, and the day on which the server is told of it: that of the fact, or any later one. */
interface Told {
  readonly entry: PointsEntry;
  readonly on: number;
}

/** What sales did to somebody's points, and goods that came back: never more than was earned by them. */
const arbitraryFacts: fc.Arbitrary<readonly Told[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom("earned", "earned", "burned", "burned", "givenBack", "takenBack"),
      points: fc.integer({ min: 1, max: 300 }),
      of: fc.nat({ max: 200 }),
      happened: fc.nat({ max: DAYS }),
      late: fc.oneof(fc.constant(0), fc.nat({ max: DAYS })),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((drawn) => {
    const earned = drawn.flatMap(({ kind, points, happened }, nth) =>
      kind === "earned" ? [{ purchase: `ticket:${nth}`, left: points, happened }] : [],
    );
    return drawn.flatMap(({ kind, points, of, happened, late }, nth): Told[] => {
      const on = happened + late;
      if (kind !== "takenBack") {
        const purchase = kind === "earned" ? `ticket:${nth}` : null;
        return [{ entry: move(`m${nth}`, kind, points, day(happened), purchase), on }];
      }
      const source = earned[of % Math.max(1, earned.length)];
      if (source === undefined || source.left === 0) return [];
      const back = Math.min(points, source.left);
      source.left -= back;
      // The server notes what comes back as it is told of it.
      const at = Math.max(on, source.happened);
      return [{ entry: move(`m${nth}`, "takenBack", back, day(at), source.purchase), on: at }];
    });
  });

/** The books of a server that is told day by day, and looks now and then at what time did; at the end it looks once more. */
function bookedAsTold(facts: readonly Told[], looks: readonly number[], end: number): readonly PointsEntry[] {
  let books: readonly PointsEntry[] = [];
  for (let today = 0; today <= end; today += 1) {
    const turns = facts.filter(({ on }) => on === today).map(({ entry }) => [entry]);
    const looksToday = looks.includes(today) || today === end;
    const all = looksToday ? [...turns, []] : turns;
    if (all.length === 0) continue;
    books = settledInTurn(books, all, scene(day(today))).after.at(-1)?.entries ?? books;
  }
  return books;
}

/** The same by hand: everything as it happened, day by day and point by point. What came back was never earned. */
function byHand(facts: readonly Told[], end: number): number {
  const entries = facts.map(({ entry }) => entry);
  const backOf = (purchase: string | null) =>
    entries.reduce(
      (sum, entry) =>
        entry.kind === "takenBack" && entry.purchase === purchase ? sum - toCustomerOf(entry) : sum,
      0,
    );
  let debt = 0;
  let lots: { at: Instant; id: string; points: number }[] = [];
  const pay = () => {
    for (const lot of lots) {
      const used = Math.min(lot.points, debt);
      lot.points -= used;
      debt -= used;
    }
  };
  for (let today = 0; today <= end; today += 1) {
    for (const entry of entries.filter(({ at }) => at === day(today))) {
      const points = toCustomerOf(entry);
      if (entry.kind === "takenBack") continue;
      if (points < 0) debt -= points;
      else
        lots.push({
          at: entry.at,
          id: entry.id,
          points: points - (entry.kind === "earned" ? backOf(entry.purchase) : 0),
        });
    }
    lots.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    pay();
    lots = lots.filter(({ at }) => monthsAfter(at, MONTHS) > day(today));
  }
  return lots.reduce((sum, { points }) => sum + points, 0) - debt;
}

test("S146 in whatever order and however late sales are told, once all are told the balance is the same", () => {
  let lapsed = 0;
  let corrected = 0;
  fc.assert(
    fc.property(arbitraryFacts, fc.array(fc.nat({ max: 2 * DAYS }), { maxLength: 8 }), (facts, looks) => {
      const end = Math.max(DAYS, ...facts.map(({ on }) => on)) + 1;
      const books = bookedAsTold(facts, looks, end);
      expect(balanceOf(books)).toBe(byHand(facts, end));
      // Nothing is left to be booked, and time has nothing to do with it any more before its day.
      expect(lapseMoves(books, RULE, day(end))).toEqual([]);
      for (const { at } of pointsLots(books)) expect(monthsAfter(at, MONTHS)).toBeGreaterThan(day(end));
      lapsed += books.filter(({ kind }) => kind === "expired").length;
      corrected += books.filter(
        ({ id }) => id.startsWith("restored:") || id.startsWith("expiredMore:"),
      ).length;
    }),
    { numRuns: 1_000 },
  );
  expect(lapsed).toBeGreaterThan(200);
  expect(corrected).toBeGreaterThan(50);
});

test("an older sale that is told after a newer one lapsed lapses by its own date", () => {
  const newer = move("newer", "earned", 100, day(10));
  const older = move("older", "earned", 60, day(3));
  const before = settledInTurn([newer], [[]], scene(day(100))).after[0]!.entries;
  expect(balanceOf(before)).toBe(0);
  const { after, byTime } = settledInTurn(before, [[older]], scene(day(110)));
  expect(after[0]!.standing).toMatchObject({ balance: 0, expiry: null });
  expect(byTime).toMatchObject([{ id: expiredId("older"), at: monthsAfter(day(3), MONTHS) }]);
});

test("what had been taken of a lot was an older one's, told later: more of it had lapsed, and less where it was its own after all", () => {
  const newer = move("newer", "earned", 100, day(10));
  const burned = move("burned", "burned", 60, day(20));
  const older = move("older", "earned", 60, day(3));
  const again = move("again", "burned", 30, day(21));
  const { after, byTime } = settledInTurn([], [[newer], [burned], [older], [again]], scene(day(200)));
  expect(byTime.map(({ id, postings }) => [id, postings[1].points])).toEqual([
    ["expired:newer", -100],
    ["restored:newer:no1", 60],
    ["expiredMore:newer:no2", -60],
    ["restored:newer:no3", 30],
  ]);
  expect(after.at(-1)!.standing.balance).toBe(0);
});

test("points that come back of goods whose points had lapsed are not lost twice", () => {
  const earned = move("earned", "earned", 100, day(0), "ticket:1");
  const back = move("back", "takenBack", 100, day(100), "ticket:1");
  const { after } = settledInTurn([], [[earned], [back]], scene(day(100)));
  expect(after.map(({ standing }) => standing.balance)).toEqual([0, 0]);
});

test("a term that is made shorter takes points from the day on which it is, and never backwards", () => {
  const entries = [move("earned", "earned", 100, day(0)), move("burned", "burned", 70, day(90))];
  const moves = lapseMoves(entries, { months: MONTHS, since: day(100) }, day(120));
  expect(moves).toMatchObject([{ lot: "earned", points: 30, at: day(100) }]);
  expect(lapseMoves(entries, { months: null, since: day(100) }, day(120))).toEqual([]);
  expect(lapseMoves(entries, { months: MONTHS, since: day(130) }, day(120))).toEqual([]);
});

describe("books of before, in which what was given back of a lot was a lot of its own, and lapsed as one", () => {
  const L = move("L", "earned", 100, day(0));
  const burned = move("burned", "burned", 95, day(5));
  const later = move("later", "earned", 30, day(125));
  const balanceAfter = (books: readonly PointsEntry[], on: number) =>
    settledInTurn(books, [[]], scene(day(on))).after[0]!.standing.balance;

  test("no point lapses a second time where the burning was told before the other lot lapsed", () => {
    const books = [
      ...[L, burned, move("N", "earned", 50, day(10))],
      move("expired:L", "expired", 100, day(61)),
      move("restored:L:5", "adjusted", 95, day(62)),
      move("expired:restored:L:5", "expired", 50, day(123)),
    ];
    expect(balanceOf(books)).toBe(0);
    expect(settledInTurn(books, [[]], scene(day(130))).byTime).toEqual([]);
    expect(pointsLots(books)).toEqual([]);
    expect(pointsLots([...books, later])).toMatchObject([{ id: "later", points: 30 }]);
    expect(balanceAfter([...books, later], 130)).toBe(30);
    expect(balanceAfter([...books, later], 240)).toBe(0);
  });

  test("nor where both had lapsed", () => {
    const books = [
      ...[L, move("N", "earned", 50, day(1)), burned],
      ...[move("expired:L", "expired", 100, day(60)), move("expired:N", "expired", 50, day(61))],
      ...[move("restored:L:5", "adjusted", 95, day(62)), move("restored:N:0", "adjusted", 50, day(62))],
      move("expired:restored:N:0", "expired", 50, day(123)),
    ];
    expect(balanceOf(books)).toBe(0);
    expect(settledInTurn(books, [[]], scene(day(130))).byTime).toEqual([]);
    expect(balanceAfter([...books, later], 130)).toBe(30);
  });

  test("what lapsed so in part is made up for by the rest of the lot that it was of, once", () => {
    const books = [
      ...[L, burned, move("N", "earned", 50, day(10))],
      move("expired:L", "expired", 100, day(61)),
      move("restored:L:5", "adjusted", 95, day(62)),
      move("expired:restored:L:5", "expired", 20, day(123)),
    ];
    const { after, byTime } = settledInTurn(books, [[]], scene(day(130)));
    expect(byTime.map(({ id, postings }) => [id, postings[1].points])).toEqual([["expired:N", -30]]);
    expect(after[0]!.standing.balance).toBe(0);
    expect(settledInTurn(after[0]!.entries, [[]], scene(day(131))).byTime).toEqual([]);
  });
});
