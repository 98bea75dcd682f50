import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AreaCountId, type Instant, idOf, instant, type VariantId } from "../ids.ts";
import { areaKey } from "./count-plan.ts";
import { areasToldTwice, countedArticles, standingAreas, type ToldArea } from "./count-result.ts";
import { correctionOfCount } from "./counting.ts";

const STORE = idOf<"Store">("berlin");
const TEA = idOf<"Variant">("tea");
const CUP = idOf<"Variant">("cup");

const area = (
  id: string,
  name: string,
  lines: readonly (readonly [VariantId, number, number])[],
  more: Partial<Pick<ToldArea, "replaces" | "leftOut">> = {},
): ToldArea => ({
  id: idOf<"AreaCount">(id),
  area: name,
  lines: lines.map(([variant, counted, at]) => ({ variant, counted, at: instant(at) })),
  replaces: [],
  leftOut: false,
  ...more,
});

describe("what is found in the areas of a store", () => {
  test("adds up, whichever till told of it", () => {
    const told = [
      area("a", "Shelf 1", [[TEA, 3, 10]]),
      area("b", "Stockroom", [
        [TEA, 4, 20],
        [CUP, 1, 21],
      ]),
    ];
    expect(countedArticles(told)).toEqual([
      { variant: TEA, counted: 7, firstAt: 10, lastAt: 20 },
      { variant: CUP, counted: 1, firstAt: 21, lastAt: 21 },
    ]);
  });

  test("of an area that was counted again only the later figures stand", () => {
    const first = idOf<"AreaCount">("a");
    const told = [
      area("a", "Shelf 1", [[TEA, 3, 10]]),
      area("b", "Shelf 1", [[TEA, 5, 20]], { replaces: [first] }),
    ];
    expect(countedArticles(told)).toEqual([{ variant: TEA, counted: 5, firstAt: 20, lastAt: 20 }]);
    expect(areasToldTwice(told)).toEqual([]);
  });

  test("an area that replaced another and is left out at HQ gives the other back", () => {
    const first: AreaCountId = idOf<"AreaCount">("a");
    const told = [
      area("a", "Shelf 1", [[TEA, 3, 10]]),
      area("b", "Shelf 1", [[TEA, 5, 20]], { replaces: [first], leftOut: true }),
    ];
    expect(standingAreas(told).map(({ id }) => id)).toEqual(["a"]);
  });

  test("one area told by two tills that did not hear of each other is noticed, however they wrote its name", () => {
    const told = [area("a", "Shelf  1 ", []), area("b", "shelf 1", []), area("c", "Shelf 2", [])];
    expect(areasToldTwice(told).map(({ id }) => id)).toEqual(["a", "b"]);
    expect(areaKey(" SHELF 1")).toBe(areaKey("shelf  1"));
  });
});

/** One thing that happens in the shop of the model: a piece is sold from a shelf, or a shelf is counted. */
type Event =
  | { readonly kind: "sold"; readonly shelf: number; readonly at: Instant }
  | { readonly kind: "counted"; readonly shelf: number; readonly at: Instant };

/** Some sales, and each shelf counted once, in any order. */
const days = fc
  .record({
    shelves: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 4 }),
    books: fc.integer({ min: -10, max: 80 }),
    order: fc.infiniteStream(fc.nat({ max: 1_000 })),
    sales: fc.array(fc.nat({ max: 3 }), { maxLength: 20 }),
  })
  .map(({ shelves, books, order, sales }) => {
    const events: Omit<Event, "at">[] = [
      ...shelves.map((_, shelf) => ({ kind: "counted" as const, shelf })),
      ...sales.map((shelf) => ({ kind: "sold" as const, shelf: shelf % shelves.length })),
    ];
    const keys = events.map(() => order.next().value ?? 0);
    const shuffled = events
      .map((event, index) => ({ event, key: keys[index] ?? 0 }))
      .toSorted((one, other) => one.key - other.key);
    return {
      shelves,
      books,
      events: shuffled.map(({ event }, index): Event => ({ ...event, at: instant(index + 1) })),
    };
  });

/** What is on the shelves after the day, what was counted of each and when, and what was sold. */
function lived(shelves: readonly number[], events: readonly Event[]) {
  const there = [...shelves];
  const told: ToldArea[] = [];
  for (const { kind, shelf, at } of events) {
    if (kind === "sold") there[shelf] = (there[shelf] ?? 0) - 1;
    else told.push(area(`area-${shelf}`, `Shelf ${shelf}`, [[TEA, there[shelf] ?? 0, at]]));
  }
  return { told, left: there.reduce((sum, pieces) => sum + pieces, 0) };
}

test("booked counts make the books right whatever was sold meanwhile; between two shelves of one article never by more than was sold in between", () => {
  fc.assert(
    fc.property(days, ({ shelves, books, events }) => {
      const { told, left } = lived(shelves, events);
      const [article] = countedArticles(told);
      if (article === undefined) throw new Error("nothing was counted");
      const soldUpTo = (until: Instant) =>
        events.filter(({ kind, at }) => kind === "sold" && at <= until).length;
      const booked = correctionOfCount({
        level: { store: STORE, variant: TEA, onHand: books - soldUpTo(article.lastAt) },
        count: article,
        counted: { entry: idOf<"Entry">("entry"), at: article.lastAt },
        last: null,
      });
      const after = books - soldUpTo(instant(1_000)) + booked.quantity;
      const between = soldUpTo(article.lastAt) - soldUpTo(article.firstAt);
      expect(Math.abs(after - left)).toBeLessThanOrEqual(between);
      if (between === 0) expect(after).toBe(left);
    }),
  );
});
