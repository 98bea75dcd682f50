import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { pointsGivenBack } from "../loyalty/taken-back.ts";
import { lesserMoney } from "../money/arithmetic.ts";
import { basketOf, NOON } from "../testing/arbitrary-baskets.ts";
import { KnownPurchases } from "../testing/known-purchases.ts";
import { backOf } from "../testing/purchases.ts";
import { EUR, eur, GERMANY, lineOf, variantOf } from "../testing/shop.ts";
import { BERLIN, TILL } from "../testing/written-chain.ts";
import type { Basket, Tender } from "../ticket/basket.ts";
import { completeTicket } from "../ticket/complete.ts";
import { addTender, paymentOf } from "../ticket/payment.ts";
import type { RefundTo, Ticket } from "../ticket/ticket.ts";
import { payableWithValue } from "../value/payable-with-value.ts";
import { DEFAULT_RETURN_POLICY } from "./policy.ts";
import type { PurchaseRef } from "./purchase.ts";
import { piecesLeft } from "./refund.ts";
import { type RefundRoute, refundRoutes } from "./refund-routes.ts";
import type { Standing } from "./returned.ts";
import type { BasketReturn } from "./returning.ts";

interface Visit {
  /** Prices of what is bought, one piece each. */
  readonly bought?: readonly number[];
  readonly brought?: readonly BasketReturn[];
  /** As much as may be is paid with store credit, up to this, then with points; the rest in cash. */
  readonly credit?: number;
  readonly points?: number;
  readonly gifts?: readonly PurchaseRef[];
  /** False: its till is of before tickets noted what is owed in goods. */
  readonly noting?: boolean;
}

const ANNA = idOf<"Customer">("anna");

/** Somebody who wants to make coins of what the shop owes them in goods: money back is taken in cash as far as any way lets it through. */
class CoinCollector {
  readonly #known = new KnownPurchases();
  readonly tickets: Ticket[] = [];

  get standings(): readonly Standing[] {
    return this.#known.standings;
  }

  /** What they still have, piece by piece. */
  get bag(): readonly BasketReturn[] {
    return this.standings.flatMap((standing) =>
      standing.purchase.lines
        .filter((line) => piecesLeft(standing, line) > 0)
        .map(({ position }) => backOf(standing.purchase, position)),
    );
  }

  /** Coins that they got beyond those that they brought. */
  get gain(): number {
    return this.tickets
      .flatMap(({ tenders }) => tenders)
      .reduce((sum, tender) => {
        if (tender.kind === "cash") return sum - tender.tendered.minor + tender.change.minor;
        return tender.kind === "refund" && tender.to.kind === "cash" ? sum + tender.amount.minor : sum;
      }, 0);
  }

  /** Store credit and what points are worth that they got beyond what they paid with. */
  get inGoods(): number {
    return this.tickets
      .flatMap(({ tenders }) => tenders)
      .reduce((sum, tender) => {
        if (tender.kind === "credit" || tender.kind === "points") return sum - tender.amount.minor;
        if (tender.kind !== "refund") return sum;
        return tender.to.kind === "credit" || tender.to.kind === "points" ? sum + tender.amount.minor : sum;
      }, 0);
  }

  /** Points that they got beyond those that they paid with. */
  get points(): number {
    return this.tickets
      .flatMap(({ tenders }) => tenders)
      .reduce((sum, tender) => {
        if (tender.kind === "points") return sum - tender.points;
        return tender.kind === "refund" && tender.to.kind === "points" ? sum + tender.to.points : sum;
      }, 0);
  }

  visit({
    bought = [],
    brought = [],
    credit = 0,
    points = 0,
    gifts = [],
    noting = true,
  }: Visit): Ticket | null {
    if (bought.length + brought.length === 0) return null;
    const place = this.tickets.length;
    const lines = bought.map((minor, index) => ({
      ...lineOf({ name: "goods", price: eur(minor) }),
      id: idOf<"Line">(`line-${place}-${index}`),
    }));
    const returning = {
      standings: this.standings,
      lines: brought.map((each, index) => ({ ...each, id: idOf<"Line">(`back-${place}-${index}`) })),
      promotions: "keep",
      gifts,
      override: null,
      identity: null,
    } as const;
    const basket: Basket = brought.length === 0 ? basketOf(lines) : { ...basketOf(lines), returning };
    return this.#complete(settled(basket, { credit, points }), noting);
  }

  #complete(basket: Basket, noting: boolean): Ticket {
    const completed = completeTicket({
      basket,
      tax: GERMANY,
      currency: EUR,
      timeZone: "Europe/Berlin",
      id: idOf<"Ticket">(`ticket-${this.tickets.length}`),
      number: idOf<"ReceiptNumber">(`BER1-03-${String(this.tickets.length + 1).padStart(6, "0")}`),
      store: BERLIN,
      device: TILL,
      staff: idOf<"Staff">("mira"),
      unreceiptedAsCredit: true,
      at: NOON,
    });
    if (!completed.ok) throw new Error(completed.reason);
    const ticket = noting ? completed.value : withoutNotes(completed.value);
    this.tickets.push(ticket);
    this.#known.book(ticket);
    return ticket;
  }
}

