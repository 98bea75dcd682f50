import fc from "fast-check";
import type { TaxExemption } from "../customer/customer.ts";
import { idOf, type LineId } from "../ids.ts";
import { type Money, money } from "../money/money.ts";
import type { Promotion, PromotionChoice } from "../promotions/promotion.ts";
import type { Purchase } from "../returns/purchase.ts";
import { piecesLeft } from "../returns/refund.ts";
import type { PromotionsOnReturn } from "../returns/repricing.ts";
import type { Standing } from "../returns/returned.ts";
import type { BasketReturn } from "../returns/returning.ts";
import type { TaxSetup } from "../tax/tax.ts";
import type { Basket, BasketLine, Discount, Tender } from "../ticket/basket.ts";
import { cashKept } from "../ticket/cash-kept.ts";
import { completeTicket } from "../ticket/complete.ts";
import { addTender, paymentOf } from "../ticket/payment.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { arbitraryDiscount, basketOf, NOON } from "./arbitrary-baskets.ts";
import { arbitraryPromotionsUpTo, SOLD } from "./arbitrary-promotions.ts";
import { KnownPurchases } from "./known-purchases.ts";
import { EUR, eur, lineOf } from "./shop.ts";
import { BERLIN, TILL } from "./written-chain.ts";

/** What somebody does at the counter: buys, brings back some pieces of what they have, or both at once. `pick` numbers choose among what there is. */
export interface Visit {
  readonly bought: readonly BasketLine[];
  readonly discount: Discount | null;
  readonly brought: readonly { readonly pick: number; readonly pieces: number }[];
  /** Pays, or takes the money, in cash; else by card and as credit. */
  readonly inCash: boolean;
}

const arbitraryRung = fc.record({
  name: fc.constantFrom(...SOLD),
  price: fc.oneof(fc.constantFrom(0, 1, 98, 99, 333), fc.integer({ min: 0, max: 20_000 })).map(eur),
  quantity: fc.integer({ min: 1, max: 7 }),
  taxClass: fc.constantFrom("standard", "reduced"),
  discount: fc.oneof(
    { arbitrary: fc.constant(null), weight: 3 },
    { arbitrary: arbitraryDiscount, weight: 1 },
  ),
});

export const arbitraryVisit: fc.Arbitrary<Visit> = fc.record({
  bought: fc.array(arbitraryRung.map(lineOf), { maxLength: 4 }),
  discount: fc.oneof(
    { arbitrary: fc.constant(null), weight: 3 },
    { arbitrary: arbitraryDiscount, weight: 1 },
  ),
  brought: fc.array(fc.record({ pick: fc.nat(20), pieces: fc.integer({ min: 1, max: 4 }) }), {
    maxLength: 4,
  }),
  inCash: fc.boolean(),
});

/** Any set of promotions of all kinds, combined in any way and capped or not, so that visits make and break them. */
export const arbitraryPromotions: fc.Arbitrary<readonly Promotion[]> = arbitraryPromotionsUpTo(4);

/** A customer with a bag: what they bought, what came back of it, and every coin that went over the counter. */
export class CustomerAtTheCounter {
  readonly #tax: TaxSetup;
  readonly #promotions: readonly Promotion[];
  readonly #choice: PromotionChoice;
  readonly #taxExemption: TaxExemption | undefined;
  readonly #mode: PromotionsOnReturn;
  readonly tickets: Ticket[] = [];
  readonly #known = new KnownPurchases();
  #count = 0;

  constructor(shop: {
    readonly tax: TaxSetup;
    readonly promotions: readonly Promotion[];
    /** Absent: by priority. */
    readonly choice?: PromotionChoice;
    /** By which these customers pay no tax. */
    readonly taxExemption?: TaxExemption | undefined;
    readonly mode: PromotionsOnReturn;
  }) {
    this.#tax = shop.tax;
    this.#promotions = shop.promotions;
    this.#choice = shop.choice ?? "priority";
    this.#mode = shop.mode;
    this.#taxExemption = shop.taxExemption;
  }

  get standings(): readonly Standing[] {
    return this.#known.standings;
  }

