import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import { GENESIS_HASH } from "#domain/journal/entry.ts";
import type { StockMovement } from "#domain/stock/stock.ts";
import { BERLIN, CUP, HAMBURG, price, product, TEA } from "../testing/shop.ts";
import { TestTill } from "../testing/till.ts";
import type { DeviceRecord, FeedRow, Storage, WriteTransaction } from "./port.ts";

/** One promise of the port, as a sentence and as a check that throws when it is broken. */
export interface ContractCase {
  readonly promise: string;
  /** `reopen` closes the storage and opens what it left on disk. */
  readonly check: (storage: Storage, reopen: () => Promise<Storage>) => Promise<void>;
}

const AT = instant(1_800_000_000_000);
const LATER = instant(1_800_000_060_000);
const FEED = "catalog";

function till(): TestTill {
  return new TestTill({ store: BERLIN.store });
}

function record(of: TestTill): Omit<DeviceRecord, "revokedAt" | "lastSeenAt" | "clockOffsetMs"> {
  return {
    id: of.device,
    store: of.store,
    register: 1,
    name: "Till 1",
    publicKey: of.publicKey,
    epoch: 1,
  };
}

function put(tx: WriteTransaction, id: string, data: string | null, at = AT): Promise<void> {
  return tx.putInFeed({ feed: FEED, collection: "products", id, data, at });
}

function rowsOf(storage: Storage, after = 0, limit = 100): Promise<readonly FeedRow[]> {
  return storage.read((tx) => tx.feedRows({ feed: FEED, collection: "products", after, limit }));
}

function sale(quantity: number): StockMovement {
  return {
    store: BERLIN.store,
    variant: TEA,
    quantity,
    reason: { kind: "sale", ticket: idOf<"Ticket">("t") },
  };
}

class OnPurpose extends Error {}

const TRANSACTIONS: readonly ContractCase[] = [
  {
    promise: "a write that fails half-way leaves nothing behind",
    check: async (storage) => {
      const failing = storage.write(async (tx) => {
        await tx.putStore(BERLIN);
        await put(tx, "a", "{}");
        throw new OnPurpose();
      });
      await assert.rejects(failing, OnPurpose);
      assert.deepEqual(await storage.read((tx) => tx.stores()), []);
      assert.deepEqual(await rowsOf(storage), []);
      assert.equal((await storage.read((tx) => tx.feedHead(FEED))).head, 0);
    },
  },
  {
    promise: "a write after a failed one goes through",
    check: async (storage) => {
      await assert.rejects(
        storage.write(async () => {
          throw new OnPurpose();
        }),
        OnPurpose,
      );
      await storage.write((tx) => tx.putStore(BERLIN));
      assert.equal((await storage.read((tx) => tx.stores())).length, 1);
    },
  },
  {
    promise: "writes run one after another, however many are asked for at once",
    check: async (storage) => {
      const ids = Array.from({ length: 20 }, (_, index) => `doc-${index}`);
      await Promise.all(ids.map((id) => storage.write((tx) => put(tx, id, "{}"))));
      const rows = await rowsOf(storage);
      assert.deepEqual(
        rows.map(({ seq }) => seq),
        ids.map((_, index) => index + 1),
      );
    },
  },
  {
    promise: "a reader sees one state however long it reads, and what is written meanwhile the next time",
    check: async (storage) => {
      await storage.write((tx) => put(tx, "a", "{}"));
      await storage.read(async (tx) => {
        assert.equal((await tx.feedHead(FEED)).head, 1);
        await storage.write((other) => put(other, "b", "{}"));
        assert.equal((await tx.feedHead(FEED)).head, 1);
        assert.equal(
          (await tx.feedRows({ feed: FEED, collection: "products", after: 0, limit: 9 })).length,
          1,
        );
      });
      assert.equal((await rowsOf(storage)).length, 2);
    },
  },
  {
    promise: "what was written is there after the server was closed and opened again",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        await tx.putStore(BERLIN);
        await put(tx, "a", '{"n":1}');
      });
      const again = await reopen();
      assert.deepEqual(await again.read((tx) => tx.store(BERLIN.store)), BERLIN);
      assert.deepEqual(await rowsOf(again), [{ seq: 1, id: "a", data: '{"n":1}' }]);
    },
  },
];

