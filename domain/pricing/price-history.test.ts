import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Instant, idOf, instant } from "../ids.ts";
import type { Price } from "../product/product.ts";
import { eur } from "../testing/shop.ts";
import { heldPrices, isReduction, lowestBefore, type PriceWrite } from "./price-history.ts";

const DAY = 86_400_000;
/** Day 0 is the 1st of September 2026. */
const day = (days: number): Instant => instant(Date.UTC(2026, 8, 1) + days * DAY);

interface Said {
  readonly on: number;
  readonly cents: number | null;
  readonly was?: number | undefined;
  readonly from?: number | undefined;
  readonly until?: number | undefined;
}

/** Somebody at HQ set a price on a day (null: took it away), for now or for later. */
function said({ on, cents, was, from, until }: Said): PriceWrite {
  const validFrom = from === undefined ? null : day(from);
  return { at: day(on), validFrom, price: cents === null ? null : priced({ cents, was, from, until }) };
}

function priced({ cents, was, from, until }: Omit<Said, "on" | "cents"> & { readonly cents: number }): Price {
  return {
    list: idOf<"PriceList">("retail"),
    variant: idOf<"Variant">("tea"),
    amount: eur(cents),
    compareAt: was === undefined ? null : eur(was),
    validFrom: from === undefined ? null : day(from),
    validTo: until === undefined ? null : day(until),
  };
}

function lowest(all: readonly Said[], { on, cents, was }: { on: number; cents: number; was: number }) {
  const writes = all.map(said);
  return lowestBefore({ writes, reduced: priced({ cents, was }), begins: day(on) })?.minor ?? null;
}

describe("what held when", () => {
  test("a price holds from when it was set until another is", () => {
    const writes = [said({ on: 0, cents: 1000 }), said({ on: 10, cents: 900 })];
    expect(heldPrices(writes, day(20)).map(({ from, to, price }) => [from, to, price.amount.minor])).toEqual([
      [day(0), day(10), 1000],
      [day(10), day(20), 900],
    ]);
  });

  test("a planned price holds on its days alone, and what held before holds again afterwards", () => {
    const writes = [said({ on: 0, cents: 1000 }), said({ on: 1, cents: 800, from: 5, until: 7 })];
    expect(heldPrices(writes, day(9)).map(({ to, price }) => [to, price.amount.minor])).toEqual([
      [day(1), 1000],
      [day(5), 1000],
      [day(7), 800],
      [day(9), 1000],
    ]);
  });

  test("a plan that was taken back in time never held", () => {
    const writes = [
      said({ on: 0, cents: 1000 }),
      said({ on: 1, cents: 500, from: 5 }),
      said({ on: 3, cents: null, from: 5 }),
    ];
    expect(heldPrices(writes, day(9)).every(({ price }) => price.amount.minor === 1000)).toBe(true);
  });

  test("a price that was put in force for a past day holds from when it was said", () => {
    const writes = [said({ on: 0, cents: 1000 }), said({ on: 10, cents: 700, from: 2 })];
    expect(heldPrices(writes, day(12)).map(({ from, price }) => [from, price.amount.minor])).toContainEqual([
      day(10),
      700,
    ]);
    expect(heldPrices(writes, day(10)).every(({ price }) => price.amount.minor === 1000)).toBe(true);
  });
});