function withoutNotes({ returning, ...ticket }: Ticket): Ticket {
  if (returning === undefined) return ticket;
  const { owedInGoods: _, shares: __, ...grant } = returning;
  return { ...ticket, returning: grant };
}

const UNRECEIPTED: BasketReturn = {
  kind: "unreceipted",
  id: idOf<"Line">("back"),
  variant: variantOf("mug"),
  sku: idOf<"Sku">("MUG"),
  name: "mug",
  options: [],
  taxClass: idOf<"TaxClass">("standard"),
  unitPrice: eur(900),
  quantity: 1,
  reason: "gift",
  condition: "asNew",
  disposition: "stock",
};

function routesOf(basket: Basket): readonly RefundRoute[] {
  const payment = paymentOf({ basket, tax: GERMANY, currency: EUR });
  const isGift = (basket.returning?.gifts ?? []).length > 0;
  return refundRoutes({
    standings: basket.returning?.standings ?? [],
    lines: payment.priced.lines,
    refunds: basket.tenders.filter((tender) => tender.kind === "refund"),
    giveBack: payment.giveBack,
    giveBackInCash: payment.giveBackInCash,
    taxMode: GERMANY.mode,
    policy: isGift ? { ...DEFAULT_RETURN_POLICY, refundTo: ["credit"] } : DEFAULT_RETURN_POLICY,
  });
}

/** With how much of value is still to be paid. */
type InValue = Pick<Required<Visit>, "credit" | "points">;

function settled(basket: Basket, value: InValue): Basket {
  const payment = paymentOf({ basket, tax: GERMANY, currency: EUR });
  if (payment.complete) return basket;
  const id = idOf<"Tender">(`tender-${basket.tenders.length}`);
  const tender = payment.giveBack.minor > 0 ? refundOf(basket, id) : paymentBy(basket, { id, ...value });
  const taken = addTender({ basket, tender, tax: GERMANY, currency: EUR, at: NOON });
  if (!taken.ok) throw new Error(taken.reason);
  return settled(taken.value, tender.kind === "credit" ? { ...value, credit: 0 } : { credit: 0, points: 0 });
}

function refundOf(basket: Basket, id: Tender["id"]): Tender {
  const routes = routesOf(basket);
  const route = ["cash", "points", "credit"].flatMap((way) => routes.filter(({ kind }) => kind === way))[0];
  if (route === undefined) throw new Error("no way for the money");
  return { id, kind: "refund", amount: route.most, to: refundTo(route) };
}

function refundTo(route: RefundRoute): RefundTo {
  if (route.kind === "cash") return { kind: "cash" };
  if (route.kind !== "points") return { kind: "credit", code: "NEW" };
  const { customer, points, paid, most } = route;
  return {
    kind: "points",
    customer,
    points: pointsGivenBack({ points, amountMinor: paid.minor }, most.minor),
  };
}

function paymentBy(basket: Basket, { id, credit, points }: InValue & { readonly id: Tender["id"] }): Tender {
  const payment = paymentOf({ basket, tax: GERMANY, currency: EUR });
  const payable = payableWithValue(basket, payment);
  const amount = lesserMoney(payable, eur(credit));
  if (amount.minor > 0) return { id, kind: "credit", amount, code: "SLIP" };
  const byPoints = lesserMoney(payable, eur(points));
  if (byPoints.minor > 0)
    return { id, kind: "points", amount: byPoints, points: 2 * byPoints.minor, customer: ANNA };
  return { id, kind: "cash", tendered: payment.remainingInCash };
}

function lastPurchase(customer: CoinCollector): PurchaseRef {
  const last = customer.standings.at(-1);
  if (last === undefined) throw new Error("nothing was bought");
  return last.purchase.ref;
}

