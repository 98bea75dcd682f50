import { cardKey } from "#domain/customer/card.ts";
import { newCustomer, withChanges } from "#domain/customer/changes.ts";
import { problemsOf, tidyChanges } from "#domain/customer/check.ts";
import type { Customer } from "#domain/customer/customer.ts";
import { type HistoryEntry, mergeHistories } from "#domain/customer/history.ts";
import { askedCustomer, customerFit, customerKeys } from "#domain/customer/search.ts";
import { type CustomerId, type Instant, idOf, instant } from "#domain/ids.ts";
import { ok, refused } from "#domain/result.ts";
import type { VerbAnswer, VerbParsedArgs } from "#protocol/till/contract.ts";
import type { FoundCustomers } from "#protocol/till/customers.ts";
import { euros } from "./fake-shop.ts";

type Said = Pick<VerbParsedArgs<"registerCustomer">, "changes"> & Partial<VerbParsedArgs<"registerCustomer">>;

const DAY_MS = 86_400_000;

export const ANNA: Customer = {
  id: idOf<"Customer">("anna"),
  name: "Anna Weiß",
  email: "anna.weiss@example.com",
  phone: "+49 30 23125 001",
  cardNumber: "FH40000137",
};
export const BEN: Customer = {
  id: idOf<"Customer">("ben"),
  name: "Ben Grünwald",
  email: null,
  phone: "+49 40 66969 002",
  cardNumber: null,
};

/** The fake engine's customers, with Anna's history: an online order that only the server knows, and a purchase that this till has. */
export class FakeCustomers {
  all: readonly Customer[] = [ANNA, BEN];
  isOnline = true;
  readonly #now: () => Instant;

  constructor(now: () => Instant) {
    this.#now = now;
  }

  nameOf(id: CustomerId): string {
    return this.#get(id)?.name ?? "";
  }

  byCard(code: string): Customer | null {
    const card = cardKey(code);
    return this.all.find((each) => card !== null && cardKey(each.cardNumber) === card) ?? null;
  }

  search({ text, limit }: { readonly text: string; readonly limit: number }): FoundCustomers {
    const asked = askedCustomer(text);
    const customers = this.all.filter((each) => asked !== null && customerFit(customerKeys(each), asked) > 0);
    return { customers: customers.slice(0, limit), hasMore: customers.length > limit };
  }

  profile(id: CustomerId): VerbAnswer<"customer"> {
    const customer = this.#get(id);
    if (customer === null) return refused("noSuchCustomer");
    return ok({
      customer,
      groups: [],
      history: { entries: this.#here(id), hasMore: false, receiptsHere: RECEIPTS },
    });
  }

  history(id: CustomerId): VerbAnswer<"customerHistory"> {
    if (!this.isOnline) return refused("offline");
    const entries = mergeHistories(this.#elsewhere(id), this.#here(id));
    return ok({ entries: [...entries], hasMore: false, receiptsHere: RECEIPTS });
  }

  register(said: Said): VerbAnswer<"registerCustomer"> {
    return this.#noted(newCustomer(idOf<"Customer">(`new-${this.all.length}`), {}), said);
  }

  edit(id: CustomerId, said: Said): VerbAnswer<"editCustomer"> {
    const customer = this.#get(id);
    return customer === null ? refused("noSuchCustomer") : this.#noted(customer, said);
  }

  #noted(customer: Customer, { changes, consents = [] }: Said): VerbAnswer<"registerCustomer"> {
    const tidy = tidyChanges(changes);
    const [problem] = problemsOf(tidy);
    if (problem !== undefined) return refused(problem);
    const stamped = consents.map((each) => ({ ...each, source: "till BER1-01", at: this.#now() }));
    const noted = withChanges(customer, { ...tidy, consents: stamped });
    this.all = [...this.all.filter(({ id }) => id !== noted.id), noted];
    return ok(noted);
  }

  #get(id: CustomerId): Customer | null {
    return this.all.find((each) => each.id === id) ?? null;
  }

  #here(id: CustomerId): HistoryEntry[] {
    if (id !== ANNA.id) return [];
    return [
      {
        kind: "purchase",
        id: RECEIPT,
        number: idOf<"ReceiptNumber">("BER1-01-000007"),
        at: instant(this.#now() - 3 * DAY_MS),
        storeName: "Berlin Mitte",
        pieces: 3,
        goods: [
          { name: "Enamel Mug", quantity: 2 },
          { name: "Pocket T-Shirt · Ink / S", quantity: 1 },
        ],
        total: euros(4_475),
      },
    ];
  }

  #elsewhere(id: CustomerId): HistoryEntry[] {
    if (id !== ANNA.id) return [];
    return [
      {
        kind: "order",
        id: idOf<"Order">("order-1"),
        number: "FEN-1031",
        channel: idOf<"Channel">("demo-shop"),
        at: instant(this.#now() - DAY_MS),
        status: "ready",
        storeNames: ["Berlin Mitte"],
        pieces: 1,
        goods: [{ name: "Oak Lamp", quantity: 1 }],
        total: euros(8_990),
      },
    ];
  }
}

const RECEIPT = idOf<"Ticket">("ticket-7");
const RECEIPTS = [RECEIPT];