const FEEDS: readonly ContractCase[] = [
  {
    promise: "a changed document moves to the end of its feed and is there once",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await put(tx, "a", "1");
        await put(tx, "b", "2");
        await put(tx, "a", "3");
      });
      assert.deepEqual(await rowsOf(storage), [
        { seq: 2, id: "b", data: "2" },
        { seq: 3, id: "a", data: "3" },
      ]);
      assert.deepEqual(await rowsOf(storage, 2), [{ seq: 3, id: "a", data: "3" }]);
      assert.equal((await rowsOf(storage, 0, 1)).length, 1);
    },
  },
  {
    promise: "feeds count by themselves, and collections of one feed share its count",
    check: async (storage) => {
      await storage.write(async (tx) => {
        const at = AT;
        await tx.putInFeed({ feed: "store:a", collection: "stock", id: "x", data: "1", at });
        await tx.putInFeed({ feed: "store:a", collection: "staff", id: "x", data: "2", at });
        await tx.putInFeed({ feed: "store:b", collection: "stock", id: "x", data: "3", at });
      });
      await storage.read(async (tx) => {
        assert.equal((await tx.feedHead("store:a")).head, 2);
        assert.equal((await tx.feedHead("store:b")).head, 1);
        assert.deepEqual(await tx.feedRows({ feed: "store:a", collection: "staff", after: 0, limit: 9 }), [
          { seq: 2, id: "x", data: "2" },
        ]);
      });
    },
  },
  {
    promise: "a tombstone is a row without a document, and is forgotten when it is old enough",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await put(tx, "a", "1");
        await put(tx, "a", null);
        await put(tx, "b", null, LATER);
      });
      assert.deepEqual(
        (await rowsOf(storage)).map(({ data }) => data),
        [null, null],
      );
      assert.equal(await storage.read((tx) => tx.feedCount({ feed: FEED, collection: "products" })), 0);
      await storage.write((tx) => tx.purgeTombstones(LATER));
      assert.deepEqual(await rowsOf(storage), [{ seq: 3, id: "b", data: null }]);
      assert.deepEqual(await storage.read((tx) => tx.feedHead(FEED)), { head: 3, purgedTo: 2 });
    },
  },
];

