import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { NOON } from "../testing/arbitrary-baskets.ts";
import { type PointsEntry, pointsEntryOf, toCustomerOf } from "./ledger.ts";
import { expiredId, pointsLots } from "./lots.ts";
import { overLapsed, restoredId } from "./over-lapsed.ts";

const ANNA = idOf<"Customer">("anna");
const DAY_MS = 86_400_000;
const LAST_DAY = 30;

const arbitraryEntries: fc.Arbitrary<readonly PointsEntry[]> = fc
  .array(
    fc.record({
      kind: fc.constantFrom(
        ...([
          "earned",
          "earned",
          "burned",
          "givenBack",
          "adjusted",
          "takenBack",
          "expired",
          "expired",
          "restored",
        ] as const),
      ),
      points: fc.integer({ min: 1, max: 300 }),
      day: fc.nat({ max: LAST_DAY }),
      of: fc.nat({ max: 20 }),
    }),
    { maxLength: 25 },
  )
  .map((drawn) =>
    drawn.map(({ kind, points, day, of }, index) => {
      const lot = `lot-${of}`;
      const told = { customer: ANNA, points, at: instant(NOON + day * DAY_MS) };
      const nobody = { purchase: null, number: null, store: null, device: null, staff: null };
      const plain = { ...told, ...nobody, id: `lot-${index}` };
      if (kind === "expired") return pointsEntryOf({ ...plain, id: expiredId(lot), kind });
      if (kind === "restored") return pointsEntryOf({ ...plain, id: restoredId(lot, of), kind: "adjusted" });
      if (kind === "adjusted") return pointsEntryOf({ ...plain, kind, points: of < 10 ? points : -points });
      const purchase = kind === "earned" || kind === "takenBack" ? `ticket:${of % 5}` : null;
      return pointsEntryOf({ ...plain, kind, purchase });
    }),
  );

/** Lot by lot by the rule itself: what `pointsLots` leaves of it of all that was there as it lapsed. */
function byTheRule(told: readonly PointsEntry[]) {
  const entries = told.filter(({ id }, place) => told.findIndex((each) => each.id === id) === place);
  return entries.flatMap((lapse) => {
    const lot = entries.find(({ id }) => lapse.kind === "expired" && expiredId(id) === lapse.id);
    if (lot === undefined) return [];
    const older = entries.filter(({ at, id }) => at < lot.at || (at === lot.at && id < lot.id));
    const hadLapsed = new Set(older.map(({ id }) => expiredId(id)));
    const then = entries.filter(
      ({ id, at, kind }) => at <= lapse.at && (kind !== "expired" || hadLapsed.has(id)),
    );
    const legit = pointsLots(then).find(({ id }) => id === lot.id)?.points ?? 0;
    const restored = entries.filter(({ id }) => id.startsWith(restoredId(lot.id, 0).slice(0, -1)));
    const points = restored.reduce((left, each) => left - toCustomerOf(each), -toCustomerOf(lapse)) - legit;
    return points > 0 ? [{ lot: lot.id, points, legit }] : [];
  });
}

test("what had lapsed too early is what each lot had less than lapsed of it, in whatever history", () => {
  let found = 0;
  fc.assert(
    fc.property(arbitraryEntries, (entries) => {
      const expected = byTheRule(entries);
      expect(overLapsed(entries)).toEqual(expected);
      found += expected.length;
    }),
    { numRuns: 1_000 },
  );
  expect(found).toBeGreaterThan(50);
});
