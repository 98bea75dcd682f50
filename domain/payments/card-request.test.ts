import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { money } from "../money/money.ts";
import { openBasket, parkBasket } from "../ticket/basket-acts.ts";
import { answered, askTerminal, type CardRequest, isBeingPaid, settledByWord } from "./card-request.ts";

const EUR = idOf<"Currency">("EUR");
const AT = instant(1);
const REQUEST: CardRequest = {
  service: "S1",
  tender: idOf<"Tender">("t1"),
  act: "pay",
  amount: money(1_000, EUR),
  at: AT,
};
const BASKET = openBasket({ id: idOf<"Basket">("b"), staff: idOf<"Staff">("mira"), at: AT });
const ASKED = askTerminal(BASKET, REQUEST);

function approved(minor: number, currency = EUR) {
  const slip = {
    service: "S1",
    brand: "Visa",
    lastFour: "0042",
    reference: "T1",
    at: "now",
    terminal: "X",
    lines: [],
  };
  return { kind: "approved", amount: money(minor, currency), approvalCode: "A1", slip } as const;
}

test("a basket that waits for the terminal is being paid, and is neither changed nor parked", () => {
  expect(isBeingPaid(ASKED)).toBe(true);
  expect(parkBasket({ basket: ASKED, label: "", at: AT })).toMatchObject({ reason: "paymentStarted" });
  expect(isBeingPaid(BASKET)).toBe(false);
});

test("what the terminal took is one tender, up to what was asked for; anything else goes back and is no tender", () => {
  fc.assert(
    fc.property(fc.integer({ min: -10, max: 2_000 }), fc.boolean(), (minor, isEuro) => {
      const answer = approved(minor, isEuro ? EUR : idOf<"Currency">("CHF"));
      const settled = answered({ basket: ASKED, service: "S1", answer, at: AT });
      if (!settled.ok) throw new Error(settled.reason);
      const { basket, unwanted } = settled.value;
      const fits = isEuro && minor > 0 && minor <= 1_000;
      expect(basket.tenders).toHaveLength(fits ? 1 : 0);
      expect(unwanted === null).toBe(fits);
      expect(basket.cardRequest).toBeUndefined();
    }),
  );
});

test("an answer to another request changes nothing", () => {
  expect(answered({ basket: ASKED, service: "S2", answer: approved(1_000), at: AT }).ok).toBe(false);
  expect(answered({ basket: BASKET, service: "S1", answer: approved(1_000), at: AT }).ok).toBe(false);
});

test("the same answer twice is one tender", () => {
  const once = answered({ basket: ASKED, service: "S1", answer: approved(1_000), at: AT });
  if (!once.ok) throw new Error(once.reason);
  expect(answered({ basket: once.value.basket, service: "S1", answer: approved(1_000), at: AT }).ok).toBe(
    false,
  );
});

test("money that went back to a card names the payment that it gives back", () => {
  const asked = askTerminal(BASKET, { ...REQUEST, act: "giveBack", paidBy: "4711" });
  const settled = answered({ basket: asked, service: "S1", answer: approved(1_000), at: AT });
  expect(settled).toMatchObject({
    ok: true,
    value: { basket: { tenders: [{ kind: "refund", to: { kind: "card", paidBy: "4711" } }] } },
  });
});

test("by word it happened with the code on the slip, or it did not", () => {
  expect(settledByWord({ basket: ASKED, approvalCode: "A7", at: AT }).tenders).toMatchObject([
    { id: "t1", kind: "card", amount: REQUEST.amount, approvalCode: "A7" },
  ]);
  const none = settledByWord({ basket: ASKED, approvalCode: null, at: AT });
  expect(none.tenders).toEqual([]);
  expect(none.cardRequest).toBeUndefined();
});
