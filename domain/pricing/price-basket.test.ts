import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumMoney } from "../money/arithmetic.ts";
import { money } from "../money/money.ts";
import { arbitraryBasket, arbitraryTax, basketOf } from "../testing/arbitrary-baskets.ts";
import {
  CHF,
  EUR,
  eur,
  GERMANY,
  JPY,
  lineOf,
  NEW_YORK,
  rate,
  SWITZERLAND,
  taxClass,
  USD,
} from "../testing/shop.ts";
import type { TicketTotals } from "../ticket/ticket.ts";
import { type PricedBasket, priceBasket } from "./price-basket.ts";

function minors(totals: TicketTotals): Record<string, number> {
  return Object.fromEntries(Object.entries(totals).map(([name, { minor }]) => [name, minor]));
}

function taxes({ taxes: all }: PricedBasket): Record<string, number> {
  return Object.fromEntries(all.map(({ rate: { id }, tax }) => [id, tax.minor]));
}

describe("worked by hand", () => {
  test("Germany: a mug at 19 % and two books at 7 %, tax within the price", () => {
    const basket = basketOf([
      lineOf({ name: "mug", price: eur(1_190) }),
      lineOf({ name: "book", price: eur(1_605), quantity: 2, taxClass: "reduced" }),
    ]);
    const priced = priceBasket({ basket, tax: GERMANY, currency: EUR, cash: true });
    expect(taxes(priced)).toEqual({ "de-19": 190, "de-7": 210 });
    expect(minors(priced.totals)).toEqual({
      gross: 4_400,
      discount: 0,
      net: 4_000,
      tax: 400,
      total: 4_400,
      cashRounding: 0,
      due: 4_400,
    });
  });

  test("Germany: 10 % off the mug, then 5.00 off everything, shared by what is left of each line", () => {
    const basket = basketOf(
      [
        lineOf({
          name: "mug",
          price: eur(1_190),
          discount: { kind: "percent", ppm: 100_000, reason: "chipped" },
        }),
        lineOf({ name: "book", price: eur(1_605), quantity: 2, taxClass: "reduced" }),
      ],
      { kind: "amount", amount: eur(500), reason: "voucher" },
    );
    const priced = priceBasket({ basket, tax: GERMANY, currency: EUR, cash: false });
    // 10.71 and 32.10 are left: 5.00 falls on them as 1.2509 and 3.7491.
    expect(priced.lines.map((line) => line.discounts)).toEqual([
      [
        { source: "line", reason: "chipped", amount: eur(119) },
        { source: "basket", reason: "voucher", amount: eur(125) },
      ],
      [{ source: "basket", reason: "voucher", amount: eur(375) }],
    ]);
    expect(priced.lines.map((line) => line.total)).toEqual([eur(946), eur(2_835)]);
    expect(taxes(priced)).toEqual({ "de-19": 151, "de-7": 185 });
    expect(priced.totals).toMatchObject({ discount: eur(619), total: eur(3_781), tax: eur(336) });
  });

  test("New York: 8.875 % on top in its three parts; clothing pays the state alone", () => {
    const basket = basketOf([
      lineOf({ name: "lamp", price: money(4_999, USD) }),
      lineOf({ name: "shirt", price: money(2_499, USD), taxClass: "clothing" }),
    ]);
    const priced = priceBasket({ basket, tax: NEW_YORK, currency: USD, cash: false });
    // 4 % of 74.98 = 2.9992, 4.5 % of 49.99 = 2.24955, 0.375 % of 49.99 = 0.18746
    expect(taxes(priced)).toEqual({ "ny-state": 300, "ny-city": 225, "ny-mctd": 19 });
    expect(minors(priced.totals)).toMatchObject({ net: 7_498, tax: 544, total: 8_042, due: 8_042 });
  });

  test("Switzerland: 19.98 in cash is 20.00, by card it is 19.98", () => {
    const basket = basketOf([lineOf({ name: "cheese", price: money(999, CHF), quantity: 2 })]);
    const inCash = priceBasket({ basket, tax: SWITZERLAND, currency: CHF, cash: true });
    const byCard = priceBasket({ basket, tax: SWITZERLAND, currency: CHF, cash: false });
    expect(minors(inCash.totals)).toMatchObject({ total: 1_998, cashRounding: 2, due: 2_000, tax: 150 });
    expect(minors(byCard.totals)).toMatchObject({ total: 1_998, cashRounding: 0, due: 1_998, tax: 150 });
  });

  test("Japan: yen have no decimals, and 10 % of 333 is 33", () => {
    const tax = { ...NEW_YORK, classes: [taxClass("standard", rate("jp-10", 100_000))] };
    const basket = basketOf([lineOf({ name: "tea", price: money(333, JPY) })]);
    expect(minors(priceBasket({ basket, tax, currency: JPY, cash: true }).totals)).toMatchObject({
      net: 333,
      tax: 33,
      due: 366,
    });
  });

  test("an article of a tax class that the store does not know is sold without tax", () => {
    const basket = basketOf([lineOf({ name: "mystery", price: eur(100), taxClass: "unheard-of" })]);
    const priced = priceBasket({ basket, tax: GERMANY, currency: EUR, cash: true });
    expect(priced.lines[0]?.taxes).toEqual([]);
    expect(priced.totals).toMatchObject({ tax: eur(0), net: eur(100), due: eur(100) });
  });

  test("a voucher of more than the goods are worth takes off what they are worth", () => {
    const basket = basketOf([lineOf({ name: "mug", price: eur(1_190) })], {
      kind: "amount",
      amount: eur(5_000),
      reason: "voucher",
    });
    const { totals } = priceBasket({ basket, tax: GERMANY, currency: EUR, cash: true });
    expect(totals).toMatchObject({ discount: eur(1_190), total: eur(0), tax: eur(0), due: eur(0) });
  });

  test("the odd cent of a discount falls on the same article, whichever was scanned first", () => {
    const mug = lineOf({ name: "mug", price: eur(100) });
    const book = lineOf({ name: "book", price: eur(100), taxClass: "reduced" });
    const discount = { kind: "amount", amount: eur(1), reason: "the odd cent" } as const;
    for (const lines of [
      [mug, book],
      [book, mug],
    ]) {
      const priced = priceBasket({
        basket: basketOf(lines, discount),
        tax: GERMANY,
        currency: EUR,
        cash: true,
      });
      expect(priced.lines.find(({ name }) => name === "book")?.total).toEqual(eur(99));
    }
  });
});