const JOURNAL: readonly ContractCase[] = [
  {
    promise: "an entry is stored once per till, epoch and seq, and comes back as it was signed",
    check: async (storage) => {
      const one = till();
      const entry = one.begin();
      const next = one.sell([{ variant: TEA, quantity: 2 }]);
      const at = { device: one.device, epoch: 1 };
      assert.deepEqual(await storage.read((tx) => tx.chainHead(at)), { seq: 0, hash: GENESIS_HASH });
      await storage.write(async (tx) => {
        await tx.addEntry(entry, AT);
        await tx.addEntry(next, AT);
      });
      await assert.rejects(storage.write((tx) => tx.addEntry(entry, LATER)));
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
    promise: "an entry put into quarantine twice is kept once and is no part of the journal",
    check: async (storage) => {
      const one = till();
      const entries = [one.begin()];
      await storage.write((tx) => tx.quarantine({ entries, reason: "fork", at: AT }));
      await storage.write((tx) => tx.quarantine({ entries, reason: "fork", at: LATER }));
      const kept = await storage.read((tx) => tx.quarantined(one.device));
      assert.deepEqual(kept, [{ entry: entries[0], reason: "fork", receivedAt: AT }]);
      assert.equal((await storage.read((tx) => tx.chainHead({ device: one.device, epoch: 1 }))).seq, 0);
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
      assert.equal(await storage.write((tx) => tx.addTicket(ticket, booked)), true);
      assert.equal(await storage.write((tx) => tx.addTicket(ticket, booked)), false);
      await storage.read(async (tx) => {
        assert.deepEqual((await tx.ticket(ticket.id))?.ticket, ticket);
        assert.equal(await tx.ticketCount(null), 1);
        assert.equal(await tx.ticketCount(HAMBURG.store), 0);
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
      for (const ticket of sold)
        await storage.write((tx) => tx.addTicket(ticket, { register: 1, receivedAt: AT }));
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
];

const DEVICES: readonly ContractCase[] = [
  {
    promise: "a till is found by its token's hash, and registers count up per store",
    check: async (storage) => {
      const one = till();
      assert.equal(await storage.write((tx) => tx.nextRegister(BERLIN.store)), 1);
      await storage.write((tx) => tx.addDevice(record(one), "hash-1"));
      assert.equal(await storage.write((tx) => tx.nextRegister(BERLIN.store)), 2);
      assert.equal(await storage.write((tx) => tx.nextRegister(HAMBURG.store)), 1);
      const known = {
        ...record(one),
        revokedAt: null,
        lastSeenAt: null,
        clockOffsetMs: 0,
      };
      assert.deepEqual(await storage.read((tx) => tx.deviceByToken("hash-1")), known);
      assert.equal(await storage.read((tx) => tx.deviceByToken("hash-2")), null);
      assert.deepEqual(await storage.read((tx) => tx.devices()), [known]);
    },
  },
  {
    promise:
      "what is noted of a till stays: its epoch, its last contact and clock, the moment it was revoked",
    check: async (storage) => {
      const one = till();
      await storage.write(async (tx) => {
        await tx.addDevice(record(one), "hash-1");
        await tx.beginEpoch(one.device, 2);
        await tx.noteContact({ device: one.device, at: AT, clockOffsetMs: 1_500 });
        await tx.noteContact({ device: one.device, at: LATER, clockOffsetMs: null });
        await tx.revokeDevice(one.device, AT);
        await tx.revokeDevice(one.device, LATER);
      });
      assert.deepEqual(await storage.read((tx) => tx.device(one.device)), {
        ...record(one),
        epoch: 2,
        revokedAt: AT,
        lastSeenAt: LATER,
        clockOffsetMs: 1_500,
      });
    },
  },
  {
    promise: "a pairing code can be taken once",
    check: async (storage) => {
      const code = { hash: "h", store: BERLIN.store, expiresAt: LATER };
      await storage.write((tx) => tx.addPairingCode(code));
      const taken = await storage.write((tx) => tx.takePairingCode("h"));
      assert.deepEqual(taken, { store: BERLIN.store, expiresAt: LATER });
      assert.equal(await storage.write((tx) => tx.takePairingCode("h")), null);
    },
  },
  {
    promise: "an HQ key is known by its hash alone",
    check: async (storage) => {
      await storage.write((tx) => tx.addHqKey("h", AT));
      assert.equal(await storage.read((tx) => tx.hasHqKey("h")), true);
      assert.equal(await storage.read((tx) => tx.hasHqKey("g")), false);
    },
  },
];

const CATALOGUE: readonly ContractCase[] = [
  {
    promise: "a product is found by its id, handle, SKU and GTIN, with or without the leading zero",
    check: async (storage) => {
      const gtin = idOf<"Gtin">("0012345678905");
      const tea = product(TEA, {
        variants: [{ id: TEA, sku: idOf<"Sku">("T-1"), gtins: [gtin], options: [], image: null }],
      });
      await storage.write((tx) => tx.putProduct(tea));
      const owner = { product: tea.id, variant: TEA };
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.product(tea.id), tea);
        assert.deepEqual(await tx.productByHandle("tea"), tea);
        assert.deepEqual(await tx.variantBySku(idOf<"Sku">("T-1")), owner);
        assert.deepEqual(await tx.variantByGtin(idOf<"Gtin">("012345678905")), owner);
        assert.equal(await tx.variantBySku(idOf<"Sku">("T-2")), null);
      });
    },
  },
  {
    promise: "a changed product is no longer found by what it was called before",
    check: async (storage) => {
      await storage.write((tx) => tx.putProduct(product(TEA)));
      const renamed = product(TEA, {
        handle: "green-tea",
        title: "Grüner Tee",
        variants: [{ id: TEA, sku: idOf<"Sku">("GT"), gtins: [], options: [], image: null }],
      });
      await storage.write((tx) => tx.putProduct(renamed));
      await storage.read(async (tx) => {
        assert.equal(await tx.productByHandle("tea"), null);
        assert.equal(await tx.variantBySku(idOf<"Sku">("SKU-tea")), null);
        assert.deepEqual(await tx.searchProducts({ text: "grun", offset: 0, limit: 9 }), {
          products: [renamed],
          total: 1,
        });
      });
    },
  },
  {
    promise: "two products cannot have one SKU",
    check: async (storage) => {
      await storage.write((tx) => tx.putProduct(product(TEA)));
      const clash = product(CUP, {
        variants: [{ id: CUP, sku: idOf<"Sku">("SKU-tea"), gtins: [], options: [], image: null }],
      });
      await assert.rejects(storage.write((tx) => tx.putProduct(clash)));
      assert.equal(await storage.read((tx) => tx.product(clash.id)), null);
    },
  },
  {
    promise: "a search takes signs of the pattern language as text",
    check: async (storage) => {
      await storage.write((tx) => tx.putProduct(product(TEA, { title: "100% tea" })));
      await storage.write((tx) => tx.putProduct(product(CUP)));
      const found = await storage.read((tx) => tx.searchProducts({ text: "100%", offset: 0, limit: 9 }));
      assert.equal(found.total, 1);
      const all = await storage.read((tx) => tx.searchProducts({ text: "", offset: 1, limit: 9 }));
      assert.equal(all.total, 2);
      assert.equal(all.products.length, 1);
    },
  },
  {
    promise: "a price is kept once per list, variant and beginning",
    check: async (storage) => {
      const summer = price(TEA, { validFrom: LATER });
      const raised = price(TEA, { amount: { ...price(TEA).amount, minor: 999 } });
      await storage.write(async (tx) => {
        await tx.putPrice(price(TEA));
        await tx.putPrice(summer);
        await tx.putPrice(raised);
      });
      assert.deepEqual(await storage.read((tx) => tx.pricesOf(TEA)), [raised, summer]);
    },
  },
];

const OTHER: readonly ContractCase[] = [
  {
    promise: "an exception is raised once and listed newest first",
    check: async (storage) => {
      const raised = { kind: "oversold", store: BERLIN.store, detail: { a: "1" }, resolved: false };
      const raise = (id: string, raisedAt = AT) =>
        storage.write((tx) => tx.raiseException({ ...raised, id, raisedAt }));
      assert.equal(await raise("x"), true);
      assert.equal(await raise("x", LATER), false);
      assert.equal(await raise("y", LATER), true);
      const listed = await storage.read((tx) => tx.exceptions(9));
      assert.deepEqual(
        listed.map(({ id }) => id),
        ["y", "x"],
      );
      assert.deepEqual(listed[1], { ...raised, id: "x", raisedAt: AT });
    },
  },
  {
    promise: "a lease is what was put last, until it is dropped",
    check: async (storage) => {
      const lease = { subject: "order:1", holder: idOf<"Device">("till-1"), expiresAt: LATER };
      await storage.write((tx) => tx.putLease({ ...lease, expiresAt: AT }));
      await storage.write((tx) => tx.putLease(lease));
      assert.deepEqual(await storage.read((tx) => tx.lease("order:1")), lease);
      await storage.write((tx) => tx.dropLease("order:1"));
      assert.equal(await storage.read((tx) => tx.lease("order:1")), null);
    },
  },
  {
    promise: "a picture comes back byte for byte and is never replaced",
    check: async (storage) => {
      const hash = idOf<"ImageHash">("ab".repeat(32));
      const bytes = new Uint8Array([0, 1, 255, 128]);
      await storage.write((tx) => tx.putPicture(hash, { mime: "image/png", bytes }));
      await storage.write((tx) => tx.putPicture(hash, { mime: "text/html", bytes: new Uint8Array([9]) }));
      const found = await storage.read((tx) => tx.picture(hash));
      assert.equal(found?.mime, "image/png");
      assert.deepEqual([...(found?.bytes ?? [])], [...bytes]);
    },
  },
];

/** Every promise of the port; a storage engine is one when it keeps them all. */
export const STORAGE_CONTRACT: readonly ContractCase[] = [
  ...TRANSACTIONS,
  ...FEEDS,
  ...JOURNAL,
  ...DEVICES,
  ...CATALOGUE,
  ...OTHER,
];
