import { type Purchase, purchaseKey } from "../returns/purchase.ts";
import { purchaseOfTicket } from "../returns/purchase-of-ticket.ts";
import { returnActsOf } from "../returns/return-acts.ts";
import { nothingReturned, type Returned, type Standing, withReturn } from "../returns/returned.ts";
import type { Ticket } from "../ticket/ticket.ts";

/** What somebody bought at the counter, and what came back of it, ticket by ticket. */
export class KnownPurchases {
  readonly #purchases: Purchase[] = [];
  readonly #returned = new Map<string, Returned>();

  get standings(): readonly Standing[] {
    return this.#purchases.map((purchase) => ({
      purchase,
      returned: this.#returned.get(purchaseKey(purchase.ref)) ?? nothingReturned(purchase.ref),
    }));
  }

  book(ticket: Ticket): void {
    for (const { purchase, act } of returnActsOf(ticket)) {
      const key = purchaseKey(purchase);
      this.#returned.set(key, withReturn(this.#returned.get(key) ?? nothingReturned(purchase), act));
    }
    const purchase = purchaseOfTicket(ticket, { usualDays: 30 });
    if (purchase !== null) this.#purchases.push(purchase);
  }
}
