import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { priceBasket } from "../pricing/price-basket.ts";
import { basketOf } from "../testing/arbitrary-baskets.ts";
import { backOf, boughtLine, purchaseOf, standingWith } from "../testing/purchases.ts";
import { EUR, eur, GERMANY, variantOf } from "../testing/shop.ts";
import type { RefundTender } from "../ticket/ticket.ts";
import { pointsFor } from "./open-payments.ts";
import { DEFAULT_RETURN_POLICY, type ReturnPolicy } from "./policy.ts";
import type { PaidWith, Purchase } from "./purchase.ts";
import { refundRoutes, routeRefusal } from "./refund-routes.ts";
import type { Standing } from "./returned.ts";
import type { BasketReturn } from "./returning.ts";

const CASH: PaidWith = { kind: "cash", amount: eur(2_000) };
const CARD: PaidWith = { kind: "card", amount: eur(4_000), approvalCode: "A77" };
const ONLINE: PaidWith = { kind: "online", amount: eur(6_000), order: idOf<"Order">("order-1") };

function refund(amount: number, to: RefundTender["to"]): RefundTender {
  return { id: idOf<"Tender">("t"), kind: "refund", amount: eur(amount), to };
}

interface Scene {
  readonly paidWith: readonly PaidWith[];
  readonly policy?: Partial<ReturnPolicy>;
  readonly refunds?: readonly RefundTender[];
  readonly giveBack?: number;
  readonly inCoins?: number;
  readonly more?: readonly BasketReturn[];
}

function routesOf({
  paidWith,
  policy = {},
  refunds = [],
  giveBack = 6_000,
  inCoins = giveBack,
  more = [],
}: Scene) {
  const purchase: Purchase = purchaseOf([boughtLine(0, { paid: 6_000 })], { paidWith });
  const standings = [standingWith(purchase)];
  const returning = {
    standings,
    lines: [backOf(purchase, 0), ...more],
    promotions: "keep",
    override: null,
    identity: null,
  } as const;
  const { lines } = priceBasket({
    basket: { ...basketOf([]), returning },
    tax: GERMANY,
    currency: EUR,
    cash: false,
  });
  return refundRoutes({
    standings,
    lines,
    refunds,
    giveBack: eur(giveBack),
    giveBackInCash: eur(inCoins),
    taxMode: "inclusive",
    policy: { ...DEFAULT_RETURN_POLICY, ...policy },
  });
}

const seen = (scene: Scene) => routesOf(scene).map(({ kind, most }) => `${kind} ${most.minor}`);

