import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { money } from "../money/money.ts";
import type { Result } from "../result.ts";
import { arbitraryBasket, BASKET, basketOf, MIRA, NOON } from "../testing/arbitrary-baskets.ts";
import { CHF, eur, lineOf, type Rung } from "../testing/shop.ts";
import {
  type Basket,
  type Discount,
  MAX_AMOUNT_MINOR,
  MAX_LINES_PER_TICKET,
  MAX_QUANTITY_PER_LINE,
} from "./basket.ts";
import {
  addItem,
  type BasketRefusal,
  changeQuantity,
  discountBasket,
  discountLine,
  openBasket,
  parkBasket,
  type RungItem,
  recallBasket,
  removeLine,
  removeTender,
  restoreLine,
} from "./basket-acts.ts";

const LATER = instant(NOON + 60_000);
const EMPTY = openBasket({ id: BASKET, staff: MIRA, at: NOON });
const TEN_PERCENT: Discount = { kind: "percent", ppm: 100_000, reason: "regular customer" };

function itemOf(rung: Rung): RungItem {
  const { quantity: _, discount: __, ...item } = lineOf(rung);
  return item;
}

const mug = itemOf({ name: "mug", price: eur(1_190) });
const book = itemOf({ name: "book", price: eur(1_605), taxClass: "reduced" });

function changed(result: Result<Basket, BasketRefusal>): Basket {
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return result.value;
}

function why(result: Result<Basket, BasketRefusal>): BasketRefusal | "done" {
  return result.ok ? "done" : result.reason;
}

function add(basket: Basket, item: RungItem, quantity = 1) {
  return addItem({ basket, item, quantity, at: LATER });
}

const withMug = changed(add(EMPTY, mug));

describe("ringing up", () => {
  test("the same mug again goes onto its line; a book gets its own", () => {
    const another = { ...mug, id: idOf<"Line">("line-another") };
    const basket = changed(add(changed(add(withMug, book)), another, 2));
    expect(basket.lines.map(({ id, quantity }) => [id, quantity])).toEqual([
      ["line-mug", 3],
      ["line-book", 1],
    ]);
    expect(basket.updatedAt).toBe(LATER);
  });

  test("a mug at another price, or after a discount on the first, gets a line of its own", () => {
    const dearer = { ...mug, id: idOf<"Line">("line-dearer"), unitPrice: eur(1_290) };
    expect(changed(add(withMug, dearer)).lines).toHaveLength(2);
    const reduced = changed(
      discountLine({ basket: withMug, line: mug.id, discount: TEN_PERCENT, at: LATER }),
    );
    expect(changed(add(reduced, { ...mug, id: idOf<"Line">("line-second") })).lines).toHaveLength(2);
  });

  test.each([0, -1, 1.5, Number.NaN, MAX_QUANTITY_PER_LINE + 1])("%d pieces cannot be sold", (quantity) => {
    expect(why(add(EMPTY, mug, quantity))).toBe("quantityOutOfRange");
    expect(why(changeQuantity({ basket: withMug, line: mug.id, quantity, at: LATER }))).toBe(
      "quantityOutOfRange",
    );
  });

  test("a line holds 9,999 pieces and not one more", () => {
    const full = changed(add(EMPTY, mug, MAX_QUANTITY_PER_LINE));
    expect(why(add(full, mug))).toBe("quantityOutOfRange");
  });

  test("a ticket holds 500 lines; the 501st article is refused, one more piece is not", () => {
    const lines = Array.from({ length: MAX_LINES_PER_TICKET }, (_, index) =>
      lineOf({ name: `article-${index}`, price: eur(100) }),
    );
    const full = basketOf(lines);
    expect(why(add(full, mug))).toBe("tooManyLines");
    expect(
      why(restoreLine({ basket: full, line: lineOf({ name: "mug", price: eur(1) }), index: 0, at: LATER })),
    ).toBe("tooManyLines");
    expect(changed(add(full, itemOf({ name: "article-7", price: eur(100) }))).lines[7]?.quantity).toBe(2);
  });

  test("a mistyped price of billions is refused before it can stop the till from adding up", () => {
    const palace = itemOf({ name: "palace", price: eur(MAX_AMOUNT_MINOR) });
    const bought = changed(add(EMPTY, palace));
    expect(why(add(bought, mug))).toBe("amountTooLarge");
    expect(why(changeQuantity({ basket: bought, line: palace.id, quantity: 2, at: LATER }))).toBe(
      "amountTooLarge",
    );
    expect(why(add(EMPTY, itemOf({ name: "planet", price: eur(Number.MAX_SAFE_INTEGER) }), 9_999))).toBe(
      "amountTooLarge",
    );
    expect(why(removeLine({ basket: bought, line: palace.id, at: LATER }))).toBe("done");
  });

  test("a line that is not there cannot be changed", () => {
    const line = idOf<"Line">("line-ghost");
    expect(why(changeQuantity({ basket: withMug, line, quantity: 2, at: LATER }))).toBe("noSuchLine");
    expect(why(removeLine({ basket: withMug, line, at: LATER }))).toBe("noSuchLine");
    expect(why(discountLine({ basket: withMug, line, discount: null, at: LATER }))).toBe("noSuchLine");
  });
});

