import { expect, test } from "vitest";
import { idOf, instant } from "../ids.ts";
import { money } from "../money/money.ts";
import { EUR } from "../testing/shop.ts";
import { type Basket, MAX_LINES_PER_TICKET } from "../ticket/basket.ts";
import { openBasket } from "../ticket/basket-acts.ts";
import { chooseReturnIn, MAX_PURCHASES_PER_BASKET, openReturnIn } from "./basket-returns.ts";
import type { Purchase } from "./purchase.ts";
import type { PromotionsOnReturn } from "./repricing.ts";
import type { Standing } from "./returned.ts";

const AT = instant(1);
const EMPTY = openBasket({ id: idOf<"Basket">("b"), staff: idOf<"Staff">("mira"), at: AT });

function bought(id: string, lines = 1): Standing {
  const ref = { kind: "ticket", id: idOf<"Ticket">(id) } as const;
  const purchase: Purchase = {
    ref,
    number: id,
    channel: idOf<"Channel">("till"),
    store: null,
    at: AT,
    day: idOf<"BusinessDay">("2026-11-24"),
    currency: EUR,
    taxMode: "inclusive",
    customer: null,
    lines: Array.from({ length: lines }, (_, position) => ({
      position,
      variant: null,
      sku: idOf<"Sku">(`sku-${position}`),
      name: "",
      options: [],
      taxClass: idOf<"TaxClass">("standard"),
      quantity: 1,
      unitPrice: money(100, EUR),
      total: money(100, EUR),
      taxes: [],
      returnBy: null,
      discounts: [
        {
          promotion: idOf<"Promotion">("p"),
          name: "p",
          needs: { kind: "groups", size: 2, pays: 1 },
          amount: money(1, EUR),
        },
      ],
    })),
    paidWith: [],
    settled: money(100 * lines, EUR),
  };
  return { purchase, returned: { purchase: ref, acts: [], flagged: false } };
}

function opened(basket: Basket, standing: Standing, promotions: PromotionsOnReturn = "keep") {
  return openReturnIn({ basket, standing, promotions, currency: EUR, at: AT });
}

function mustOpen(basket: Basket, standing: Standing): Basket {
  const answer = opened(basket, standing);
  if (!answer.ok) throw new Error(answer.reason);
  return answer.value;
}

test("a purchase opened twice lies beside the basket once", () => {
  const twice = mustOpen(mustOpen(EMPTY, bought("a")), bought("a"));
  expect(twice.returning?.standings).toHaveLength(1);
});

test("only so many purchases lie beside one basket", () => {
  let basket: Basket = EMPTY;
  for (let count = 0; count < MAX_PURCHASES_PER_BASKET; count += 1)
    basket = mustOpen(basket, bought(`t${count}`));
  expect(opened(basket, bought("one more"))).toEqual({ ok: false, reason: "tooManyLines" });
});

test("a return whose ticket would be too long is not begun: kept goods may be charged line by line", () => {
  const long = bought("long", MAX_LINES_PER_TICKET);
  expect(opened(EMPTY, long)).toMatchObject({ ok: true });
  const recomputed = mustOpen(EMPTY, bought("a"));
  const basket = {
    ...recomputed,
    returning: { ...recomputed.returning!, promotions: "recompute" },
  } as Basket;
  expect(opened(basket, long)).toEqual({ ok: false, reason: "tooManyLines" });
});

test("the same line is chosen once, whatever is said of it later", () => {
  const choose = (basket: Basket, id: string) =>
    chooseReturnIn({
      basket,
      of: { purchase: bought("a").purchase.ref, position: 0 },
      goods: { quantity: 1, reason: "gift", condition: "asNew", disposition: "stock" },
      newId: () => idOf<"Line">(id),
      at: AT,
    });
  const first = choose(mustOpen(EMPTY, bought("a")), "first");
  if (!first.ok) throw new Error(first.reason);
  expect(choose(first.value, "second")).toMatchObject({
    ok: true,
    value: { returning: { lines: [{ id: "first" }] } },
  });
});

test("a purchase of which all came back is not opened, and of one that was refunded twice it is said", () => {
  const { purchase, returned } = bought("a");
  const act = {
    id: "r1",
    at: AT,
    store: null,
    device: null,
    staff: null,
    lines: [{ position: 0, pieces: 1, total: money(100, EUR), taxes: [] }],
    settled: money(100, EUR),
  };
  const once = { purchase, returned: { ...returned, acts: [act] } };
  expect(opened(EMPTY, once)).toEqual({ ok: false, reason: "nothingReturnable" });
  const twice = { purchase, returned: { ...returned, acts: [act, { ...act, id: "r2" }] } };
  expect(opened(EMPTY, twice)).toEqual({ ok: false, reason: "refundedTwice" });
});

test("what was opened by a gift receipt stays a gift, until the buyer's own receipt is shown", () => {
  const open = (basket: Basket, gift?: boolean): Basket => {
    const standing = bought("a");
    const answer = openReturnIn({ basket, standing, promotions: "keep", currency: EUR, gift, at: AT });
    if (!answer.ok) throw new Error(answer.reason);
    return answer.value;
  };
  const gift = open(EMPTY, true);
  expect(gift.returning?.gifts).toHaveLength(1);
  expect(open(gift).returning?.gifts).toHaveLength(1);
  expect(open(gift, false).returning?.gifts ?? []).toEqual([]);
});

test("what somebody says came back in another currency is set against nothing", () => {
  const standing = bought("a");
  const francs = { minor: 100, currency: idOf<"Currency">("CHF") };
  const act = {
    id: "r1",
    at: AT,
    store: null,
    device: null,
    staff: null,
    lines: [{ position: 0, pieces: 1, total: francs, taxes: [] }],
    settled: francs,
  };
  const odd = { ...standing, returned: { ...standing.returned, acts: [act] } };
  expect(opened(EMPTY, odd)).toMatchObject({ ok: true });
});
