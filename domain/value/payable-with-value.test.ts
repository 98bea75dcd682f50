import { expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { EUR, eur } from "../testing/shop.ts";
import type { Basket, Tender } from "../ticket/basket.ts";
import { openBasket } from "../ticket/basket-acts.ts";
import { addTender } from "../ticket/payment.ts";
import { addGiftCard } from "./gift-card.ts";

const AT = instant(1);
const tax = { mode: "inclusive", rounding: "ticket", classes: [], cashRounding: null } as const;
const CODE = "CARD-7Q2M-X0VD-4T9K-W3HB-N5RC";

function basketWithCard(): Basket {
  const added = addGiftCard({
    basket: openBasket({ id: idOf<"Basket">("b"), staff: idOf<"Staff">("mira"), at: AT }),
    line: idOf<"Line">("card"),
    code: CODE,
    name: "Gift card",
    label: "…",
    amount: eur(5_000),
    lies: eur(0),
    isKnown: false,
    policy: { most: eur(25_000), validYears: 3 },
    at: AT,
  });
  if (!added.ok) throw new Error(added.reason);
  return added.value;
}

/** A mug for 10.00 beside the card. */
function withGoods(basket: Basket): Basket {
  const [card] = basket.lines;
  const { giftCard: _none, ...line } = card!;
  return { ...basket, lines: [...basket.lines, { ...line, id: idOf<"Line">("mug"), unitPrice: eur(1_000) }] };
}

const credit = (id: string, minor: number): Tender => ({
  id: idOf<"Tender">(id),
  kind: "credit",
  amount: eur(minor),
  code: CODE,
  left: eur(0),
});
const points = (id: string, minor: number): Tender => ({
  id: idOf<"Tender">(id),
  kind: "points",
  amount: eur(minor),
  points: minor,
  customer: idOf<"Customer">("anna"),
});
const take = (basket: Basket, tender: Tender) => addTender({ basket, tender, tax, currency: EUR, at: AT });

test("a gift card is bought with money only: not with points, credit or another card", () => {
  const basket = basketWithCard();
  for (const tender of [credit("a", 1), points("a", 1)])
    expect(take(basket, tender)).toEqual({ ok: false, reason: "giftCardNeedsMoney" });
});

test("goods beside it are paid with them, once, in however many tenders", () => {
  const basket = withGoods(basketWithCard());
  const first = take(basket, points("a", 600));
  if (!first.ok) throw new Error(first.reason);
  expect(take(first.value, credit("b", 401))).toEqual({ ok: false, reason: "giftCardNeedsMoney" });
  const second = take(first.value, credit("b", 400));
  if (!second.ok) throw new Error(second.reason);
  expect(take(second.value, points("c", 1))).toEqual({ ok: false, reason: "giftCardNeedsMoney" });
});
