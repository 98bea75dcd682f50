import assert from "node:assert/strict";
import { type CustomerId, idOf, instant, type TicketId } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Purchase } from "#domain/returns/purchase.ts";
import { nothingReturned } from "#domain/returns/returned.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import type { PurchaseSearch } from "../../returns/port.ts";
import { putInFeed } from "../../testing/put-in-feed.ts";
import { BERLIN, CUP, customer, EUR, HAMBURG, TEA } from "../../testing/shop.ts";
import { TestTill } from "../../testing/till.ts";
import type { Storage } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";
import { order } from "./orders.ts";

const NOTHING_NAMED: PurchaseSearch = {
  text: null,
  customer: null,
  variant: null,
  day: null,
  paidMinor: null,
  limit: 10,
};
const ORDER = idOf<"Order">("o1");
const ADA: CustomerId = customer("ada").id;

function bought(changes: Partial<Purchase> = {}): Purchase {
  return {
    ref: { kind: "order", id: ORDER },
    number: "FEN-1",
    channel: idOf<"Channel">("web"),
    store: null,
    at: AT,
    day: idOf<"BusinessDay">("2027-01-15"),
    currency: EUR,
    taxMode: "inclusive",
    customer: null,
    lines: [
      {
        position: 0,
        variant: TEA,
        sku: idOf<"Sku">("SKU-tea"),
        name: "Tea",
        options: [],
        taxClass: idOf<"TaxClass">("standard"),
        quantity: 1,
        unitPrice: money(350, EUR),
        total: money(350, EUR),
        taxes: [],
        returnBy: null,
        discounts: [],
      },
    ],
    paidWith: [],
    settled: money(350, EUR),
    ...changes,
  };
}

/** Books sales of one piece each, with the movement that goes with each. */
async function sell(storage: Storage, tickets: readonly Ticket[]): Promise<void> {
  await storage.write(async (tx) => {
    await tx.putStore(BERLIN);
    await tx.putStore(HAMBURG);
    for (const ticket of tickets) {
      await tx.addTickets([{ ticket, register: 1 }], AT);
      for (const { variant } of ticket.lines)
        await tx.addMovement(
          { store: ticket.store, variant, quantity: -1, reason: { kind: "sale", ticket: ticket.id } },
          { cause: ticket.id, at: AT },
        );
    }
  });
}

function sale(variant = TEA, changes: Partial<Ticket> = {}): Ticket {
  return { ...new TestTill({ store: BERLIN.store }).ticket([{ variant, quantity: 1 }]), ...changes };
}

async function found(storage: Storage, ask: Partial<PurchaseSearch>): Promise<readonly TicketId[]> {
  const tickets = await storage.read((tx) => tx.findTickets({ ...NOTHING_NAMED, ...ask }));
  return tickets.map(({ id }) => id);
}

