import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { lesserMoney } from "../money/arithmetic.ts";
import { basketOf, NOON } from "../testing/arbitrary-baskets.ts";
import { EUR, eur, GERMANY, lineOf, variantOf } from "../testing/shop.ts";
import { BERLIN, TILL } from "../testing/written-chain.ts";
import type { Basket, Tender } from "../ticket/basket.ts";
import { completeTicket } from "../ticket/complete.ts";
import { addTender, paymentOf } from "../ticket/payment.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { payableWithValue } from "../value/payable-with-value.ts";
import { DEFAULT_RETURN_POLICY } from "./policy.ts";
import { type Purchase, type PurchaseRef, purchaseKey } from "./purchase.ts";
import { purchaseOfTicket } from "./purchase-of-ticket.ts";
import { piecesLeft } from "./refund.ts";
import { type RefundRoute, refundRoutes } from "./refund-routes.ts";
import { returnActsOf } from "./return-acts.ts";
import { nothingReturned, type Returned, type Standing, withReturn } from "./returned.ts";
import type { BasketReturn } from "./returning.ts";

interface Visit {
  /** Prices of what is bought, one piece each. */
  readonly bought?: readonly number[];
  readonly brought?: readonly BasketReturn[];
  /** As much as may be is paid with store credit, up to this; the rest in cash. */
  readonly credit?: number;
  readonly gifts?: readonly PurchaseRef[];
}

/** Somebody who wants to make coins of what the shop owes them in goods: money back is taken in cash as far as any way lets it through. */
class CoinCollector {
  readonly #purchases: Purchase[] = [];
  readonly #returned = new Map<string, Returned>();
  readonly tickets: Ticket[] = [];

  get standings(): readonly Standing[] {
    return this.#purchases.map((purchase) => ({
      purchase,
      returned: this.#returned.get(purchaseKey(purchase.ref)) ?? nothingReturned(purchase.ref),
    }));
  }

  /** What they still have, piece by piece. */
  get bag(): readonly BasketReturn[] {
    return this.standings.flatMap((standing) =>
      standing.purchase.lines
        .filter((line) => piecesLeft(standing, line) > 0)
        .map(({ position }) => backOf(standing.purchase.ref, position)),
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

  /** Store credit that they got beyond what they paid with. */
  get inGoods(): number {
    return this.tickets
      .flatMap(({ tenders }) => tenders)
      .reduce((sum, tender) => {
        if (tender.kind === "credit") return sum - tender.amount.minor;
        return tender.kind === "refund" && tender.to.kind === "credit" ? sum + tender.amount.minor : sum;
      }, 0);
  }

  visit({ bought = [], brought = [], credit = 0, gifts = [] }: Visit): Ticket | null {
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
    return this.#complete(settled(basket, credit));
  }

  #complete(basket: Basket): Ticket {
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
    const ticket = completed.value;
    this.tickets.push(ticket);
    for (const { purchase, act } of returnActsOf(ticket)) {
      const key = purchaseKey(purchase);
      this.#returned.set(key, withReturn(this.#returned.get(key) ?? nothingReturned(purchase), act));
    }
    const purchase = purchaseOfTicket(ticket, { usualDays: 30 });
    if (purchase !== null) this.#purchases.push(purchase);
    return ticket;
  }
}

function backOf(purchase: PurchaseRef, position: number): BasketReturn {
  const goods = { quantity: 1, reason: "changedMind", condition: "asNew", disposition: "stock" } as const;
  return { ...goods, kind: "receipted", id: idOf<"Line">("back"), of: { purchase, position } };
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

function settled(basket: Basket, credit: number): Basket {
  const payment = paymentOf({ basket, tax: GERMANY, currency: EUR });
  if (payment.complete) return basket;
  const id = idOf<"Tender">(`tender-${basket.tenders.length}`);
  const taken = addTender({
    basket,
    tender: payment.giveBack.minor > 0 ? refundOf(basket, id) : paymentBy(basket, { id, credit }),
    tax: GERMANY,
    currency: EUR,
    at: NOON,
  });
  if (!taken.ok) throw new Error(taken.reason);
  return settled(taken.value, 0);
}

function refundOf(basket: Basket, id: Tender["id"]): Tender {
  const routes = routesOf(basket);
  const route = routes.find(({ kind }) => kind === "cash") ?? routes.find(({ kind }) => kind === "credit");
  if (route === undefined) throw new Error("no way for the money");
  const to = route.kind === "cash" ? ({ kind: "cash" } as const) : ({ kind: "credit", code: "NEW" } as const);
  return { id, kind: "refund", amount: route.most, to };
}

function paymentBy(
  basket: Basket,
  { id, credit }: { readonly id: Tender["id"]; readonly credit: number },
): Tender {
  const payment = paymentOf({ basket, tax: GERMANY, currency: EUR });
  const amount = lesserMoney(payableWithValue(basket, payment), eur(credit));
  if (amount.minor > 0) return { id, kind: "credit", amount, code: "SLIP" };
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

test("whoever buys with credit and coins, exchanges and brings back in whatever order, never has more coins than before", () => {
  const arbitraryVisit = fc.record({
    bought: fc.array(fc.integer({ min: 1, max: 5_000 }), { maxLength: 3 }),
    picks: fc.array(fc.nat(20), { maxLength: 3 }),
    credit: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 8_000 })),
  });
  fc.assert(
    fc.property(fc.array(arbitraryVisit, { minLength: 2, maxLength: 8 }), (visits) => {
      const customer = new CoinCollector();
      for (const { picks, ...visit } of visits) {
        const { bag } = customer;
        const brought = bag.filter((_, index) => picks.some((pick) => pick % bag.length === index));
        customer.visit({ ...visit, brought });
        expect(customer.gain).toBeLessThanOrEqual(0);
      }
      customer.visit({ brought: customer.bag });
      expect(customer.gain).toBeLessThanOrEqual(0);
      // And nobody loses by it: all that was paid is theirs again, one way or the other.
      expect(customer.inGoods + customer.gain).toBe(0);
    }),
    { numRuns: 300 },
  );
});
