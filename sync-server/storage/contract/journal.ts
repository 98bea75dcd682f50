import assert from "node:assert/strict";
import type { StoreAsk } from "#domain/access/roles.ts";
import { idOf, instant } from "#domain/ids.ts";
import { GENESIS_HASH } from "#domain/journal/entry.ts";
import type { StockMovement } from "#domain/stock/stock.ts";
import { BERLIN, HAMBURG, TEA } from "../../testing/shop.ts";
import { TestTill } from "../../testing/till.ts";
import type { TicketRecord } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

function till(): TestTill {
  return new TestTill({ store: BERLIN.store });
}

function sale(quantity: number): StockMovement {
  return {
    store: BERLIN.store,
    variant: TEA,
    quantity,
    reason: { kind: "sale", ticket: idOf<"Ticket">("t") },
  };
}

const MUNICH = idOf<"Store">("store-muc1");

export const JOURNAL: readonly ContractCase[] = [
  {
    promise: "an entry is stored once per till, epoch and seq, and comes back as it was signed",
    check: async (storage) => {
      const one = till();
      const entry = one.begin();
      const next = one.sell([{ variant: TEA, quantity: 2 }]);
      const at = { store: BERLIN.store, device: one.device, epoch: 1 };
      assert.deepEqual(await storage.read((tx) => tx.chainHead(at)), { seq: 0, hash: GENESIS_HASH });
      await storage.write(async (tx) => {
        await tx.addEntries([entry], AT);
        await tx.addEntries([next], AT);
      });
      await assert.rejects(storage.write((tx) => tx.addEntries([entry], LATER)));
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.chainHead(at), { seq: 2, hash: next.hash });
        assert.equal(await tx.entryHash({ ...at, seq: 1 }), entry.hash);
        assert.equal(await tx.entryHash({ ...at, seq: 3 }), null);
        assert.deepEqual(await tx.entries({ ...at, after: 0, limit: 9 }), [entry, next]);
        assert.deepEqual(await tx.entries({ ...at, after: 1, limit: 9 }), [next]);
        assert.deepEqual(await tx.chainHead({ ...at, epoch: 2 }), { seq: 0, hash: GENESIS_HASH });
      });
    },
  },
  {
    promise: "a till's journal comes back in order over its epochs, each entry with when it was received",
    check: async (storage) => {
      const one = till();
      const first = [one.begin(), one.sell([{ variant: TEA, quantity: 1 }])];
      one.epoch = 2;
      const second = one.begin();
      await storage.write(async (tx) => {
        for (const entry of first) await tx.addEntries([entry], AT);
        await tx.addEntries([second], LATER);
      });
      const of = { store: BERLIN.store, device: one.device };
      await storage.read(async (tx) => {
        const start = { epoch: 0, seq: 0 };
        assert.deepEqual(await tx.receivedEntries({ ...of, after: start, limit: 9 }), [
          ...first.map((entry) => ({ entry, receivedAt: AT })),
          { entry: second, receivedAt: LATER },
        ]);
        assert.deepEqual(await tx.receivedEntries({ ...of, after: { epoch: 1, seq: 2 }, limit: 9 }), [
          { entry: second, receivedAt: LATER },
        ]);
        assert.equal((await tx.receivedEntries({ ...of, after: start, limit: 2 })).length, 2);
      });
    },
  },
  {
    promise: "an entry put into quarantine twice is kept once and is no part of the journal",
    check: async (storage) => {
      const one = till();
      const entries = [one.begin()];
      await storage.write((tx) => tx.quarantine({ entries, reason: "fork", at: AT }));
      await storage.write((tx) => tx.quarantine({ entries, reason: "fork", at: LATER }));
      const kept = await storage.read((tx) => tx.quarantined(one.device));
      assert.deepEqual(kept, [{ entry: entries[0], reason: "fork", receivedAt: AT }]);
      assert.equal(
        (await storage.read((tx) => tx.chainHead({ store: BERLIN.store, device: one.device, epoch: 1 }))).seq,
        0,
      );
    },
  },
  {
    promise: "a ticket is booked once, and counts in its store's day",
    check: async (storage) => {
      const { fact } = till().sell([{ variant: TEA, quantity: 2 }]);
      assert.equal(fact.type, "ticket.completed");
      if (fact.type !== "ticket.completed") return;
      const { ticket } = fact;
      const booked = { register: 1, receivedAt: AT };
      assert.deepEqual(
        await storage.write((tx) =>
          tx.addTickets([{ ticket, register: booked.register }], booked.receivedAt),
        ),
        new Set([ticket.id]),
      );
      assert.deepEqual(
        await storage.write((tx) =>
          tx.addTickets([{ ticket, register: booked.register }], booked.receivedAt),
        ),
        new Set(),
      );
      await storage.read(async (tx) => {
        assert.deepEqual((await tx.ticket(ticket.id))?.ticket, ticket);
        assert.equal(await tx.ticketCount(null), 1);
        assert.equal(await tx.ticketCount(HAMBURG.store), 0);
        assert.equal(await tx.ticketCount([BERLIN.store]), 1);
        assert.equal(await tx.ticketCount([]), 0);
        const day = { day: ticket.businessDay };
        assert.deepEqual(await tx.salesOf({ store: ticket.store, ...day }), { tickets: 1, totalMinor: 700 });
        assert.deepEqual(await tx.salesOf({ store: HAMBURG.store, ...day }), { tickets: 0, totalMinor: 0 });
      });
    },
  },
  {
    promise: "tickets are listed newest first, page by page, without one twice",
    check: async (storage) => {
      const one = till();
      const sold = Array.from({ length: 5 }, () => one.ticket([{ variant: TEA, quantity: 1 }]));
      for (const ticket of sold) await storage.write((tx) => tx.addTickets([{ ticket, register: 1 }], AT));
      const first = await storage.read((tx) => tx.tickets({ store: null, before: null, limit: 3 }));
      const before = first.at(-1)?.cursor ?? 0;
      const rest = await storage.read((tx) => tx.tickets({ store: BERLIN.store, before, limit: 3 }));
      assert.deepEqual(
        [...first, ...rest].map(({ ticket }) => ticket.id),
        sold.map(({ id }) => id).reverse(),
      );
    },
  },
  {
    promise: "the tickets of some stores are listed newest first, page by page, and no other store's",
    check: async (storage) => {
      const one = till();
      const stores = [BERLIN.store, HAMBURG.store, BERLIN.store, MUNICH, BERLIN.store, HAMBURG.store, MUNICH];
      const sold = stores.map((store) => ({ ...one.ticket([{ variant: TEA, quantity: 1 }]), store }));
      await storage.write(async (tx) => {
        for (const ticket of sold) await tx.addTickets([{ ticket, register: 1 }], AT);
      });
      for (const asked of [[BERLIN.store, HAMBURG.store], [HAMBURG.store, MUNICH], [MUNICH], []])
        for (const limit of [1, 2, 9]) {
          const found: string[] = [];
          let before: number | null = null;
          do {
            const ask = { store: asked, before, limit };
            const page: readonly TicketRecord[] = await storage.read((tx) => tx.tickets(ask));
            found.push(...page.map(({ ticket }) => ticket.id));
            before = page.at(-1)?.cursor ?? null;
          } while (before !== null);
          const wanted = sold.filter(({ store }) => asked.includes(store)).map(({ id }) => id);
          assert.deepEqual(found, wanted.reverse());
        }
    },
  },
  {
    promise:
      "tickets are found by how their receipt number begins, the highest first, in the stores that are asked",
    check: async (storage) => {
      const one = till();
      const sold = Array.from({ length: 3 }, () => one.ticket([{ variant: TEA, quantity: 1 }]));
      const elsewhere = {
        ...one.ticket([{ variant: TEA, quantity: 1 }]),
        number: idOf<"ReceiptNumber">("BER10-01-000001"),
      };
      await storage.write(async (tx) => {
        for (const ticket of [...sold, elsewhere]) await tx.addTickets([{ ticket, register: 1 }], AT);
      });
      const found = async (begun: string, store: StoreAsk = null, limit = 10) =>
        (await storage.read((tx) => tx.ticketsNumbered({ begun, store, limit }))).map(
          ({ ticket }) => ticket.id,
        );
      const [first, second, third] = sold.map(({ id }) => id);
      assert.deepEqual(await found("BER1-01-"), [third, second, first]);
      assert.deepEqual(await found("BER1-01-", null, 2), [third, second]);
      assert.deepEqual(await found(String(sold[1]?.number)), [second]);
      assert.deepEqual(await found("BER1-02"), []);
      assert.deepEqual(await found("BER1-01-", [BERLIN.store]), [third, second, first]);
      assert.deepEqual(await found("BER1-01-", HAMBURG.store), []);
    },
  },
  {
    promise: "a stock movement counts once per cause, and the level is the sum of what counted",
    check: async (storage) => {
      const at = AT;
      assert.equal(await storage.write((tx) => tx.addMovement(sale(10), { cause: "initial", at })), 10);
      assert.equal(await storage.write((tx) => tx.addMovement(sale(-3), { cause: "t1", at })), 7);
      assert.equal(await storage.write((tx) => tx.addMovement(sale(-3), { cause: "t1", at })), null);
      assert.equal(await storage.write((tx) => tx.addMovement(sale(-9), { cause: "t2", at })), -2);
      await storage.read(async (tx) => {
        const place = { store: BERLIN.store, variant: TEA };
        assert.equal(await tx.onHand(place), -2);
        assert.equal(await tx.movementSum(place), -2);
        assert.equal(await tx.onHand({ ...place, store: HAMBURG.store }), 0);
      });
    },
  },
  {
    promise:
      "movements are summed up to a moment by when they happened, and the last count is the newest by its moment",
    check: async (storage) => {
      const place = { store: BERLIN.store, variant: TEA };
      const counted = (entry: string): StockMovement => ({
        ...place,
        quantity: 1,
        reason: { kind: "counted", entry: idOf<"Entry">(entry) },
      });
      const late = instant(LATER + 1);
      await storage.write(async (tx) => {
        assert.equal(await tx.lastCount(place), null);
        await tx.addMovement(sale(10), { cause: "initial", at: AT });
        await tx.addMovement(counted("newer"), { cause: "newer", at: late, actedAt: LATER });
        await tx.addMovement(counted("older"), { cause: "older", at: late, actedAt: AT });
        await tx.addMovement(sale(-2), { cause: "t", at: late });
      });
      await storage.read(async (tx) => {
        assert.equal(await tx.movementSum({ ...place, until: AT }), 11);
        assert.equal(await tx.movementSum({ ...place, until: LATER }), 12);
        assert.equal(await tx.movementSum(place), 10);
        assert.deepEqual(await tx.lastCount(place), { entry: "newer", at: LATER });
        assert.equal(await tx.lastCount({ ...place, store: HAMBURG.store }), null);
      });
    },
  },
];
