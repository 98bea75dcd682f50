import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { ticketOf } from "../testing/arbitrary-tickets.ts";
import { boughtLine, purchaseOf, standingWith } from "../testing/purchases.ts";
import { CHF, EUR, eur, lineOf, variantOf } from "../testing/shop.ts";
import type {
  RefundShare,
  RefundTender,
  RefundTo,
  ReturnGrant,
  ReturnLine,
  Ticket,
} from "../ticket/ticket.ts";
import { paymentsOf } from "./open-payments.ts";
import type { PaidWith, Purchase, PurchaseRef } from "./purchase.ts";
import { refundShares } from "./refund-shares.ts";
import { returnActsOf } from "./return-acts.ts";

const ANNA = idOf<"Customer">("anna");
const FIRST: PurchaseRef = { kind: "ticket", id: idOf<"Ticket">("first") };
const SECOND: PurchaseRef = { kind: "ticket", id: idOf<"Ticket">("second") };
const ORDER: PurchaseRef = { kind: "order", id: idOf<"Order">("order-1") };

const byCard = (minor: number, approvalCode: string): PaidWith => ({
  kind: "card",
  amount: eur(minor),
  approvalCode,
});
const byPoints = (minor: number): PaidWith => ({
  kind: "points",
  amount: eur(minor),
  points: minor * 2,
  customer: ANNA,
});

/** Two pieces for 20.00, paid as said. */
function bought(ref: PurchaseRef, ...paidWith: readonly PaidWith[]): Purchase {
  return purchaseOf([boughtLine(0, { quantity: 2, paid: 2_000 })], { ref, paidWith });
}

function refund(id: string, minor: number, to: RefundTo): RefundTender {
  return { id: idOf<"Tender">(id), kind: "refund", amount: eur(minor), to };
}

/** One piece of each of these comes back, 10.00 each, and this much is bought besides. */
function ticketWith(
  refs: readonly PurchaseRef[],
  tenders: readonly RefundTender[],
  returning: Pick<ReturnGrant, "owedInGoods" | "shares"> = {},
  sold = 0,
): Ticket {
  const back = refs.map((purchase, index): ReturnLine => {
    const amount = eur(-1_000);
    return {
      id: idOf<"Line">(`back-${index}`),
      kind: "return",
      of: { purchase, position: 0 },
      variant: variantOf("tea"),
      sku: idOf<"Sku">("TEA"),
      name: "tea",
      options: [],
      taxClass: idOf<"TaxClass">("standard"),
      quantity: 1,
      unitPrice: eur(1_000),
      gross: amount,
      discounts: [],
      total: amount,
      taxes: [],
      reason: "changedMind",
      condition: "asNew",
      disposition: "stock",
    };
  });
  const ticket = ticketOf([lineOf({ name: "mug", price: eur(sold) })]);
  const grant = { by: "offline", override: null, identity: null, ...returning } as const;
  return { ...ticket, lines: sold === 0 ? back : [...ticket.lines, ...back], tenders, returning: grant };
}

/** How each purchase's money went back by the ticket with what `refundShares` says of it. */
function givenWith(ticket: Ticket, purchases: readonly Purchase[]) {
  const shares = refundShares(ticket, { standings: purchases.map((each) => standingWith(each)) });
  return given({ ...ticket, returning: { ...ticket.returning!, shares } });
}

function given(ticket: Ticket): readonly string[][] {
  return returnActsOf(ticket).map(({ act: { to = [] } }) =>
    to.map(({ kind, payment, amount }) =>
      [kind, payment, amount.minor].filter((part) => part !== null).join(" "),
    ),
  );
}