describe("where money that is given back goes", () => {
  test("to how it was paid, as far as that went, or as credit or in cash as the customer likes", () => {
    expect(seen({ paidWith: [CASH, CARD] })).toEqual(["cash 6000", "card 4000", "credit 6000"]);
    expect(seen({ paidWith: [ONLINE] })).toEqual(["online 6000", "credit 6000", "cash 6000"]);
  });

  test("in the retailer's order, where that is strict: a later way only takes what the ones before cannot", () => {
    const policy = { inOrder: true };
    expect(seen({ paidWith: [CARD, CASH], policy })).toEqual(["card 4000", "cash 2000"]);
    expect(seen({ paidWith: [CARD], policy })).toEqual(["card 4000", "credit 2000"]);
    expect(seen({ paidWith: [CARD], policy: { ...policy, refundTo: ["credit"] } })).toEqual(["credit 6000"]);
  });

  test("as points first what points had paid, and never in another way: nobody changes points into money", () => {
    const points: PaidWith = {
      kind: "points",
      amount: eur(1_000),
      points: 200,
      customer: idOf<"Customer">("anna"),
    };
    const paidWith = [points, CARD, { ...CASH, amount: eur(1_000) }];
    expect(seen({ paidWith })).toEqual(["points 1000", "card 4000", "cash 5000", "credit 5000"]);
    expect(routesOf({ paidWith })[0]).toMatchObject({ customer: "anna", points: 200, paid: eur(1_000) });
    expect(seen({ paidWith, giveBack: 700 })).toEqual(["points 700"]);
    const refunds = [refund(1_000, { kind: "points", customer: idOf<"Customer">("anna"), points: 200 })];
    expect(seen({ paidWith, refunds, giveBack: 5_000 })).toEqual(["card 4000", "cash 5000", "credit 5000"]);
    // Whoever got the goods as a gift is not whose points they were.
    expect(seen({ paidWith, policy: { refundTo: ["credit"] } })).toEqual(["credit 6000"]);
  });

  test("never as money what store credit or a gift card paid: nobody changes them into coins by bringing goods back", () => {
    const credit: PaidWith = { kind: "credit", amount: eur(6_000) };
    expect(seen({ paidWith: [credit] })).toEqual(["credit 6000"]);
    expect(seen({ paidWith: [credit], policy: { refundTo: ["cash"] } })).toEqual(["credit 6000"]);
    const half = { ...credit, amount: eur(2_000) };
    expect(seen({ paidWith: [half, CARD] })).toEqual(["credit 6000", "card 4000", "cash 4000"]);
    expect(seen({ paidWith: [half, CARD], giveBack: 1_000 })).toContain("cash 1000");
    const refunds = [refund(3_000, { kind: "cash" })];
    expect(seen({ paidWith: [half, CARD], refunds, giveBack: 3_000 })).toContain("cash 1000");
  });

  test("in cash no more than was paid in cash and the limit beyond it", () => {
    const policy = { maxCash: eur(1_500), refundTo: ["cash"] } as const;
    expect(seen({ paidWith: [CARD], policy })).toEqual(["cash 1500", "credit 4500"]);
    expect(seen({ paidWith: [CASH, CARD], policy })).toEqual(["cash 3500", "credit 2500"]);
    const refunds = [refund(1_000, { kind: "cash" })];
    expect(seen({ paidWith: [CARD], policy, refunds, giveBack: 5_000 })).toEqual(["cash 500", "credit 4500"]);
  });

  test("what went back to the card already does not go there again", () => {
    const refunds = [refund(4_000, { kind: "card", approvalCode: "B1" })];
    expect(seen({ paidWith: [CARD], refunds, giveBack: 2_000 })).toEqual(["credit 2000", "cash 2000"]);
  });

  test("all of it in cash is as much as there are coins for", () => {
    expect(seen({ paidWith: [CASH], giveBack: 1_998, inCoins: 2_000 })).toContain("cash 2000");
    expect(
      seen({ paidWith: [CASH], giveBack: 3_998, inCoins: 4_000, policy: { refundTo: ["original"] } }),
    ).toEqual(["cash 2000", "credit 1998"]);
  });

  test("goods without a receipt bring credit only, whatever else comes back with them", () => {
    const mug: BasketReturn = {
      kind: "unreceipted",
      id: idOf<"Line">("mug"),
      variant: variantOf("mug"),
      sku: idOf<"Sku">("MUG"),
      name: "mug",
      options: [],
      taxClass: idOf<"TaxClass">("standard"),
      quantity: 1,
      unitPrice: eur(900),
      reason: "gift",
      condition: "asNew",
      disposition: "stock",
    };
    expect(seen({ paidWith: [CASH, CARD], more: [mug], giveBack: 6_900 })).toEqual([
      "cash 6000",
      "card 4000",
      "credit 6900",
    ]);
    const refunds = [refund(900, { kind: "credit", code: "C" })];
    expect(seen({ paidWith: [ONLINE], more: [mug], refunds, giveBack: 6_000 })).toContain("cash 6000");
    const credit: PaidWith = { kind: "credit", amount: eur(6_000) };
    expect(seen({ paidWith: [credit], more: [mug], giveBack: 6_900 })).toEqual(["credit 6900"]);
    const half = { ...credit, amount: eur(2_000) };
    expect(seen({ paidWith: [half, CARD], more: [mug], giveBack: 6_900 })).toContain("cash 4000");
  });

  test("nothing to give back has no ways", () => {
    expect(seen({ paidWith: [CASH], giveBack: 0 })).toEqual([]);
  });
});

