import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { eur } from "../testing/shop.ts";
import type { BasketLine, Discount } from "../ticket/basket.ts";
import { actsOf, actsOfRestoring, voidedLines } from "./basket-change.ts";

function line(id: string, changes: Partial<BasketLine> = {}): BasketLine {
  return {
    id: idOf<"Line">(id),
    variant: idOf<"Variant">(id),
    sku: idOf<"Sku">(id),
    name: id,
    options: [],
    taxClass: idOf<"TaxClass">("standard"),
    unitPrice: eur(1_000),
    quantity: 1,
    discount: null,
    ...changes,
  };
}
const percent = (ppm: number): Discount => ({ kind: "percent", ppm, reason: "Goodwill" });
const amount = (minor: number): Discount => ({ kind: "amount", amount: eur(minor), reason: "Goodwill" });
const basket = (lines: readonly BasketLine[], discount: Discount | null = null) => ({ lines, discount });
const mug = line("mug");

describe("what a change of a basket takes", () => {
  test("ringing something up, and one more of it, takes nothing", () => {
    expect(actsOf({ before: basket([]), after: basket([mug]) })).toEqual([]);
    expect(actsOf({ before: basket([mug]), after: basket([{ ...mug, quantity: 2 }]) })).toEqual([]);
  });

  test("a discount takes as much as its share, be it a percentage or an amount", () => {
    const acts = (discount: Discount) =>
      actsOf({ before: basket([mug]), after: basket([{ ...mug, discount }]) });
    expect(acts(percent(100_000))).toEqual([{ permission: "discount.line", ppm: 100_000, about: "mug" }]);
    expect(acts(amount(100))).toEqual([{ permission: "discount.line", ppm: 100_000, about: "mug" }]);
    expect(actsOf({ before: basket([mug]), after: basket([mug], amount(500)) })).toEqual([
      { permission: "discount.basket", ppm: 500_000, about: "" },
    ]);
  });

  test("taking a discount back, or giving less, takes nothing", () => {
    const reduced = basket([{ ...mug, discount: percent(200_000) }]);
    expect(actsOf({ before: reduced, after: basket([mug]) })).toEqual([]);
    expect(actsOf({ before: reduced, after: basket([{ ...mug, discount: percent(100_000) }]) })).toEqual([]);
  });

  test("whoever takes goods out below an amount off the basket gives a larger share than was allowed", () => {
    const tea = line("tea", { unitPrice: eur(9_000) });
    const acts = actsOf({ before: basket([mug, tea], amount(1_000)), after: basket([mug], amount(1_000)) });
    expect(acts).toEqual([
      { permission: "line.void", about: "tea" },
      { permission: "discount.basket", ppm: 1_000_000, about: "" },
    ]);
  });

  test("a price below the list's takes as much as it is below, one above it only the permission", () => {
    const typed = (minor: number) =>
      line("mug", { unitPrice: eur(minor), override: { listPrice: eur(1_000), reason: "Scratched" } });
    const acts = (minor: number) => actsOf({ before: basket([mug]), after: basket([typed(minor)]) });
    expect(acts(750)).toEqual([{ permission: "price.override", ppm: 250_000, about: "mug" }]);
    expect(acts(1_500)).toEqual([{ permission: "price.override", ppm: 0, about: "mug" }]);
    expect(actsOf({ before: basket([typed(750)]), after: basket([typed(750), line("tea")]) })).toEqual([]);
  });
});