  /** Makes the visit; null where nothing was brought and nothing bought. */
  visit({ bought, discount, brought, inCash }: Visit): Ticket | null {
    const returns = brought.flatMap((each) => this.#toReturn(each));
    const lines = bought.map((line, index) => ({ ...line, id: this.#lineId(index) }));
    if (lines.length === 0 && returns.length === 0) return null;
    const basket: Basket = {
      ...basketOf(lines, lines.length === 0 ? null : discount),
      promotions: this.#promotions,
      promotionChoice: this.#choice,
      ...(this.#taxExemption === undefined ? {} : { taxExemption: this.#taxExemption }),
      ...(returns.length === 0
        ? {}
        : {
            returning: {
              standings: this.standings,
              lines: returns,
              promotions: this.#mode,
              override: null,
              identity: null,
            },
          }),
    };
    return this.#complete(this.#settled(basket, inCash));
  }

  /** Brings back all that is left, at once or one piece at a time. */
  bringAllBack(inCash: boolean): void {
    for (const { purchase } of this.standings) {
      for (const line of purchase.lines) {
        for (;;) {
          const standing = this.standings.find((each) => each.purchase === purchase);
          if (standing === undefined || piecesLeft(standing, line) === 0) break;
          const returns = [this.#returnOf(purchase, line.position, 1)];
          const returning = {
            standings: this.standings,
            lines: returns,
            promotions: this.#mode,
            override: null,
            identity: null,
          };
          this.#complete(this.#settled({ ...basketOf([]), returning }, inCash));
        }
      }
    }
  }

  /** Money that went to the shop, and money that came back. */
  get paidIn(): Money {
    return this.#sum((ticket) =>
      ticket.tenders.flatMap((tender) => {
        if (tender.kind === "refund") return [];
        return [tender.kind === "cash" ? cashKept(tender).minor : tender.amount.minor];
      }),
    );
  }

  get paidOut(): Money {
    return this.#sum((ticket) =>
      ticket.tenders.flatMap((tender) => (tender.kind === "refund" ? [tender.amount.minor] : [])),
    );
  }

  #sum(of: (ticket: Ticket) => readonly number[]): Money {
    return money(
      this.tickets.flatMap(of).reduce((sum, minor) => sum + minor, 0),
      EUR,
    );
  }

  #toReturn({ pick, pieces }: { readonly pick: number; readonly pieces: number }): BasketReturn[] {
    const open = this.standings.flatMap((standing) =>
      standing.purchase.lines
        .filter((line) => piecesLeft(standing, line) > 0)
        .map((line) => ({ standing, line })),
    );
    const chosen = open[pick % Math.max(1, open.length)];
    if (chosen === undefined) return [];
    const quantity = Math.min(pieces, piecesLeft(chosen.standing, chosen.line));
    return [this.#returnOf(chosen.standing.purchase, chosen.line.position, quantity)];
  }

  #returnOf({ ref }: Purchase, position: number, quantity: number): BasketReturn {
    this.#count += 1;
    return {
      kind: "receipted",
      id: idOf<"Line">(`back-${this.#count}`),
      of: { purchase: ref, position },
      quantity,
      reason: "changedMind",
      condition: "asNew",
      disposition: "stock",
    };
  }

  #lineId(index: number): LineId {
    return idOf<"Line">(`line-${this.tickets.length}-${index}`);
  }

  #settled(basket: Basket, inCash: boolean): Basket {
    const payment = paymentOf({ basket, tax: this.#tax, currency: EUR });
    if (payment.complete) return basket;
    const id = idOf<"Tender">(`tender-${this.tickets.length}`);
    const isBack = payment.giveBack.minor > 0;
    const amount = inCash ? payment.giveBackInCash : payment.giveBack;
    const to = inCash ? ({ kind: "cash" } as const) : ({ kind: "credit", code: "C" } as const);
    const back: Tender = { id, kind: "refund", amount, to };
    const paid: Tender = inCash
      ? { id, kind: "cash", tendered: payment.remainingInCash }
      : { id, kind: "card", amount: payment.remaining, approvalCode: "A1" };
    const tender = isBack ? back : paid;
    // Less than the smallest coin either way: there is nothing to hand over.
    if ((tender.kind === "cash" ? tender.tendered : tender.amount).minor === 0)
      return this.#settled(basket, false);
    const taken = addTender({ basket, tender, tax: this.#tax, currency: EUR, at: NOON });
    if (!taken.ok) throw new Error(`the money was not taken: ${taken.reason}`);
    return taken.value;
  }

  #complete(basket: Basket): Ticket {
    const completed = completeTicket({
      basket,
      tax: this.#tax,
      currency: EUR,
      timeZone: "Europe/Berlin",
      id: idOf<"Ticket">(`ticket-${this.tickets.length}`),
      number: idOf<"ReceiptNumber">(`BER1-03-${String(this.tickets.length).padStart(6, "0")}`),
      store: BERLIN,
      device: TILL,
      staff: idOf<"Staff">("mira"),
      at: NOON,
    });
    if (!completed.ok) throw new Error(`the visit was not completed: ${completed.reason}`);
    const ticket = completed.value;
    this.tickets.push(ticket);
    this.#known.book(ticket);
    return ticket;
  }
}