describe("goods that were taken in exchange", () => {
  test("for what store credit had paid come back as credit, and not for coins", () => {
    const customer = new CoinCollector();
    customer.visit({ bought: [10_000], credit: 10_000 });
    const exchange = customer.visit({ bought: [10_000], brought: customer.bag });
    expect(exchange?.returning).toMatchObject({ owedInGoods: eur(10_000) });
    const back = customer.visit({ brought: customer.bag });
    expect(back?.tenders).toMatchObject([{ amount: eur(10_000), to: { kind: "credit" } }]);
    expect(customer.gain).toBe(0);
  });

  test("for what money had paid come back for money, and their ticket says nothing of it", () => {
    const customer = new CoinCollector();
    customer.visit({ bought: [10_000] });
    const exchange = customer.visit({ bought: [8_000], brought: customer.bag });
    expect(exchange?.returning).not.toHaveProperty("owedInGoods");
    customer.visit({ brought: customer.bag });
    expect(customer.gain).toBe(0);
    expect(customer.tickets.at(-1)?.tenders).toMatchObject([{ amount: eur(8_000), to: { kind: "cash" } }]);
  });

  test("by a gift receipt bring whoever was given them no coins, however often they are exchanged", () => {
    const customer = new CoinCollector();
    customer.visit({ bought: [5_000] });
    const gifts = [lastPurchase(customer)];
    customer.visit({ bought: [5_000], brought: customer.bag, gifts });
    customer.visit({ bought: [3_000], brought: customer.bag });
    customer.visit({ brought: customer.bag });
    // The giver's own coins are all that the shop has of it.
    expect(customer.gain).toBe(-5_000);
  });

  test("for goods without a receipt, which bring credit only, bring no coins either", () => {
    const customer = new CoinCollector();
    customer.visit({ bought: [2_000], brought: [UNRECEIPTED] });
    customer.visit({ brought: customer.bag });
    expect(customer.tickets.at(-1)?.tenders).toMatchObject([
      { amount: eur(1_100), to: { kind: "cash" } },
      { amount: eur(900), to: { kind: "credit" } },
    ]);
    expect(customer.gain).toBe(0);
  });

  test("as far as credit was given for the rest are owed no more than what is left", () => {
    const customer = new CoinCollector();
    customer.visit({ bought: [10_000], credit: 10_000 });
    const exchange = customer.visit({ bought: [3_000], brought: customer.bag });
    expect(exchange?.tenders).toMatchObject([{ amount: eur(7_000), to: { kind: "credit" } }]);
    expect(exchange?.returning?.owedInGoods).toEqual(eur(3_000));
  });
});

describe("the rest of a purchase of which a part was exchanged", () => {
  /** Bought: two pieces, 60.00 and 40.00, the half of it paid in coins. The first is exchanged. */
  function exchanged(value: Partial<Pick<Visit, "credit" | "points" | "noting">>): CoinCollector {
    const { noting = true, ...paid } = value;
    const customer = new CoinCollector();
    customer.visit({ bought: [6_000, 4_000], ...paid });
    customer.visit({ bought: [6_000], brought: customer.bag.slice(0, 1), noting });
    return customer;
  }
  const rest = (customer: CoinCollector) => customer.visit({ brought: customer.bag.slice(0, 1) })?.tenders;
  const takenFor = (customer: CoinCollector) => customer.visit({ brought: customer.bag.slice(-1) });

  test("is money where what credit had paid was taken in goods, and its act says so, so that an earlier till knows it too", () => {
    const customer = exchanged({ credit: 5_000 });
    expect(customer.standings[0]?.returned.acts).toMatchObject([
      { to: [{ kind: "credit", amount: eur(5_000), payment: null }] },
    ]);
    expect(rest(customer)).toMatchObject([{ amount: eur(4_000), to: { kind: "cash" } }]);
    takenFor(customer);
    expect(customer.gain).toBe(0);
  });

  test("is owed in goods still where the till of the exchange noted nothing: the coins came out with the other goods", () => {
    const customer = exchanged({ credit: 5_000, noting: false });
    takenFor(customer);
    expect(rest(customer)).toMatchObject([{ amount: eur(4_000), to: { kind: "credit" } }]);
  });

  test("is money and no points where what points had paid was taken in goods", () => {
    const customer = exchanged({ points: 5_000 });
    expect(rest(customer)).toMatchObject([{ amount: eur(4_000), to: { kind: "cash" } }]);
    takenFor(customer);
    expect(customer.gain).toBe(0);
  });
});

test("whoever buys with credit, points and coins, exchanges and brings back in whatever order, never has more coins than before", () => {
  const arbitraryValue = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 8_000 }));
  const arbitraryVisit = fc.record({
    bought: fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 3 }),
    picks: fc.array(fc.nat(20), { maxLength: 3 }),
    credit: arbitraryValue,
    points: arbitraryValue,
  });
  fc.assert(
    fc.property(fc.array(arbitraryVisit, { minLength: 2, maxLength: 8 }), (visits) => {
      const customer = new CoinCollector();
      for (const { picks, ...visit } of visits) {
        const { bag } = customer;
        const brought = bag.filter((_, index) => picks.some((pick) => pick % bag.length === index));
        customer.visit({ ...visit, brought });
        expect(customer.gain).toBeLessThanOrEqual(0);
        expect(customer.points).toBeLessThanOrEqual(0);
      }
      customer.visit({ brought: customer.bag });
      // And nobody loses by it: all that was paid is theirs again, money as money.
      expect(customer.gain).toBe(0);
      expect(customer.inGoods).toBe(0);
    }),
    { numRuns: 300 },
  );
});
