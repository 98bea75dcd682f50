import fc from "fast-check";
import { expect, test } from "vitest";
import { sumMoney } from "../money/arithmetic.ts";
import { orderLine } from "../testing/orders.ts";
import { EUR, eur } from "../testing/shop.ts";
import { chargedLines } from "./line-total.ts";

const LINES = [orderLine({ name: "lamp", price: 2_500 }), orderLine({ name: "mug", price: 900 })];
const charged = (total: number, shipping = 0) =>
  chargedLines({ lines: LINES, shipping: eur(shipping), payment: { total: eur(total) } });
const totals = (lines: ReturnType<typeof charged>) => lines.map(({ total }) => total.minor);

test("a tax or a tip on top is every line's in proportion, and so is a coupon that is off the total alone", () => {
  expect(totals(charged(3_740))).toEqual([2_750, 990]);
  expect(totals(charged(2_400))).toEqual([1_765, 635]);
  expect(charged(3_900, 500)).toBe(LINES);
});

test("what is off beyond the goods is off the shipping: no line costs less than nothing", () => {
  expect(totals(charged(200, 500))).toEqual([0, 0]);
});

test("whatever an order costs, its lines and shipping come to that, to the cent", () => {
  const cents = fc.integer({ min: 0, max: 9_999 });
  fc.assert(
    fc.property(fc.array(cents, { minLength: 1, maxLength: 5 }), cents, cents, (prices, shipping, total) => {
      const lines = prices.map((price, index) => orderLine({ name: `a${index}`, price }));
      const after = chargedLines({ lines, shipping: eur(shipping), payment: { total: eur(total) } });
      for (const line of after) expect(line.total.minor).toBeGreaterThanOrEqual(0);
      const goods = sumMoney(
        after.map((line) => line.total),
        EUR,
      );
      expect(goods.minor).toBe(Math.max(0, total - shipping));
    }),
  );
});