describe("what somebody allowed", () => {
  test("is no word for more pieces at the same share, nor at the same price", () => {
    const reduced = { ...mug, discount: percent(500_000) };
    expect(actsOf({ before: basket([reduced]), after: basket([{ ...reduced, quantity: 9 }]) })).toEqual([
      { permission: "discount.line", ppm: 500_000, about: "mug" },
    ]);
    const typed = line("mug", { unitPrice: eur(100), override: { listPrice: eur(1_000), reason: "Torn" } });
    expect(actsOf({ before: basket([typed]), after: basket([{ ...typed, quantity: 9 }]) })).toEqual([
      { permission: "price.override", ppm: 900_000, about: "mug" },
    ]);
  });

  test("off a basket is no word for what is rung up into it later", () => {
    const given = percent(500_000);
    expect(actsOf({ before: basket([mug], given), after: basket([mug, line("tv")], given) })).toEqual([
      { permission: "discount.basket", ppm: 500_000, about: "" },
    ]);
    const off = amount(500);
    expect(actsOf({ before: basket([mug], off), after: basket([mug, line("tv")], off) })).toEqual([]);
    const tenth = percent(100_000);
    const allowed = { ...mug, discount: given };
    expect(actsOf({ before: basket([allowed], tenth), after: basket([allowed, line("tv")], tenth) })).toEqual(
      [{ permission: "discount.basket", ppm: 100_000, about: "" }],
    );
  });

  test("is asked for again where goods come back under a discount that they were not under", () => {
    const tv = line("tv", { unitPrice: eur(90_000), discount: percent(300_000) });
    const given = percent(500_000);
    const back = (before: Discount | null, wentWith: Discount | null) =>
      actsOfRestoring({
        before: basket([mug], before),
        after: basket([mug, tv], before ?? wentWith),
        lines: [tv],
        discount: wentWith,
      });
    expect(back(null, null)).toEqual([]);
    expect(back(given, null)).toEqual([{ permission: "discount.basket", ppm: 650_000, about: "" }]);
    expect(
      actsOfRestoring({ before: basket([]), after: basket([tv], given), lines: [tv], discount: given }),
    ).toEqual([]);
  });
});

test("a line's discount and the basket's count together, whichever is given last", () => {
  const tenth = percent(100_000);
  const reduced = { ...mug, discount: tenth };
  expect(actsOf({ before: basket([reduced]), after: basket([reduced], tenth) })).toEqual([
    { permission: "discount.basket", ppm: 190_000, about: "" },
  ]);
  expect(actsOf({ before: basket([mug], tenth), after: basket([reduced], tenth) })).toEqual([
    { permission: "discount.line", ppm: 190_000, about: "mug" },
  ]);
});

describe("what was taken out", () => {
  test("is a line that is gone, or the pieces that are missing from it, at what they cost", () => {
    const before = basket([{ ...mug, quantity: 3 }, line("tea")]);
    expect(voidedLines({ before, after: basket([{ ...mug, quantity: 1 }]) })).toEqual([
      { name: "mug", quantity: 2, total: eur(2_000) },
      { name: "tea", quantity: 1, total: eur(1_000) },
    ]);
  });

  test("is no deposit that went with its bottle, and nothing of an order", () => {
    const deposit = line("deposit", { linked: { to: mug.id, kind: "deposit" } });
    const ordered = line("shirt", {
      order: {
        order: idOf<"Order">("o"),
        fulfilment: idOf<"Fulfilment">("f"),
        line: "1",
      } as unknown as NonNullable<BasketLine["order"]>,
    });
    expect(voidedLines({ before: basket([mug, deposit, ordered]), after: basket([]) })).toEqual([
      { name: "mug", quantity: 1, total: eur(1_000) },
    ]);
  });
});

test("no way round a limit: however pieces come and go, a share above what was asked for is asked for again", () => {
  const price = fc.integer({ min: 1, max: 50_000 });
  const pieces = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(price, pieces, pieces, fc.integer({ min: 1, max: 50_000 }), (minor, had, has, off) => {
      const at = (quantity: number) =>
        basket([line("mug", { unitPrice: eur(minor), quantity, discount: amount(off) })]);
      const asked = actsOf({ before: at(had), after: at(has) }).some(
        ({ permission }) => permission === "discount.line",
      );
      const share = (quantity: number) => Math.min(1, off / (minor * quantity));
      if (share(has) > share(had) + 1e-6) expect(asked).toBe(true);
      if (share(has) <= share(had)) expect(asked).toBe(false);
    }),
  );
});