describe("removing and undoing", () => {
  test("undo brings every line back to its place, exactly as it was", () => {
    fc.assert(
      fc.property(arbitraryBasket, fc.nat(7), (basket, index) => {
        fc.pre(index < basket.lines.length && basket.lines.length > 1);
        const line = basket.lines[index]!;
        const without = changed(removeLine({ basket, line: line.id, at: NOON }));
        expect(without.lines).toHaveLength(basket.lines.length - 1);
        expect(changed(restoreLine({ basket: without, line, index, at: NOON }))).toEqual(basket);
      }),
    );
  });

  test("undoing twice does not sell twice", () => {
    const line = withMug.lines[0]!;
    expect(changed(restoreLine({ basket: withMug, line, index: 0, at: LATER }))).toEqual(withMug);
  });

  test("when other lines have gone meanwhile the line comes back at the end", () => {
    const line = lineOf({ name: "book", price: eur(1_605) });
    const back = changed(restoreLine({ basket: withMug, line, index: 7, at: LATER }));
    expect(back.lines.map(({ name }) => name)).toEqual(["mug", "book"]);
  });

  test("the discount over an emptied basket does not wait for the next article", () => {
    const reduced = changed(discountBasket({ basket: withMug, discount: TEN_PERCENT, at: LATER }));
    expect(changed(removeLine({ basket: reduced, line: mug.id, at: LATER })).discount).toBeNull();
  });
});

describe("discounts", () => {
  const onLine = (discount: Discount | null) =>
    discountLine({ basket: withMug, line: mug.id, discount, at: LATER });
  const onBasket = (discount: Discount | null) => discountBasket({ basket: withMug, discount, at: LATER });

  test.each([onLine, onBasket])("a discount is given and taken away again (%#)", (give) => {
    expect(why(give(TEN_PERCENT))).toBe("done");
    expect(changed(give(null))).toEqual({ ...withMug, updatedAt: LATER });
  });

  test.each([onLine, onBasket])("nothing, less than nothing or more than all is no discount (%#)", (give) => {
    for (const ppm of [0, -1, 0.5])
      expect(why(give({ kind: "percent", ppm, reason: "" }))).toBe("discountNotPositive");
    expect(why(give({ kind: "percent", ppm: 1_000_001, reason: "" }))).toBe("discountTooLarge");
    expect(why(give({ kind: "amount", amount: eur(0), reason: "" }))).toBe("discountNotPositive");
    expect(why(give({ kind: "amount", amount: money(100, CHF), reason: "" }))).toBe("wrongCurrency");
    expect(why(give({ ...TEN_PERCENT, reason: "x".repeat(121) }))).toBe("discountTooLarge");
  });

  test("a line is reduced by what it costs at most", () => {
    expect(why(onLine({ kind: "amount", amount: eur(1_190), reason: "gift" }))).toBe("done");
    expect(why(onLine({ kind: "amount", amount: eur(1_191), reason: "gift" }))).toBe("discountTooLarge");
  });

  test("an empty basket has nothing to reduce", () => {
    expect(why(discountBasket({ basket: EMPTY, discount: TEN_PERCENT, at: LATER }))).toBe("emptyBasket");
  });
});

describe("parking", () => {
  test("a parked basket comes back as it was, to whoever recalls it", () => {
    const parked = changed(parkBasket({ basket: withMug, label: "blue coat", at: LATER }));
    expect(parked).toMatchObject({ status: "parked", label: "blue coat" });
    const jonas = idOf<"Staff">("jonas");
    const recalled = recallBasket({ basket: parked, staff: jonas, at: LATER });
    expect(recalled).toEqual({
      ...withMug,
      status: "open",
      label: "blue coat",
      staff: jonas,
      updatedAt: LATER,
    });
  });

  test("there is nothing to park in an empty basket", () => {
    expect(why(parkBasket({ basket: EMPTY, label: "", at: LATER }))).toBe("emptyBasket");
  });
});

test("once money is on the table, nothing of the basket changes until it is taken back", () => {
  const tender = idOf<"Tender">("tender-1");
  const basket: Basket = { ...withMug, tenders: [{ id: tender, kind: "cash", tendered: eur(500) }] };
  const line = mug.id;
  const attempts = [
    add(basket, book),
    changeQuantity({ basket, line, quantity: 2, at: LATER }),
    removeLine({ basket, line, at: LATER }),
    restoreLine({ basket, line: lineOf({ name: "book", price: eur(1) }), index: 0, at: LATER }),
    discountLine({ basket, line, discount: TEN_PERCENT, at: LATER }),
    discountBasket({ basket, discount: TEN_PERCENT, at: LATER }),
    parkBasket({ basket, label: "", at: LATER }),
  ];
  expect(attempts.map(why)).toEqual(attempts.map(() => "paymentStarted"));
  expect(why(removeTender({ basket, tender: idOf<"Tender">("tender-2"), at: LATER }))).toBe("noSuchTender");
  const free = changed(removeTender({ basket, tender, at: LATER }));
  expect(why(add(free, book))).toBe("done");
});