describe("refunds of several purchases with one ticket", () => {
  test("go to the card of each, whichever was paid out first", () => {
    const purchases = [bought(FIRST, byCard(2_000, "A1")), bought(SECOND, byCard(2_000, "B2"))];
    const tenders = [
      refund("t1", 1_000, { kind: "card", approvalCode: "R1", paidBy: "B2" }),
      refund("t2", 1_000, { kind: "card", approvalCode: "R2", paidBy: "A1" }),
    ];
    expect(givenWith(ticketWith([FIRST, SECOND], tenders), purchases)).toEqual([
      ["card A1 1000"],
      ["card B2 1000"],
    ]);
  });

  test("as points are for the purchase that points paid, and the coins for the other", () => {
    const purchases = [bought(FIRST, { kind: "cash", amount: eur(2_000) }), bought(SECOND, byPoints(2_000))];
    const tenders = [
      refund("t1", 1_000, { kind: "points", customer: ANNA, points: 2_000 }),
      refund("t2", 1_000, { kind: "cash" }),
    ];
    expect(givenWith(ticketWith([FIRST, SECOND], tenders), purchases)).toEqual([
      ["cash 1000"],
      ["points anna 1000"],
    ]);
  });

  test("go online to their order, and what was exchanged as owed in goods is of the one that credit paid", () => {
    const purchases = [
      bought(FIRST, { kind: "cash", amount: eur(2_000) }),
      bought(ORDER, { kind: "online", amount: eur(2_000), order: idOf<"Order">("order-1") }),
      bought(SECOND, { kind: "credit", amount: eur(2_000) }),
    ];
    const tenders = [
      refund("t1", 1_000, { kind: "online", order: idOf<"Order">("order-1") }),
      refund("t2", 500, { kind: "cash" }),
    ];
    const exchange = ticketWith([FIRST, ORDER, SECOND], tenders, { owedInGoods: eur(1_000) }, 1_500);
    expect(givenWith(exchange, purchases)).toEqual([["cash 500"], ["online order-1 1000"], ["credit 1000"]]);
  });

  test("need no telling apart where one purchase comes back", () => {
    const ticket = ticketWith([FIRST], [refund("t1", 1_000, { kind: "cash" })]);
    expect(refundShares(ticket, { standings: [standingWith(bought(FIRST))] })).toEqual([]);
    expect(given(ticket)).toEqual([["cash 1000"]]);
  });
});

describe("what a ticket says of its refunds", () => {
  const tenders = [refund("t1", 1_500, { kind: "cash" })];
  const share = (
    minor: number,
    purchase: PurchaseRef = SECOND,
    tender: string | null = "t1",
  ): RefundShare => ({
    tender: tender === null ? null : idOf<"Tender">(tender),
    purchase,
    amount: { minor, currency: EUR },
  });
  const saying = (...shares: readonly RefundShare[]) =>
    given(ticketWith([FIRST, SECOND], tenders, { shares }));

  test("is believed as far as the refund and the goods of the purchase go", () => {
    expect(saying(share(1_000), share(500, FIRST))).toEqual([["cash 500"], ["cash 1000"]]);
    expect(saying(share(9_999), share(9_999, FIRST))).toEqual([["cash 500"], ["cash 1000"]]);
    expect(saying(share(1_000), share(1_000), share(1_000, FIRST))).toEqual([["cash 500"], ["cash 1000"]]);
  });

  test("counts for nothing where it is of no refund, of no purchase that comes back, or below zero", () => {
    const oneAfterTheOther = [["cash 1000"], ["cash 500"]];
    expect(saying(share(1_000, SECOND, "t9"))).toEqual(oneAfterTheOther);
    expect(saying(share(1_000, ORDER))).toEqual(oneAfterTheOther);
    expect(saying(share(-1_000))).toEqual(oneAfterTheOther);
    expect(saying(share(1_000, SECOND, null))).toEqual(oneAfterTheOther);
    expect(saying()).toEqual(oneAfterTheOther);
  });
});

test("a return in another currency than its purchase takes nothing off the purchase's payments", () => {
  const francs = { minor: 1_000, currency: CHF };
  const { purchase, returned } = standingWith(bought(FIRST, { kind: "cash", amount: eur(2_000) }), {
    position: 0,
    pieces: 1,
    given: 1_000,
  });
  const acts = returned.acts.map((act) => ({
    ...act,
    settled: francs,
    to: [{ kind: "cash", amount: francs, payment: null }] as const,
  }));
  expect(paymentsOf({ purchase, returned: { ...returned, acts } })).toMatchObject([{ left: eur(2_000) }]);
});