describe("whatever is in the basket", () => {
  const anyBasket = { basket: arbitraryBasket, tax: arbitraryTax, cash: fc.boolean() };
  const priced = fc
    .record(anyBasket)
    .map((given) => ({ ...given, priced: priceBasket({ ...given, currency: EUR }) }));

  test("gross less discounts is the price of each line, and nothing falls below zero", () => {
    fc.assert(
      fc.property(priced, ({ priced: { lines, totals } }) => {
        for (const line of lines) {
          const off = sumMoney(
            line.discounts.map(({ amount }) => amount),
            EUR,
          );
          expect(line.gross.minor - off.minor).toBe(line.total.minor);
          expect(line.gross.minor).toBe(line.unitPrice.minor * line.quantity);
          for (const amount of [line.total, ...line.taxes.flatMap(({ net, tax }) => [net, tax])])
            expect(amount.minor).toBeGreaterThanOrEqual(0);
        }
        for (const name of ["gross", "discount", "net", "tax", "total", "due"] as const)
          expect(totals[name].minor).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("no cent of the basket's discount is lost or given twice", () => {
    fc.assert(
      fc.property(priced, ({ basket, priced: { lines } }) => {
        const shares = lines.flatMap(({ discounts }) =>
          discounts.filter(({ source }) => source === "basket").map(({ amount }) => amount),
        );
        const before = lines.reduce(
          (sum, line) =>
            sum +
            line.total.minor +
            line.discounts.reduce((all, each) => all + (each.source === "basket" ? each.amount.minor : 0), 0),
          0,
        );
        const { discount } = basket;
        const wanted =
          discount === null
            ? 0
            : discount.kind === "amount"
              ? discount.amount.minor
              : Math.round((before * discount.ppm) / 1_000_000);
        expect(sumMoney(shares, EUR).minor).toBe(Math.min(wanted, before));
      }),
    );
  });

  test("the ticket says what its lines say: prices, discounts, and tax rate by rate", () => {
    fc.assert(
      fc.property(priced, ({ tax, priced: { lines, taxes: perRate, totals } }) => {
        const shown = lines.reduce((sum, line) => sum + line.total.minor, 0);
        expect(totals.gross.minor - totals.discount.minor).toBe(shown);
        expect(totals.net.minor + totals.tax.minor).toBe(totals.total.minor);
        expect(tax.mode === "inclusive" ? totals.total.minor : totals.net.minor).toBe(shown);
        expect(totals.total.minor + totals.cashRounding.minor).toBe(totals.due.minor);
        expect(perRate.reduce((sum, each) => sum + each.tax.minor, 0)).toBe(totals.tax.minor);
        for (const total of perRate) {
          const ofLines = lines
            .flatMap((line) => line.taxes)
            .filter((each) => each.rate.id === total.rate.id && each.rate.ppm === total.rate.ppm)
            .map((each) => each.tax);
          expect(sumMoney(ofLines, EUR)).toEqual(total.tax);
        }
      }),
    );
  });

  test("the order of scanning changes no total and no tax", () => {
    fc.assert(
      fc.property(
        priced.chain((given) =>
          fc.record({
            given: fc.constant(given),
            lines: fc.shuffledSubarray([...given.basket.lines], { minLength: given.basket.lines.length }),
          }),
        ),
        ({ given, lines }) => {
          const again = priceBasket({ ...given, basket: { ...given.basket, lines }, currency: EUR });
          expect(again.totals).toEqual(given.priced.totals);
          expect(new Set(again.taxes)).toEqual(new Set(given.priced.taxes));
        },
      ),
    );
  });

  test("cash is rounded to what coins there are, and never by more than half a coin", () => {
    fc.assert(
      fc.property(priced, ({ tax, cash, priced: { totals } }) => {
        const step = cash ? (tax.cashRounding?.incrementMinor ?? 1) : 1;
        expect(totals.due.minor % step).toBe(0);
        expect(Math.abs(totals.cashRounding.minor) * 2).toBeLessThanOrEqual(step === 1 ? 0 : step);
      }),
    );
  });
});
