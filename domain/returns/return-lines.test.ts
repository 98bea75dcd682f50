import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { basketOf } from "../testing/arbitrary-baskets.ts";
import { backOf, boughtLine, purchaseOf, standingWith } from "../testing/purchases.ts";
import { EUR, eur, GERMANY, lineOf, NEW_YORK, SWITZERLAND } from "../testing/shop.ts";
import { paymentOf } from "../ticket/payment.ts";
import { returnLines, UNKNOWN_VARIANT } from "./return-lines.ts";
import type { Standing } from "./returned.ts";
import type { BasketReturn, Returning } from "./returning.ts";

function returningOf(standings: readonly Standing[], ...lines: readonly BasketReturn[]): Returning {
  return { standings, lines, promotions: "keep", override: null, identity: null };
}

const purchase = purchaseOf([boughtLine(0, { quantity: 3, paid: 1_000 }), boughtLine(1, { paid: 5_000 })]);
const whole = standingWith(purchase);

function givenBack(returning: Returning, tax = GERMANY): number {
  return returnLines({ returning, tax }).reduce(
    (sum, { total, taxes }) =>
      sum - total.minor - (tax.mode === "exclusive" ? taxes.reduce((so, each) => so + each.tax.minor, 0) : 0),
    0,
  );
}

test("a return of what many promotions of long names had reduced names as many as its ticket has room for", () => {
  const discounts = Array.from({ length: 8 }, (_, index) => ({
    promotion: idOf<"Promotion">(`p-${index}`),
    name: `${index}`.padEnd(120, "x"),
    needs: { kind: "pieces", off: "share" } as const,
    amount: eur(10),
  }));
  const reduced = purchaseOf([boughtLine(0, { paid: 920, unitPrice: eur(1_000), discounts })]);
  const [line] = returnLines({
    returning: returningOf([standingWith(reduced)], backOf(reduced, 0, 1)),
    tax: GERMANY,
  });
  expect(line?.discounts[0]?.reason.length).toBe(4 * 120 + 3 * 2);
});

describe("a line that is chosen twice", () => {
  const more = (id: string, quantity: number): BasketReturn => ({
    ...backOf(purchase, 0, quantity),
    id: idOf<"Line">(id),
  });

  test("two of three as new and one damaged bring together what was paid for three", () => {
    expect(givenBack(returningOf([whole], more("a", 2), more("b", 1)))).toBe(1_000);
  });

  test("brings no piece twice, and a purchase that lies there twice is one", () => {
    expect(givenBack(returningOf([whole], more("a", 3), more("b", 3)))).toBe(1_000);
    expect(givenBack(returningOf([whole, whole], more("a", 3)))).toBe(1_000);
    expect(
      returnLines({ returning: returningOf([whole], more("a", 3), more("b", 1)), tax: GERMANY }),
    ).toHaveLength(1);
  });

  test("an order of the same id as a ticket is another purchase", () => {
    const ref = { kind: "order", id: idOf<"Order">("ticket-1") } as const;
    expect(
      givenBack(returningOf([whole, standingWith(purchaseOf(purchase.lines, { ref }))], more("a", 3))),
    ).toBe(1_000);
  });
});

test("a deposit comes back as one, and goods as goods", () => {
  const water = purchaseOf([
    boughtLine(0, { name: "water", paid: 129 }),
    boughtLine(1, { name: "deposit", paid: 25, linked: { to: 0, kind: "deposit" } }),
  ]);
  const returning = returningOf([standingWith(water)], backOf(water, 0), backOf(water, 1));
  const [bottle, deposit] = returnLines({ returning, tax: GERMANY });
  expect(deposit).toMatchObject({ kind: "return", chargedAs: "deposit" });
  expect(bottle).not.toHaveProperty("chargedAs");
});

describe("what a cash rounding had spared the customer", () => {
  const coins = purchaseOf([boughtLine(0, { quantity: 2, paid: 2_002 })], { settled: eur(2_000) });
  const spared = (standing: Standing, quantity: number) =>
    returnLines({ returning: returningOf([standing], backOf(coins, 0, quantity)), tax: GERMANY }).flatMap(
      (line) => (line.kind === "return" ? [line.spared?.minor ?? 0] : []),
    );

  test("is not given back, piece by piece, also at two tills that do not know of each other", () => {
    expect(spared(standingWith(coins), 1)).toEqual([1]);
    expect(spared(standingWith(coins), 2)).toEqual([2]);
  });
});

describe("on a ticket that shows prices otherwise", () => {
  test("the customer gets the same, with the tax inside or on top", () => {
    expect(givenBack(returningOf([whole], backOf(purchase, 1)), NEW_YORK)).toBe(5_000);
    const [line] = returnLines({ returning: returningOf([whole], backOf(purchase, 1)), tax: NEW_YORK });
    expect([line?.total.minor, line?.taxes[0]?.tax.minor]).toEqual([-4_202, -798]);
  });
});

describe("goods that the catalogue does not know", () => {
  test("never come into stock", () => {
    const odd = purchaseOf([boughtLine(0, { variant: null })]);
    const [line] = returnLines({ returning: returningOf([standingWith(odd)], backOf(odd, 0)), tax: GERMANY });
    expect(line).toMatchObject({ variant: UNKNOWN_VARIANT, disposition: "outlet" });
  });
});

describe("an exchange that comes to less than the smallest coin", () => {
  test("is settled with nothing handed over, in coins; where there is a coin for it, it is not", () => {
    const bought = purchaseOf([boughtLine(0, { paid: 1_002 })]);
    const basket = {
      ...basketOf([lineOf({ name: "mug", price: eur(1_000) })]),
      returning: returningOf([standingWith(bought)], backOf(bought, 0)),
    };
    expect(paymentOf({ basket, tax: SWITZERLAND, currency: EUR })).toMatchObject({ complete: true });
    expect(paymentOf({ basket, tax: GERMANY, currency: EUR })).toMatchObject({
      complete: false,
      giveBack: eur(2),
    });
  });
});
