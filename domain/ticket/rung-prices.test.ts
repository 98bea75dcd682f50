import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { type Money, money } from "../money/money.ts";
import { priceBasket } from "../pricing/price-basket.ts";
import type { Result } from "../result.ts";
import { BASKET, MIRA, NOON } from "../testing/arbitrary-baskets.ts";
import { arbitraryPromotionsUpTo } from "../testing/arbitrary-promotions.ts";
import { arbitraryAct, depositOn, goodsOf, rungItem, withTiers } from "../testing/rung-goods.ts";
import { EUR, eur, GERMANY, variantOf } from "../testing/shop.ts";
import type { Basket, BasketLine } from "./basket.ts";
import {
  addItem,
  type BasketRefusal,
  changeQuantity,
  discountBasket,
  discountLine,
  openBasket,
  overridePrice,
  type RungItem,
  removeLine,
  restoreLine,
} from "./basket-acts.ts";
import { linkedTo } from "./linked-lines.ts";
import { repricedBasket } from "./reprice.ts";

const AT = instant(NOON + 60_000);
const EMPTY = openBasket({ id: BASKET, staff: MIRA, at: NOON });
const TENTH = { kind: "percent", ppm: 100_000, reason: "scratched" } as const;
const SOAP = withTiers(rungItem({ name: "soap", price: eur(300) }), { from: 3, amount: eur(250) });
const BOTTLE = rungItem({ name: "bottle", price: eur(129) });
const DEPOSIT = depositOn(BOTTLE.id, eur(25));
const CHEESE: RungItem = {
  ...rungItem({ name: "cheese", price: eur(557) }),
  weighed: { grams: 432, perKilo: eur(1_290) },
};

function done(result: Result<Basket, BasketRefusal>): Basket {
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return result.value;
}

function add(basket: Basket, item: RungItem, quantity = 1, linked: readonly RungItem[] = []): Basket {
  return done(addItem({ basket, item, linked, quantity, at: AT }));
}

function change(basket: Basket, { id }: RungItem, quantity: number) {
  return changeQuantity({ basket, line: id, quantity, at: AT });
}

function prices({ lines }: Basket): readonly number[] {
  return lines.map(({ unitPrice }) => unitPrice.minor);
}

describe("a price that a colleague types over the list's", () => {
  const typed = (basket: Basket, { id }: RungItem, minor: number) =>
    done(overridePrice({ basket, line: id, price: eur(minor), reason: "label", at: AT }));

  test("holds for any number of pieces, and for whichever customer buys", () => {
    const three = done(change(typed(add(EMPTY, SOAP), SOAP, 200), SOAP, 3));
    expect(three.lines).toMatchObject([
      { quantity: 3, unitPrice: eur(200), override: { listPrice: eur(300), reason: "label" } },
    ]);
    const anew = repricedBasket(three, () => ({ amount: eur(100) }));
    expect(anew.ok && prices(anew.value.basket)).toEqual([200]);
  });

  test("typed twice still says what the list asked, and taken back is the list's", () => {
    const twice = typed(typed(add(EMPTY, SOAP), SOAP, 200), SOAP, 150);
    expect(twice.lines[0]?.override?.listPrice).toEqual(eur(300));
    const back = done(overridePrice({ basket: twice, line: SOAP.id, price: null, reason: "", at: AT }));
    expect(prices(back)).toEqual([300]);
    expect(back.lines[0]).not.toHaveProperty("override");
  });

  test("leaves one more of it at the list's price, on a line of its own", () => {
    const one = typed(add(EMPTY, SOAP), SOAP, 200);
    const both = add(one, { ...SOAP, id: idOf<"Line">("another") });
    expect(prices(both)).toEqual([200, 300]);
  });

  test("is none for a weighed package, nor in another currency", () => {
    const asked = (basket: Basket, { id }: RungItem, price: Money) =>
      overridePrice({ basket, line: id, price, reason: "label", at: AT });
    expect(asked(add(EMPTY, CHEESE), CHEESE, eur(1))).toMatchObject({ reason: "weighedLine" });
    const francs = money(100, idOf<"Currency">("CHF"));
    expect(asked(add(EMPTY, SOAP), SOAP, francs)).toMatchObject({ reason: "wrongCurrency" });
  });

  test("adds up to the cent, and no promotion takes anything off it", () => {
    const price = fc.integer({ min: 1, max: 99_999 });
    const pieces = fc.integer({ min: 1, max: 99 });
    fc.assert(
      fc.property(price, pieces, arbitraryPromotionsUpTo(4), (minor, quantity, promotions) => {
        const basket = typed(add(EMPTY, BOTTLE, quantity), BOTTLE, minor);
        const { totals } = priceBasket({
          basket: { ...basket, promotions },
          tax: GERMANY,
          currency: EUR,
          cash: false,
        });
        expect(totals).toMatchObject({ total: eur(minor * quantity), discount: eur(0) });
      }),
    );
  });
});

