import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import type { TaxSetup } from "../tax/tax.ts";
import { arbitraryBasket, arbitraryTax, basketOf, MIRA, NOON } from "../testing/arbitrary-baskets.ts";
import { EUR, eur, GERMANY, lineOf } from "../testing/shop.ts";
import type { Basket } from "../ticket/basket.ts";
import { completeTicket } from "../ticket/complete.ts";
import { paymentOf } from "../ticket/payment.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { daySumsOf } from "./facts.ts";
import { FAMILIES, LINE_FAMILIES } from "./families.ts";
import { addSums, marginOf, NO_SUMS, type Sums, totalOf } from "./sums.ts";
import { type Surroundings, ticketFactsOf } from "./ticket-facts.ts";

const PLAIN: Surroundings = {
  timeZone: "Europe/Berlin",
  article: () => ({ product: "mug", category: "Kitchen", brand: "Fennholm" }),
  costOf: () => eur(40),
  order: () => null,
  before: () => null,
};

function sold(basket: Basket, tax: TaxSetup): Ticket | null {
  const { dueInCash } = paymentOf({ basket, tax, currency: EUR });
  const completed = completeTicket({
    basket: {
      ...basket,
      tenders:
        dueInCash.minor === 0 ? [] : [{ id: idOf<"Tender">("coins"), kind: "cash", tendered: dueInCash }],
    },
    tax,
    currency: EUR,
    timeZone: "Europe/Berlin",
    id: idOf<"Ticket">("ticket-1"),
    number: idOf<"ReceiptNumber">("BER1-03-000123"),
    store: idOf<"Store">("berlin"),
    device: idOf<"Device">("till-3"),
    staff: MIRA,
    at: NOON,
  });
  return completed.ok ? completed.value : null;
}

const sumOf = (parts: readonly { readonly sums: Sums }[]) =>
  parts.reduce((sum, { sums }) => addSums(sum, sums), NO_SUMS);

describe("what reports count of a sale", () => {
  test("adds up to its receipt, to the cent: goods to the total, payments to what was due, taxes to the tax", () => {
    fc.assert(
      fc.property(arbitraryBasket, arbitraryTax, (basket, tax) => {
        const ticket = sold(basket, tax);
        fc.pre(ticket !== null);
        const { totals } = ticket!;
        const facts = ticketFactsOf(ticket!, PLAIN);
        const of = (family: string) => sumOf(facts.parts.filter((each) => each.family === family));
        const goods = sumOf(facts.lines);
        expect([totalOf(goods), goods.net, goods.tax, goods.discount]).toEqual([
          totals.total.minor,
          totals.net.minor,
          totals.tax.minor,
          totals.discount.minor,
        ]);
        expect(totalOf(of("tender"))).toBe(totals.due.minor);
        expect(totals.due.minor - facts.rounding).toBe(totalOf(goods));
        expect(of("tax").tax).toBe(totals.tax.minor);
        expect(of("discount").discount).toBe(totals.discount.minor);
      }),
    );
  });

  test("stands in the sums of each kind of line once, with nothing lost or counted twice", () => {
    fc.assert(
      fc.property(arbitraryBasket, arbitraryTax, (basket, tax) => {
        const ticket = sold(basket, tax);
        fc.pre(ticket !== null);
        const facts = ticketFactsOf(ticket!, PLAIN);
        const sums = daySumsOf([facts], idOf<"Store">("")).filter(({ store }) => store === facts.store);
        for (const family of LINE_FAMILIES)
          expect(sumOf(sums.filter((each) => each.family === family))).toEqual(sumOf(facts.lines));
        for (const family of FAMILIES.filter((each) => !LINE_FAMILIES.some((line) => line === each)))
          expect(sumOf(sums.filter((each) => each.family === family))).toEqual(
            sumOf(facts.parts.filter((each) => each.family === family)),
          );
      }),
    );
  });

  test("stands in the sums of its day in its store and in all stores, with all others of that day", () => {
    const all = idOf<"Store">("");
    const ticket = sold(basketOf([lineOf({ name: "mug", price: eur(500) })]), GERMANY)!;
    const here = ticketFactsOf(ticket, PLAIN);
    const there = { ...here, store: idOf<"Store">("hamburg") };
    const next = { ...here, day: idOf<"BusinessDay">("2027-01-31") };
    const categories = daySumsOf([here, there, next, here], all).filter(
      ({ family }) => family === "category",
    );
    expect(categories.map(({ store, day, sums }) => [store, day, sums.sold])).toEqual([
      [here.store, here.day, 1_000],
      [there.store, here.day, 500],
      [here.store, next.day, 500],
      [all, here.day, 1_500],
      [all, next.day, 500],
    ]);
  });

  test("happened at the hour that the clocks of its store showed", () => {
    const ticket = sold(basketOf([lineOf({ name: "mug", price: eur(500) })]), GERMANY)!;
    expect(ticketFactsOf(ticket, PLAIN).hour).toBe(9);
    expect(ticketFactsOf(ticket, { ...PLAIN, timeZone: "America/New_York" }).hour).toBe(3);
  });

  test("earns what is left of its net beyond what the goods cost; what nobody knows the cost of earns nothing", () => {
    const ticket = sold(basketOf([lineOf({ name: "mug", price: eur(1_190), quantity: 2 })]), GERMANY)!;
    const [known] = ticketFactsOf(ticket, PLAIN).lines;
    expect([known!.sums.net, known!.sums.cost, marginOf(known!.sums)]).toEqual([2_000, 80, 1_920]);
    for (const costOf of [() => null, () => money(40, idOf<"Currency">("CHF"))]) {
      const [unknown] = ticketFactsOf(ticket, { ...PLAIN, costOf }).lines;
      expect([unknown!.sums.net, unknown!.sums.cost, marginOf(unknown!.sums)]).toEqual([2_000, 0, 0]);
    }
  });
});

test("value that is bought onto a gift card is no sale of goods", () => {
  const basket = basketOf([
    lineOf({ name: "mug", price: eur(500) }),
    lineOf({ name: "card", price: eur(2_500) }),
  ]);
  const plain = sold(basket, GERMANY)!;
  const lines = plain.lines.map((line) =>
    line.name === "card" && line.kind === "sale"
      ? { ...line, giftCard: { code: "X", act: "sold" as const } }
      : line,
  );
  const facts = ticketFactsOf({ ...plain, lines }, PLAIN);
  expect([facts.lines.length, totalOf(sumOf(facts.lines)), facts.giftCards]).toEqual([1, 500, 2_500]);
});
