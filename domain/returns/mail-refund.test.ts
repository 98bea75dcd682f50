import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { arbitraryTax, NOON } from "../testing/arbitrary-baskets.ts";
import {
  arbitraryPromotions,
  arbitraryVisit,
  CustomerAtTheCounter,
} from "../testing/customers-at-the-counter.ts";
import { announced, arrived } from "../testing/mail-returns.ts";
import { boughtLine, purchaseOf, standingWith } from "../testing/purchases.ts";
import { eur } from "../testing/shop.ts";
import { givenBackBy, mailRefundOf, mailRoutes, splitRefund } from "./mail-refund.ts";
import type { MailRefundWay } from "./mail-return.ts";
import { DEFAULT_RETURN_POLICY, type ReturnPolicy } from "./policy.ts";
import type { PaidWith, Purchase } from "./purchase.ts";
import { piecesLeft } from "./refund.ts";
import { PROMOTIONS_ON_RETURN } from "./repricing.ts";
import { isRefundedTwice, type Standing, settledLeft, withReturn } from "./returned.ts";

const ORDER = idOf<"Order">("order-1");
const newCode = () => "CREDIT";

function refundFor(standing: Standing, pieces: number, policy: ReturnPolicy = DEFAULT_RETURN_POLICY) {
  const mailReturn = arrived(announced(standing, [[0, pieces]]), [{ position: 0, pieces }]);
  return mailRefundOf({ mailReturn, standing, policy, at: NOON });
}

const bought = (paidWith: readonly PaidWith[]): Purchase =>
  purchaseOf([boughtLine(0, { quantity: 3, paid: 1_000 })], { paidWith });
const split = (refund: ReturnType<typeof refundFor>, way: MailRefundWay) => {
  const parts = splitRefund(refund, way, newCode);
  return parts.ok ? parts.value.map(({ way: each, amount }) => [each, amount.minor]) : parts.reason;
};

describe("what is given back for goods that came by mail", () => {
  test("is their share of what was paid, as at a till, booked as one act of no till", () => {
    const { act } = refundFor(standingWith(bought([{ kind: "cash", amount: eur(1_000) }])), 2);
    expect(act).toMatchObject({ id: "mail-1", device: null, staff: null, settled: eur(666) });
    expect(act.lines).toMatchObject([{ position: 0, pieces: 2, total: eur(666) }]);
  });

  test("is nothing for pieces that a till took back since they were announced", () => {
    const purchase = bought([{ kind: "cash", amount: eur(1_000) }]);
    const mailReturn = arrived(announced(standingWith(purchase), [[0, 2]]), [{ position: 0, pieces: 2 }]);
    const standing = standingWith(purchase, { position: 0, pieces: 2, given: 666 });
    const { act } = mailRefundOf({ mailReturn, standing, policy: DEFAULT_RETURN_POLICY, at: NOON });
    expect(act.lines).toMatchObject([{ pieces: 1, total: eur(334) }]);
  });
});

