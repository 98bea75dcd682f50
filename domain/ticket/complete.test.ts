import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { arbitraryBasket, arbitraryTax, basketOf, MIRA, NOON } from "../testing/arbitrary-baskets.ts";
import { EUR, eur, GERMANY, lineOf } from "../testing/shop.ts";
import type { Basket } from "./basket.ts";
import { completeTicket } from "./complete.ts";
import { paymentOf } from "./payment.ts";

const circumstances = {
  tax: GERMANY,
  currency: EUR,
  timeZone: "Europe/Berlin",
  id: idOf<"Ticket">("ticket-1"),
  number: idOf<"ReceiptNumber">("BER1-03-000123"),
  store: idOf<"Store">("berlin"),
  device: idOf<"Device">("till-3"),
  staff: MIRA,
  at: NOON,
};

function paidWith(basket: Basket, minor: number): Basket {
  if (minor === 0) return basket;
  return { ...basket, tenders: [{ id: idOf<"Tender">("note"), kind: "cash", tendered: eur(minor) }] };
}

const mug = basketOf([lineOf({ name: "mug", price: eur(1_190) })]);

test("a paid basket becomes a ticket that says all of it: goods, tax, tender and change", () => {
  const completed = completeTicket({ ...circumstances, basket: paidWith(mug, 2_000) });
  expect(completed.ok && completed.value).toMatchObject({
    number: "BER1-03-000123",
    basket: mug.id,
    businessDay: "2027-01-15",
    taxMode: "inclusive",
    totals: { net: eur(1_000), tax: eur(190), due: eur(1_190) },
    tenders: [{ kind: "cash", tendered: eur(2_000), change: eur(810) }],
  });
});

test("nothing, or not enough money, makes no ticket", () => {
  const nothing = completeTicket({ ...circumstances, basket: basketOf([]) });
  expect(nothing).toEqual({ ok: false, reason: "emptyBasket" });
  for (const minor of [0, 1_189]) {
    const tooLittle = completeTicket({ ...circumstances, basket: paidWith(mug, minor) });
    expect(tooLittle).toEqual({ ok: false, reason: "notPaid" });
  }
});

test("on every ticket the tenders less their change are what was due", () => {
  fc.assert(
    fc.property(arbitraryBasket, arbitraryTax, fc.nat(10_000), (basket, tax, extra) => {
      const { remainingInCash } = paymentOf({ basket, tax, currency: EUR });
      const paid = paidWith(basket, remainingInCash.minor === 0 ? 0 : remainingInCash.minor + extra);
      const completed = completeTicket({ ...circumstances, tax, basket: paid });
      if (!completed.ok) {
        // Worth so little that no coin pays it, and yet not nothing.
        expect(remainingInCash.minor).toBe(0);
        return;
      }
      const { tenders, totals } = completed.value;
      const kept = tenders.reduce(
        (sum, tender) =>
          sum + (tender.kind === "cash" ? tender.tendered.minor - tender.change.minor : tender.amount.minor),
        0,
      );
      expect(kept).toBe(totals.due.minor);
    }),
  );
});