describe("the lowest price of the 30 days before a reduction (Directive 98/6/EC, article 6a)", () => {
  test("one price for months: it is that price", () => {
    expect(lowest([{ on: 0, cents: 10000 }], { on: 90, cents: 8000, was: 10000 })).toBe(10000);
  });

  test("raised a week before the sale: it is the price of before the rise, not the one it was raised to", () => {
    const history = [
      { on: 0, cents: 10000 },
      { on: 53, cents: 12000 },
    ];
    expect(lowest(history, { on: 60, cents: 9000, was: 12000 })).toBe(10000);
  });

  test("raised 31 days before: only the higher price is in the 30 days", () => {
    const history = [
      { on: 0, cents: 10000 },
      { on: 29, cents: 12000 },
    ];
    expect(lowest(history, { on: 60, cents: 9000, was: 12000 })).toBe(12000);
  });

  test("several reductions in a row with the full price between them: the sale of three weeks ago counts", () => {
    const history = [
      { on: 0, cents: 10000 },
      { on: 30, cents: 8000, was: 10000 },
      { on: 37, cents: 10000 },
    ];
    expect(lowest(history, { on: 60, cents: 7000, was: 10000 })).toBe(8000);
  });

  test("several reductions in a row, the one before more than 30 days ago: it no longer counts", () => {
    const history = [
      { on: 0, cents: 10000 },
      { on: 10, cents: 6000, was: 10000 },
      { on: 20, cents: 10000 },
    ];
    expect(lowest(history, { on: 60, cents: 7000, was: 10000 })).toBe(10000);
  });

  test("reduced further step by step, 100 to 80 to 70 to 60: it is what held before the first step", () => {
    const history = [
      { on: 0, cents: 10000 },
      { on: 60, cents: 8000, was: 10000 },
      { on: 67, cents: 7000, was: 10000 },
    ];
    expect(lowest(history, { on: 74, cents: 6000, was: 10000 })).toBe(10000);
  });

  test("a step up in between ends the steps: 100 to 70, then 80, shows 70", () => {
    const history = [
      { on: 0, cents: 10000 },
      { on: 60, cents: 7000, was: 10000 },
    ];
    expect(lowest(history, { on: 67, cents: 8000, was: 10000 })).toBe(7000);
  });

  test("cheaper without saying so is no step of a reduction: it is that cheaper price", () => {
    const history = [
      { on: 0, cents: 10000 },
      { on: 50, cents: 8500 },
    ];
    expect(lowest(history, { on: 60, cents: 8000, was: 10000 })).toBe(8500);
  });

  test("listed for ten days only: the lowest of those ten days", () => {
    const history = [
      { on: 50, cents: 5000 },
      { on: 55, cents: 4500 },
      { on: 58, cents: 5000 },
    ];
    expect(lowest(history, { on: 60, cents: 4000, was: 5000 })).toBe(4500);
  });

  test("reduced from its first day: there is no price before, so none is shown", () => {
    expect(lowest([], { on: 60, cents: 4000, was: 5000 })).toBeNull();
  });

  test("a reduction that is planned for later looks at what will have held by then", () => {
    const history = [
      { on: 0, cents: 10000 },
      { on: 1, cents: 9000, from: 40, until: 50 },
      { on: 2, cents: 7000, was: 10000, from: 60 },
    ];
    expect(lowest(history, { on: 60, cents: 7000, was: 10000 })).toBe(9000);
  });

  test("saying the same reduction again changes nothing", () => {
    const history = [
      { on: 0, cents: 10000 },
      { on: 60, cents: 8000, was: 10000 },
    ];
    expect(lowest(history, { on: 63, cents: 8000, was: 10000 })).toBe(10000);
  });

  test("it is never below the lowest nor above the highest price that ever was", () => {
    const anyPrice = fc.record({
      on: fc.nat(100),
      cents: fc.integer({ min: 1, max: 10_000 }),
      was: fc.option(fc.integer({ min: 1, max: 12_000 }), { nil: undefined }),
    });
    // Of two that are set at the same moment the first never held.
    const anyHistory = fc.uniqueArray(anyPrice, { minLength: 1, maxLength: 12, selector: ({ on }) => on });
    fc.assert(
      fc.property(anyHistory, (all) => {
        const inOrder = all.toSorted((a, b) => a.on - b.on);
        // It came to the list at its full price.
        const history = inOrder.map((each, index) => (index === 0 ? { ...each, was: undefined } : each));
        const found = lowest(history, { on: 101, cents: 1, was: 2 });
        const cents = history.map((each) => each.cents);
        expect(found).not.toBeNull();
        expect(found).toBeGreaterThanOrEqual(Math.min(...cents));
        expect(found).toBeLessThanOrEqual(Math.max(...cents));
      }),
    );
  });
});

test("a price is reduced where the one it is compared with is higher", () => {
  expect(isReduction(priced({ cents: 800, was: 1000 }))).toBe(true);
  expect(isReduction(priced({ cents: 800, was: 800 }))).toBe(false);
  expect(isReduction(priced({ cents: 800 }))).toBe(false);
});