export const RETURNS: readonly ContractCase[] = [
  {
    promise: "what came back of a purchase is kept as it was put last, each purchase by itself",
    check: async (storage) => {
      const ref = { kind: "ticket", id: idOf<"Ticket">("t1") } as const;
      const first = nothingReturned(ref);
      const changed = { ...first, flagged: true };
      await storage.write((tx) => tx.putReturned(first));
      await storage.write((tx) => tx.putReturned(changed));
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.returned(ref), changed);
        assert.equal(await tx.returned({ kind: "order", id: idOf<"Order">("t1") }), null);
      });
    },
  },
  {
    promise:
      "tickets are found by number in any case, card approval, customer and customer card, the newest first",
    check: async (storage) => {
      const card = {
        id: idOf<"Tender">("c"),
        kind: "card",
        amount: money(350, EUR),
        approvalCode: "A-1",
      } as const;
      const first = sale(TEA, { number: idOf<"ReceiptNumber">("BER1-01-000007"), customer: ADA });
      const second = sale(TEA, {
        number: idOf<"ReceiptNumber">("BER1-01-000008"),
        customer: ADA,
        tenders: [card],
      });
      const third = sale(TEA, { number: idOf<"ReceiptNumber">("BER1-01-000009"), tenders: [card, card] });
      await sell(storage, [first, second, third]);
      await storage.write((tx) => tx.putCustomers([{ ...customer("ada"), cardNumber: "6400" }]));
      assert.deepEqual(await found(storage, { text: "ber1-01-000007" }), [first.id]);
      assert.deepEqual(await found(storage, { text: "A-1" }), [third.id, second.id]);
      assert.deepEqual(await found(storage, { customer: ADA }), [second.id, first.id]);
      assert.deepEqual(await found(storage, { text: "6400" }), [second.id, first.id]);
      assert.deepEqual(await found(storage, { text: "A-1", customer: ADA }), [second.id]);
      assert.deepEqual(await found(storage, { text: "a%" }), []);
      assert.deepEqual(await found(storage, { limit: 2 }), [third.id, second.id]);
    },
  },
  {
    promise: "tickets are found by article, day and amount, in every store",
    check: async (storage) => {
      const tea = sale(TEA);
      const cup = sale(CUP, { store: HAMBURG.store, businessDay: idOf<"BusinessDay">("2027-01-14") });
      await sell(storage, [tea, cup]);
      assert.deepEqual(await found(storage, { variant: CUP }), [cup.id]);
      assert.deepEqual(await found(storage, { day: cup.businessDay }), [cup.id]);
      assert.deepEqual(await found(storage, { paidMinor: 350 }), [cup.id, tea.id]);
      assert.deepEqual(await found(storage, { paidMinor: 351 }), []);
      assert.deepEqual(await found(storage, { variant: TEA, day: cup.businessDay }), []);
    },
  },
  {
    promise: "what an order bought is kept as it was put last, and found by all that people know of it",
    check: async (storage) => {
      const other = bought({
        ref: { kind: "order", id: idOf<"Order">("o2") },
        number: "FEN-2",
        at: LATER,
        customer: ADA,
      });
      await storage.write(async (tx) => {
        const { contact } = order("o2");
        await tx.putOrder(order("o2", { contact: { ...contact, customer: ADA } }), null);
        await tx.putOrderPurchase(bought({ settled: money(1, EUR) }), {
          externalId: "web-1",
          paidMinor: 990,
        });
        await tx.putOrderPurchase(bought(), { externalId: "web-1", paidMinor: 990 });
        await tx.putOrderPurchase(other, { externalId: "web-2", paidMinor: 350 });
      });
      const ask = async (what: Partial<PurchaseSearch>) =>
        (await storage.read((tx) => tx.findOrderPurchases({ ...NOTHING_NAMED, ...what }))).map(
          ({ number }) => number,
        );
      assert.deepEqual(await storage.read((tx) => tx.orderPurchase(ORDER)), bought());
      assert.equal(await storage.read((tx) => tx.orderPurchase(idOf<"Order">("o3"))), null);
      assert.deepEqual(await ask({ text: "fen-1" }), ["FEN-1"]);
      assert.deepEqual(await ask({ text: "WEB-2" }), ["FEN-2"]);
      assert.deepEqual(await ask({ customer: ADA }), ["FEN-2"]);
      assert.deepEqual(await ask({ variant: TEA }), ["FEN-2", "FEN-1"]);
      assert.deepEqual(await ask({ variant: CUP }), []);
      assert.deepEqual(await ask({ paidMinor: 990 }), ["FEN-1"]);
      assert.deepEqual(await ask({ paidMinor: 350, limit: 1 }), ["FEN-2"]);
      assert.deepEqual(await ask({ variant: TEA, store: [HAMBURG.store] }), []);
      assert.deepEqual(await ask({ variant: TEA, store: [] }), []);
      assert.deepEqual(await ask({ day: idOf<"BusinessDay">("2027-01-16") }), []);
    },
  },
  {
    promise: "an order has the tickets that pay lines of it, and is found by their numbers and cards",
    check: async (storage) => {
      const card = {
        id: idOf<"Tender">("c"),
        kind: "card",
        amount: money(350, EUR),
        approvalCode: "A-9",
      } as const;
      const plain = sale(TEA, { number: idOf<"ReceiptNumber">("BER1-01-000011"), tenders: [card] });
      const lines = plain.lines.flatMap((line) =>
        line.kind === "sale" ? [{ ...line, order: { order: ORDER, line: idOf<"Line">("1") } }] : [],
      );
      const paying = { ...plain, lines: [...lines, ...lines] };
      await sell(storage, [paying, sale()]);
      await storage.write((tx) => tx.putOrderPurchase(bought(), { externalId: "web-1", paidMinor: 350 }));
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.ticketsPaying(ORDER), [paying]);
        assert.deepEqual(await tx.ticketsPaying(idOf<"Order">("o2")), []);
        for (const text of ["BER1-01-000011", "A-9"])
          assert.deepEqual(await tx.findOrderPurchases({ ...NOTHING_NAMED, text }), [bought()]);
      });
    },
  },
  {
    promise: "documents of a kind are listed by age, without what is newer, gone or of another kind",
    check: async (storage) => {
      const feed = "store:s";
      const put = (id: string, at: typeof AT, data: string | null = "{}") =>
        storage.write((tx) => putInFeed(tx, { feed, collection: "receipts", id, data, at }));
      await put("key:1", AT);
      await put("purchase:ticket:b", AT);
      await put("purchase:ticket:a", AT);
      await put("purchase:ticket:gone", AT);
      await put("mark:ticket:a", AT);
      await put("purchase:ticket:new", LATER);
      await put("purchase:ticket:gone", LATER, null);
      const ask = { feed, collection: "receipts", prefix: "purchase:", limit: 9 } as const;
      await storage.read(async (tx) => {
        const before = LATER;
        assert.deepEqual(await tx.documentsFrom({ ...ask, before }), [
          "purchase:ticket:b",
          "purchase:ticket:a",
        ]);
        assert.deepEqual(await tx.documentsFrom({ ...ask, before, limit: 1 }), ["purchase:ticket:b"]);
        assert.deepEqual(await tx.documentsFrom({ ...ask, before, prefix: "mark:" }), ["mark:ticket:a"]);
        assert.deepEqual(await tx.documentsFrom({ ...ask, before: AT }), []);
        const later = instant(LATER + 1);
        assert.equal((await tx.documentsFrom({ ...ask, before: later })).length, 3);
      });
    },
  },
  {
    promise: "an exception says anew what it is about while it is open, and not once it is closed",
    check: async (storage) => {
      const raised = {
        id: "refundedTwice:ticket:t1",
        kind: "refundedTwice",
        store: BERLIN.store,
        subject: null,
        raisedAt: AT,
        detail: { number: "1" },
        closing: null,
      } as const;
      await storage.write(async (tx) => {
        assert.equal(await tx.retellException(raised.id, { number: "2" }), false);
        await tx.raiseException(raised);
        assert.equal(await tx.retellException(raised.id, { number: "2" }), true);
        assert.deepEqual((await tx.exception(raised.id))?.detail, { number: "2" });
        await tx.closeException(raised.id, { resolution: "accept", by: "Jo", note: "", at: LATER });
        assert.equal(await tx.retellException(raised.id, { number: "3" }), false);
        assert.deepEqual((await tx.exception(raised.id))?.detail, { number: "2" });
      });
    },
  },
];