describe("a price for several", () => {
  test("holds for every piece from the third on, and is gone again with fewer", () => {
    const three = add(add(EMPTY, SOAP, 2), SOAP);
    expect(three.lines).toMatchObject([{ quantity: 3, unitPrice: eur(250) }]);
    expect(prices(done(change(three, SOAP, 2)))).toEqual([300]);
  });

  test("counts the pieces of the article over all its lines, a reduced one too", () => {
    const reduced = done(
      discountLine({ basket: add(EMPTY, SOAP, 2), line: SOAP.id, discount: TENTH, at: AT }),
    );
    const both = add(reduced, { ...SOAP, id: idOf<"Line">("second") });
    expect(prices(both)).toEqual([250, 250]);
    expect(prices(done(removeLine({ basket: both, line: SOAP.id, at: AT })))).toEqual([300]);
  });

  test("is another price than one without it: such pieces stay apart", () => {
    const plain = rungItem({ name: "soap", price: eur(300) }, "plain");
    expect(add(add(EMPTY, SOAP), plain).lines).toHaveLength(2);
  });
});

describe("a deposit", () => {
  const two = add(EMPTY, BOTTLE, 2, [DEPOSIT]);

  test("comes and counts up with its bottle", () => {
    const again = { ...BOTTLE, id: idOf<"Line">("again") };
    const three = add(two, again, 1, [depositOn(again.id, eur(25), "deposit-again")]);
    expect(three.lines.map(({ name, quantity }) => [name, quantity])).toEqual([
      ["bottle", 3],
      ["deposit", 3],
    ]);
  });

  test("that costs more by now stands with its own bottle", () => {
    const again = { ...BOTTLE, id: idOf<"Line">("again") };
    const basket = add(two, again, 1, [depositOn(again.id, eur(50), "dearer")]);
    expect(basket.lines.map(({ quantity }) => quantity)).toEqual([2, 2, 1, 1]);
  });

  test("goes with its bottle and comes back with it, to its place", () => {
    const basket = add(two, SOAP);
    const [line, ...linked] = basket.lines.slice(0, 2) as [BasketLine, BasketLine];
    const without = done(removeLine({ basket, line: BOTTLE.id, at: AT }));
    expect(without.lines.map(({ name }) => name)).toEqual(["soap"]);
    const restored = done(restoreLine({ basket: without, line, linked, index: 0, at: AT }));
    expect(restored.lines).toEqual(basket.lines);
  });

  test("is not changed, reduced or taken away by itself", () => {
    const line = DEPOSIT.id;
    const refusal = { ok: false, reason: "linkedLine" };
    expect(changeQuantity({ basket: two, line, quantity: 1, at: AT })).toEqual(refusal);
    expect(removeLine({ basket: two, line, at: AT })).toEqual(refusal);
    expect(discountLine({ basket: two, line, discount: TENTH, at: AT })).toEqual(refusal);
  });

  test("is left out when the whole basket is reduced", () => {
    const basket = done(discountBasket({ basket: two, discount: TENTH, at: AT }));
    const { lines } = priceBasket({ basket, tax: GERMANY, currency: EUR, cash: false });
    expect(lines.map(({ total }) => total.minor)).toEqual([232, 50]);
  });
});

describe("a weighed package", () => {
  test("is a line of its own each time", () => {
    const second = { ...CHEESE, id: idOf<"Line">("second") };
    expect(add(add(EMPTY, CHEESE), second).lines).toHaveLength(2);
  });

  test("is one piece: two of it are two packages", () => {
    const refusal = { ok: false, reason: "weighedLine" };
    expect(addItem({ basket: EMPTY, item: CHEESE, quantity: 2, at: AT })).toEqual(refusal);
    expect(change(add(EMPTY, CHEESE), CHEESE, 2)).toEqual(refusal);
  });
});

