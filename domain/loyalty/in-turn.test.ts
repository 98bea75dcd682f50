import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { NOON } from "../testing/arbitrary-baskets.ts";
import { eur } from "../testing/shop.ts";
import { type PointsScene, settledInTurn } from "./in-turn.ts";
import { type PointsEntry, pointsEntryOf } from "./ledger.ts";

const ANNA = idOf<"Customer">("anna");
const FORMER = idOf<"Customer">("anna-before");
const DAY_MS = 86_400_000;
const DAYS = 700;

const SCENE: PointsScene = {
  customers: [ANNA, FORMER],
  programme: {
    name: "Friends",
    earn: { points: 1, per: eur(100), categories: [] },
    tiers: [{ name: "Silver", from: 500, ppm: 1_500_000 }],
    burn: { points: 100, worth: eur(100), least: 100, most: null },
    expiresAfterMonths: 12,
  },
  lapsesSince: null,
  at: instant(NOON + DAYS * DAY_MS),
};

const arbitraryTurns: fc.Arbitrary<readonly (readonly PointsEntry[])[]> = fc
  .array(
    fc.array(
      fc.record({
        kind: fc.constantFrom("earned", "earned", "burned", "givenBack"),
        points: fc.integer({ min: 1, max: 400 }),
        day: fc.integer({ min: 0, max: DAYS }),
        isFormer: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((turns) =>
    turns.map((turn, nth) =>
      turn.map(({ kind, points, day, isFormer }, index) => {
        const told = { number: null, store: null, device: null, staff: null };
        const id = `${nth}-${index}`;
        const purchase = kind === "earned" ? `ticket:${id}` : null;
        const at = instant(NOON + day * DAY_MS);
        return pointsEntryOf({ ...told, id, kind, points, at, purchase, customer: isFormer ? FORMER : ANNA });
      }),
    ),
  );

const inOrder = (entries: readonly PointsEntry[]) =>
  entries.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

test("what is settled in turns comes out as one settled after the other, whatever of it stands in the books already", () => {
  let lapsed = 0;
  fc.assert(
    fc.property(arbitraryTurns, fc.nat({ max: 6 }), (turns, known) => {
      const before = inOrder(turns.slice(0, known).flat());
      const first = settledInTurn(before, [[]], SCENE);
      let books = first.after[0]?.entries ?? [];
      const start = books;
      const alone: PointsEntry[] = [];
      const standings = turns.slice(known).map((turn) => {
        const { after, byTime } = settledInTurn(inOrder([...books, ...turn]), [[]], SCENE);
        alone.push(...byTime);
        const [left] = after;
        if (left === undefined) throw new Error("a turn leaves something");
        books = left.entries;
        return left;
      });
      const told = inOrder([...start, ...turns.slice(known).flat()]);
      const together = settledInTurn(told, turns.slice(known), SCENE);
      expect(together).toEqual({ after: standings, byTime: alone });
      lapsed += alone.length;
    }),
  );
  expect(lapsed).toBeGreaterThan(0);
});