describe("over several returns and several purchases", () => {
  const policy = { refundTo: ["original"] } as const;

  function seenOf(standings: readonly Standing[], returns: readonly BasketReturn[], giveBack: number) {
    const returning = {
      standings,
      lines: returns,
      promotions: "keep",
      override: null,
      identity: null,
    } as const;
    const { lines } = priceBasket({
      basket: { ...basketOf([]), returning },
      tax: GERMANY,
      currency: EUR,
      cash: false,
    });
    return refundRoutes({
      standings,
      lines,
      refunds: [],
      giveBack: eur(giveBack),
      giveBackInCash: eur(giveBack),
      taxMode: "inclusive",
      policy: { ...DEFAULT_RETURN_POLICY, ...policy },
    }).map((route) => `${route.kind} ${route.most.minor}`);
  }

  test("no card ever gets more than it paid", () => {
    const purchase = purchaseOf([boughtLine(0, { quantity: 2, paid: 6_000 })], {
      paidWith: [{ ...CARD, amount: eur(3_000) }],
    });
    const before = standingWith(purchase, { position: 0, pieces: 1, given: 3_000 });
    const [act] = before.returned.acts;
    const to = [{ kind: "card", amount: eur(3_000), payment: "A77" }] as const;
    const standing = { purchase, returned: { ...before.returned, acts: [{ ...act!, to }] } };
    expect(seenOf([standing], [backOf(purchase, 0)], 3_000)).toEqual(["credit 3000"]);
  });

  test("a purchase that nothing comes back of pays for none", () => {
    const card = purchaseOf([boughtLine(0, { paid: 6_000 })], { paidWith: [CARD] });
    const ref = { kind: "ticket", id: idOf<"Ticket">("ticket-2") } as const;
    const cash = purchaseOf([boughtLine(0, { paid: 9_000 })], {
      ref,
      paidWith: [{ ...CASH, amount: eur(9_000) }],
    });
    const both = [standingWith(card), standingWith(cash)];
    expect(seenOf(both, [backOf(card, 0)], 6_000)).toEqual(["card 4000", "credit 2000"]);
  });

  test("what two purchases were paid with in cash goes back in cash for both", () => {
    const one = purchaseOf([boughtLine(0, { paid: 3_000 })]);
    const ref = { kind: "ticket", id: idOf<"Ticket">("ticket-2") } as const;
    const two = purchaseOf([boughtLine(0, { paid: 2_000 })], { ref });
    const both = [standingWith(one), standingWith(two)];
    expect(seenOf(both, [backOf(one, 0), backOf(two, 0)], 5_000)).toEqual(["cash 5000"]);
  });

  test("points that paid two of them go back for both, each at what they paid there", () => {
    const byPoints = (points: number, minor: number): PaidWith => ({
      kind: "points",
      amount: eur(minor),
      points,
      customer: idOf<"Customer">("anna"),
    });
    const one = purchaseOf([boughtLine(0, { paid: 500 })], { paidWith: [byPoints(100, 500)] });
    const ref = { kind: "ticket", id: idOf<"Ticket">("ticket-2") } as const;
    const two = purchaseOf([boughtLine(0, { quantity: 2, paid: 100 })], {
      ref,
      paidWith: [byPoints(100, 100)],
    });
    const standings = [standingWith(one), standingWith(two)];
    const returning = {
      standings,
      lines: [backOf(one, 0), backOf(two, 0)],
      promotions: "keep",
      override: null,
      identity: null,
    } as const;
    const { lines } = priceBasket({
      basket: { ...basketOf([]), returning },
      tax: GERMANY,
      currency: EUR,
      cash: false,
    });
    const [route] = refundRoutes({
      standings,
      lines,
      refunds: [],
      giveBack: eur(550),
      giveBackInCash: eur(550),
      taxMode: "inclusive",
      policy: DEFAULT_RETURN_POLICY,
    });
    expect(route).toMatchObject({ kind: "points", most: eur(550), points: 150, paid: eur(550) });
  });

  test("an order gets back online what comes back of it, not what comes back of others", () => {
    const goods = purchaseOf([boughtLine(0, { paid: 6_000 })], {
      paidWith: [{ ...CARD, amount: eur(6_000) }],
    });
    const ref = { kind: "order", id: idOf<"Order">("order-1") } as const;
    const order = purchaseOf([boughtLine(0, { quantity: 12, paid: 6_000 })], { ref, paidWith: [ONLINE] });
    const both = [standingWith(goods), standingWith(order)];
    expect(seenOf(both, [backOf(goods, 0), backOf(order, 0)], 6_500)).toEqual(["card 6000", "online 500"]);
  });
});

test("points that paid for goods are all back once all goods are, in however many steps", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 1, maxLength: 8 }),
      (points, steps) => {
        const paid = eur(steps.reduce((sum, step) => sum + step, 0));
        let left = paid;
        const given = steps.map((step) => {
          const now = pointsFor({ points, paid, left }, eur(step));
          left = eur(left.minor - step);
          return now;
        });
        expect(Math.min(...given)).toBeGreaterThanOrEqual(0);
        expect(given.reduce((sum, now) => sum + now, 0)).toBe(points);
        expect(pointsFor({ points, paid, left }, eur(1))).toBe(0);
      },
    ),
  );
});

describe("money that would go another way", () => {
  test("is refused: a way that is not offered, another order, or more than goes that way", () => {
    const routes = routesOf({ paidWith: [ONLINE], policy: { refundTo: ["original"] } });
    const asked = (amount: number, to: RefundTender["to"]) =>
      routeRefusal(routes, { amount: eur(amount), to });
    expect(asked(6_000, { kind: "online", order: idOf<"Order">("order-1") })).toBeNull();
    expect(asked(6_001, { kind: "online", order: idOf<"Order">("order-1") })).toBe("tooMuchThisWay");
    expect(asked(1, { kind: "online", order: idOf<"Order">("order-2") })).toBe("notThisWay");
    expect(asked(1, { kind: "cash" })).toBe("notThisWay");
  });
});
