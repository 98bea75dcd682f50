import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { priceBasket } from "../pricing/price-basket.ts";
import { purchaseOfTicket } from "../returns/purchase-of-ticket.ts";
import { movementsOfTicket } from "../stock/movements.ts";
import { NOON } from "../testing/arbitrary-baskets.ts";
import {
  blank,
  booked,
  carded,
  codeOf,
  creditOf,
  POLICY,
  paidInCash,
  ticketOf,
  withCard,
} from "../testing/gift-cards.ts";
import { EUR, eur, GERMANY, lineOf } from "../testing/shop.ts";
import { changeQuantity, discountLine } from "../ticket/basket-acts.ts";
import { creditSums } from "./credit.ts";
import { CREDIT_CODE_BYTES, creditCodeOf, readCreditCode, valueKindOf } from "./credit-code.ts";
import { giftCardValidUntil } from "./gift-card.ts";
import { expiredOf } from "./gift-card-expiry.ts";
import { creditMovesOf } from "./moves.ts";

describe("the code of a gift card", () => {
  test("says that it is one, and is never a store credit's", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: CREDIT_CODE_BYTES, maxLength: CREDIT_CODE_BYTES }), (bytes) => {
        const card = creditCodeOf(bytes, "giftCard");
        const credit = creditCodeOf(bytes);
        expect(card).toMatch(/^CARD-/);
        expect(readCreditCode(card.toLowerCase().replaceAll("-", " "))).toBe(card);
        expect([valueKindOf(card), valueKindOf(credit)]).toEqual(["giftCard", "credit"]);
        expect(readCreditCode(card.slice("CARD-".length))).not.toBe(credit);
      }),
    );
  });

  test("with one wrong character is no code", () => {
    const card = codeOf(7);
    const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (let at = "CARD-".length; at < card.length; at += 1) {
      if (card[at] === "-") continue;
      for (const other of alphabet) {
        if (other === card[at]) continue;
        expect(readCreditCode(card.slice(0, at) + other + card.slice(at + 1))).toBeNull();
      }
    }
  });
});

describe("a gift card in the basket", () => {
  test("is paid in full and without tax, whatever discount the goods get", () => {
    const goods = { ...blank(), lines: [lineOf({ name: "mug", price: eur(1_000) })] };
    const discount = { kind: "percent", ppm: 500_000, reason: "sale" } as const;
    const { lines, totals } = priceBasket({
      basket: { ...carded(goods, 5_000), discount },
      tax: GERMANY,
      currency: EUR,
      cash: false,
    });
    expect(lines.map(({ total, taxes }) => [total.minor, taxes.length])).toEqual([
      [500, 1],
      [5_000, 0],
    ]);
    expect(totals).toMatchObject({ total: eur(5_500), tax: eur(80) });
  });

  test("a discount over a basket of cards alone takes nothing off", () => {
    const basket = {
      ...carded(blank(), 5_000),
      discount: { kind: "amount", amount: eur(100), reason: "x" } as const,
    };
    expect(priceBasket({ basket, tax: GERMANY, currency: EUR, cash: false }).totals.due).toEqual(eur(5_000));
  });

  test("no colleague reduces it by hand or sells two cards of one code", () => {
    const basket = carded(blank(), 5_000);
    const line = idOf<"Line">("card");
    const discount = { kind: "percent", ppm: 100_000, reason: "friend" } as const;
    expect(discountLine({ basket, line, discount, at: NOON })).toEqual({ ok: false, reason: "giftCardLine" });
    expect(changeQuantity({ basket, line, quantity: 2, at: NOON })).toEqual({
      ok: false,
      reason: "giftCardLine",
    });
  });

  test("no more lies on one card than the policy lets, with what lies on it and what the basket puts on", () => {
    expect(withCard(blank(), 25_001)).toEqual({ ok: false, reason: "giftCardAboveLimit" });
    expect(withCard(blank(), 20_000, { lies: 6_000, isKnown: true })).toMatchObject({ ok: false });
    const one = carded(blank(), 15_000);
    expect(withCard(one, 10_001, { line: "again" })).toMatchObject({ ok: false });
    expect(withCard(one, 10_000, { line: "again" })).toMatchObject({ ok: true });
    expect(withCard(one, 25_000, { code: codeOf(2), line: "other" })).toMatchObject({ ok: true });
    expect(withCard(blank(), 0)).toEqual({ ok: false, reason: "amountNotPositive" });
  });

  test("moves no stock and comes back by no return", () => {
    const only = ticketOf(paidInCash(carded(blank(), 5_000)));
    expect(movementsOfTicket(only)).toEqual([]);
    expect(purchaseOfTicket(only, { usualDays: 30 })).toBeNull();
    const goods = { ...blank("c"), lines: [lineOf({ name: "mug", price: eur(1_000) })] };
    const both = ticketOf(paidInCash(carded(goods, 5_000)));
    expect(movementsOfTicket(both)).toHaveLength(1);
    const bought = purchaseOfTicket(both, { usualDays: 30 });
    expect(bought?.lines).toHaveLength(1);
    expect(bought?.settled).toEqual(eur(1_000));
  });
});

describe("how long a gift card is good", () => {
  test("until the end of the third year after the one in which it was loaded, unless the store says otherwise", () => {
    expect(giftCardValidUntil(idOf<"BusinessDay">("2026-11-26"), POLICY)).toBe("2029-12-31");
    expect(giftCardValidUntil(idOf<"BusinessDay">("2026-11-26"), { ...POLICY, validYears: null })).toBeNull();
  });

  test("what is left then runs out, a card that never does keeps it", () => {
    const ticket = ticketOf(paidInCash(carded(blank(), 5_000)));
    const entries = booked(creditMovesOf(ticket));
    const sums = creditSums(creditOf(codeOf(1)), entries);
    if (sums === null) throw new Error("the card was sold");
    const dayOf = () => idOf<"BusinessDay">("2026-11-26");
    const on = (today: string, validYears: number | null = 3) =>
      expiredOf({
        sums,
        entries,
        policy: { ...POLICY, validYears },
        today: idOf<"BusinessDay">(today),
        dayOf,
      });
    expect(on("2029-12-31")).toBeNull();
    expect(on("2030-01-01")).toEqual(eur(5_000));
    expect(on("2099-01-01", null)).toBeNull();
  });
});