describe("another customer's prices", () => {
  const listed = (minor: number) => () => ({ amount: eur(minor) });
  const repriced = (basket: Basket, minor: number) => {
    const anew = repricedBasket(basket, listed(minor));
    if (!anew.ok) throw new Error(anew.reason);
    return anew.value;
  };

  test("hold for what is in the basket, tiers and weight included, and it is said how many lines they change", () => {
    const anew = repriced(add(add(EMPTY, SOAP, 3), CHEESE), 1_000);
    expect(prices(anew.basket)).toEqual([1_000, 432]);
    expect(anew.basket.lines[1]?.weighed).toEqual({ grams: 432, perKilo: eur(1_000) });
    expect(anew.repriced).toBe(2);
  });

  test("leave alone what was typed, printed on the package or ordered before", () => {
    const typed: RungItem = { ...rungItem({ name: "repair", price: eur(2_000) }), openPrice: true };
    const label: RungItem = { ...CHEESE, labelPrice: true };
    const ordered: RungItem = {
      ...rungItem({ name: "tee", price: eur(1_500) }),
      order: { order: idOf<"Order">("order-1"), line: idOf<"Line">("line-1") },
    };
    const anew = repriced(
      [typed, label, ordered].reduce((basket, item) => add(basket, item), EMPTY),
      100,
    );
    expect(prices(anew.basket)).toEqual([2_000, 557, 1_500]);
    expect(anew.repriced).toBe(0);
  });

  test("that are no prices at all leave the basket as it is", () => {
    const basket = add(EMPTY, SOAP, 3);
    expect(repricedBasket(basket, () => null)).toEqual({ ok: true, value: { basket, repriced: 0 } });
  });
});

test("whatever a colleague does, each piece costs what the number of its kind says, and each bottle has its deposit right below it", () => {
  fc.assert(
    fc.property(fc.array(arbitraryAct, { maxLength: 25 }), (acts) => {
      let basket = EMPTY;
      let gone: { line: BasketLine; linked: readonly BasketLine[]; index: number } | null = null;
      acts.forEach((act, count) => {
        const place = "place" in act ? act.place : 0;
        const line = basket.lines[place];
        const meant = line?.id ?? idOf<"Line">("none");
        if (act.act === "ring") {
          const goods = goodsOf(act.kind, `line-${count}`);
          const linked = goods.linked.map((each) => ({ ...each, id: idOf<"Line">(`deposit-${count}`) }));
          basket = add(basket, goods.item, act.quantity, linked);
        }
        if (act.act === "change") {
          const after = changeQuantity({ basket, line: meant, quantity: act.quantity, at: AT });
          basket = after.ok ? after.value : basket;
        }
        if (act.act === "reduce") {
          const after = discountLine({ basket, line: meant, discount: TENTH, at: AT });
          basket = after.ok ? after.value : basket;
        }
        if (act.act === "remove") {
          const after = removeLine({ basket, line: meant, at: AT });
          if (after.ok && line !== undefined)
            gone = { line, linked: linkedTo(basket.lines, meant), index: place };
          basket = after.ok ? after.value : basket;
        }
        if (act.act === "undo" && gone !== null) {
          basket = done(restoreLine({ basket, ...gone, at: AT }));
          gone = null;
        }
        expectWhole(basket);
      });
    }),
  );
});

function expectWhole({ lines }: Basket): void {
  const tiered = lines.filter(({ variant }) => variant === variantOf("tiered"));
  const pieces = tiered.reduce((sum, { quantity }) => sum + quantity, 0);
  const each = pieces >= 10 ? 200 : pieces >= 3 ? 250 : 300;
  expect(tiered.every(({ unitPrice }) => unitPrice.minor === each)).toBe(true);
  lines.forEach((line, index) => {
    const below = lines[index + 1];
    if (line.variant === variantOf("bottle"))
      expect(below).toMatchObject({ linked: { to: line.id }, quantity: line.quantity });
    if (line.linked !== undefined) expect(lines[index - 1]?.id).toBe(line.linked.to);
  });
}