describe("where the money goes", () => {
  test("what was paid in the shop is the shop's to give back, to how it was paid there", () => {
    const refund = refundFor(standingWith(bought([{ kind: "online", amount: eur(1_000), order: ORDER }])), 3);
    const parts = splitRefund(refund, "shop", newCode);
    expect(parts).toEqual({ ok: true, value: [{ way: "shop", amount: eur(1_000), order: ORDER }] });
  });

  test("what was paid at a till is paid out by HQ or becomes store credit", () => {
    const refund = refundFor(
      standingWith(bought([{ kind: "card", amount: eur(1_000), approvalCode: "A1" }])),
      3,
    );
    expect(mailRoutes(refund).map(({ way }) => way)).toEqual(["credit", "payout"]);
    expect(split(refund, "payout")).toEqual([["payout", 1_000]]);
    expect(splitRefund(refund, "credit", newCode)).toEqual({
      ok: true,
      value: [{ way: "credit", amount: eur(1_000), code: "CREDIT" }],
    });
    expect(split(refund, "shop")).toBe("notThisWay");
  });

  test("what was paid in two ways goes back in two, the one that was asked for first", () => {
    const paidWith: readonly PaidWith[] = [
      { kind: "online", amount: eur(400), order: ORDER },
      { kind: "cash", amount: eur(600) },
    ];
    const policy: ReturnPolicy = { ...DEFAULT_RETURN_POLICY, refundTo: ["original"] };
    const refund = refundFor(standingWith(bought(paidWith)), 3, policy);
    expect(split(refund, "shop")).toEqual([
      ["shop", 400],
      ["payout", 600],
    ]);
  });

  test("what a gift card or points paid comes back as money in no way", () => {
    const points = { kind: "points", points: 80, customer: idOf<"Customer">("anna") } as const;
    const values: readonly PaidWith[] = [
      { kind: "credit", amount: eur(400) },
      { ...points, amount: eur(400) },
    ];
    const moneys: readonly PaidWith[] = [
      { kind: "card", amount: eur(600), approvalCode: "A1" },
      { kind: "cash", amount: eur(600) },
      { kind: "online", amount: eur(600), order: ORDER },
    ];
    for (const value of values)
      for (const paid of moneys)
        for (const way of ["payout", "shop", "credit"] as const) {
          const refund = refundFor(standingWith(bought([paid, value])), 3);
          const parts = splitRefund(refund, way, newCode);
          if (!parts.ok) {
            expect([parts.reason, way]).toEqual(["notThisWay", "shop"]);
            continue;
          }
          const sumOf = (isCredit: boolean) =>
            parts.value
              .filter((part) => (part.way === "credit") === isCredit)
              .reduce((sum, { amount }) => sum + amount.minor, 0);
          expect(sumOf(false)).toBeLessThanOrEqual(600);
          expect(sumOf(false) + sumOf(true)).toBe(1_000);
        }
  });

  test("what HQ pays out counts for the cards it was paid with, then for cash: no later return gives it to them again", () => {
    const paidWith: readonly PaidWith[] = [
      { kind: "cash", amount: eur(400) },
      { kind: "card", amount: eur(600), approvalCode: "A1" },
    ];
    const policy: ReturnPolicy = { ...DEFAULT_RETURN_POLICY, refundTo: ["original"] };
    const standing = standingWith(bought(paidWith));
    const refund = refundFor(standing, 2, policy);
    const parts = splitRefund(refund, "payout", newCode);
    if (!parts.ok) throw new Error(parts.reason);
    const to = givenBackBy(parts.value, refund);
    expect(to).toEqual([
      { kind: "card", amount: eur(600), payment: "A1" },
      { kind: "cash", amount: eur(66), payment: null },
    ]);
    const after = { ...standing, returned: withReturn(standing.returned, { ...refund.act, to }) };
    const rest = refundFor(after, 1, policy);
    expect(rest.routes.map(({ kind, most }) => [kind, most.minor])).toEqual([["cash", 334]]);
  });

  test("who was given the goods gets store credit, however they were paid", () => {
    const standing = standingWith(bought([{ kind: "cash", amount: eur(1_000) }]));
    const mailReturn = arrived(announced(standing, [[0, 1]], { isGift: true }), [{ position: 0, pieces: 1 }]);
    const refund = mailRefundOf({ mailReturn, standing, policy: DEFAULT_RETURN_POLICY, at: NOON });
    expect(mailRoutes(refund)).toEqual([{ way: "credit", most: eur(333) }]);
  });

  test("a policy of store credit alone leaves no other way", () => {
    const policy: ReturnPolicy = { ...DEFAULT_RETURN_POLICY, refundTo: ["credit"] };
    const refund = refundFor(standingWith(bought([{ kind: "cash", amount: eur(1_000) }])), 1, policy);
    expect(split(refund, "payout")).toBe("notThisWay");
    expect(split(refund, "credit")).toEqual([["credit", 333]]);
  });

  test("goods that cost nothing bring nothing, whichever way is asked for", () => {
    const free = purchaseOf([boughtLine(0, { paid: 0 })]);
    expect(splitRefund(refundFor(standingWith(free), 1), "shop", newCode)).toEqual({ ok: true, value: [] });
  });
});

test("whatever was bought and came back at tills, returns by mail give back no more than was paid, to the cent", () => {
  const arbitraryShop = fc.record({
    tax: arbitraryTax,
    promotions: arbitraryPromotions,
    mode: fc.constantFrom(...PROMOTIONS_ON_RETURN),
  });
  const arbitraryVisits = fc.array(arbitraryVisit, { minLength: 1, maxLength: 4 });
  const ways = fc.constantFrom<MailRefundWay>("credit", "payout");
  fc.assert(
    fc.property(
      arbitraryShop,
      arbitraryVisits,
      fc.integer({ min: 1, max: 4 }),
      ways,
      (shop, visits, most, way) => {
        const customer = new CustomerAtTheCounter(shop);
        for (const visit of visits) customer.visit(visit);
        for (const found of customer.standings) {
          let standing = found;
          for (let parcel = 0; parcel < 50; parcel += 1) {
            const lines = standing.purchase.lines.flatMap((line) => {
              const pieces = Math.min(most, piecesLeft(standing, line));
              return pieces === 0 ? [] : [{ position: line.position, pieces }];
            });
            if (lines.length === 0) break;
            const mailReturn = arrived(announced(standing, [], { id: `mail-${parcel}` }), lines);
            const policy = { ...DEFAULT_RETURN_POLICY, promotions: shop.mode };
            const refund = mailRefundOf({ mailReturn, standing, policy, at: NOON });
            expect(refund.act.settled.minor).toBeGreaterThanOrEqual(0);
            const parts = splitRefund(refund, way, newCode);
            if (!parts.ok) throw new Error(parts.reason);
            const given = parts.value.reduce((sum, { amount }) => sum + amount.minor, 0);
            expect(given).toBe(refund.act.settled.minor);
            const { returned } = standing;
            const to = givenBackBy(parts.value, refund);
            expect(to.reduce((sum, { amount }) => sum + amount.minor, 0)).toBe(given);
            standing = { ...standing, returned: withReturn(returned, { ...refund.act, to }) };
            expect(settledLeft(standing).minor).toBeGreaterThanOrEqual(0);
            expect(isRefundedTwice(standing)).toBe(false);
          }
          for (const line of standing.purchase.lines) expect(piecesLeft(standing, line)).toBe(0);
        }
      },
    ),
    { numRuns: 200 },
  );
});
