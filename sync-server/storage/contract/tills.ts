import assert from "node:assert/strict";
import { type DeviceId, idOf, instant, type StoreId } from "#domain/ids.ts";
import type { ReplicaCollection } from "#protocol/documents/collections.ts";
import { putInFeed } from "../../testing/put-in-feed.ts";
import { BERLIN, HAMBURG } from "../../testing/shop.ts";
import { TestTill } from "../../testing/till.ts";
import type { KeptHealth, TillsAsk } from "../../tills/port.ts";
import type { WriteTransaction } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const HEALTH: KeptHealth = {
  at: AT,
  startedAt: AT,
  platform: { os: "Linux", arch: "x64", runtime: "Node 24" },
  unsent: 0,
  oldestUnsentAt: null,
  storage: { databaseBytes: 10, diskFreeBytes: 20 },
  devices: [],
  trouble: null,
};
const ALL: TillsAsk = {
  stores: null,
  search: "",
  state: null,
  version: null,
  silentBefore: null,
  hasUnsent: false,
  hasTrouble: false,
  clockOffBy: null,
  sort: "till",
  descending: false,
  offset: 0,
  limit: 10,
  inTouchSince: AT,
};

async function addTill(
  tx: WriteTransaction,
  { id, store, register }: { readonly id: string; readonly store: StoreId; readonly register: number },
): Promise<DeviceId> {
  const device = idOf<"Device">(id);
  const { publicKey } = new TestTill({ store });
  await tx.addDevice({ id: device, store, register, name: `Till ${id}`, publicKey, epoch: 1 }, `token-${id}`);
  return device;
}

async function threeTills(tx: WriteTransaction): Promise<void> {
  await tx.putStore(BERLIN);
  await tx.putStore(HAMBURG);
  await addTill(tx, { id: "one", store: BERLIN.store, register: 1 });
  await addTill(tx, { id: "two", store: BERLIN.store, register: 2 });
  await addTill(tx, { id: "three", store: HAMBURG.store, register: 1 });
}

export const TILLS: readonly ContractCase[] = [
  {
    promise: "a till is lent one key, whoever makes it first, until it is revoked or replaced",
    check: async (storage) => {
      const [one, two] = [idOf<"Device">("one"), idOf<"Device">("two")];
      await storage.write(threeTills);
      assert.equal(await storage.read((tx) => tx.lentKey(one)), null);
      assert.equal(await storage.write((tx) => tx.lendKey(one, "first")), "first");
      assert.equal(await storage.write((tx) => tx.lendKey(one, "second")), "first");
      await storage.write((tx) => tx.lendKey(two, "of the other"));
      assert.equal(await storage.read((tx) => tx.lentKey(one)), "first");
      await storage.write((tx) => tx.revokeDevice(one, AT));
      assert.equal(await storage.read((tx) => tx.lentKey(one)), null);
      assert.equal(await storage.read((tx) => tx.lentKey(two)), "of the other");
      const { publicKey } = new TestTill({ store: BERLIN.store });
      await storage.write((tx) => tx.takeOver({ device: two, publicKey, tokenHash: "token-new", epoch: 2 }));
      assert.equal(await storage.read((tx) => tx.lentKey(two)), null);
    },
  },
  {
    promise: "tills are found by words, state and what they said of themselves, sorted, page by page",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await threeTills(tx);
        await tx.noteContacts([
          {
            device: idOf<"Device">("one"),
            at: LATER,
            clockOffsetMs: -9_000,
            version: "1.2.0",
          },
        ]);
        await tx.revokeDevice(idOf<"Device">("three"), LATER);
        const health = { ...HEALTH, unsent: 4, oldestUnsentAt: AT };
        await tx.putHealth({ device: idOf<"Device">("two"), at: AT, health, reached: [] });
      });
      const ids = async (ask: Partial<TillsAsk>) => {
        const { tills, total } = await storage.read((tx) => tx.tills({ ...ALL, ...ask }));
        return [total, ...tills.map(({ device }) => device.id)];
      };
      assert.deepEqual(await ids({}), [3, "one", "two", "three"]);
      assert.deepEqual(await ids({ offset: 1, limit: 1 }), [3, "two"]);
      assert.deepEqual(await ids({ state: "revoked" }), [1, "three"]);
      assert.deepEqual(await ids({ state: "inTouch" }), [1, "one"]);
      assert.deepEqual(await ids({ state: "never" }), [1, "two"]);
      assert.deepEqual(await ids({ state: "active", version: "1.2.0" }), [1, "one"]);
      assert.deepEqual(await ids({ hasUnsent: true }), [1, "two"]);
      assert.deepEqual(await ids({ clockOffBy: 5_000 }), [1, "one"]);
      assert.deepEqual(await ids({ silentBefore: AT }), [2, "two", "three"]);
      assert.deepEqual(await ids({ stores: [HAMBURG.store] }), [1, "three"]);
      assert.deepEqual(await ids({ search: "ber1-02" }), [1, "two"]);
      assert.deepEqual(await ids({ sort: "unsent", descending: true }), [3, "two", "one", "three"]);
    },
  },
  {
    promise: "what a till says of its own records is trouble until somebody has confirmed it there",
    check: async (storage) => {
      await storage.write(threeTills);
      const said = { state: "database", at: AT } as const;
      const say = (records: KeptHealth["records"] & {}, at: typeof AT) =>
        storage.write((tx) =>
          tx.putHealth({ device: idOf<"Device">("two"), at, health: { ...HEALTH, records }, reached: [] }),
        );
      const withTrouble = async () =>
        (await storage.read((tx) => tx.tills({ ...ALL, hasTrouble: true }))).total;
      await say([{ ...said, confirmedAt: AT }, said], AT);
      assert.equal(await withTrouble(), 1);
      await say([{ ...said, confirmedAt: AT }], LATER);
      assert.equal(await withTrouble(), 0);
    },
  },
  {
    promise: "how many tills have read a feed so far is counted, and those that have not are named",
    check: async (storage, reopen) => {
      const reached = (seq: number) => [{ feed: "catalog", collection: "products" as const, seq }];
      await storage.write(async (tx) => {
        await threeTills(tx);
        await tx.putHealth({ device: idOf<"Device">("one"), at: AT, health: HEALTH, reached: reached(7) });
        await tx.putHealth({ device: idOf<"Device">("two"), at: AT, health: HEALTH, reached: reached(6) });
        await tx.putHealth({ device: idOf<"Device">("two"), at: LATER, health: HEALTH, reached: reached(8) });
      });
      const kept = await reopen();
      const at = (seq: number, stores: readonly StoreId[] = [BERLIN.store, HAMBURG.store]) =>
        kept.read((tx) => tx.adoption({ stores, feed: "catalog", collection: "products", seq, limit: 5 }));
      const { tills, have, missing } = await at(8);
      assert.deepEqual({ tills, have }, { tills: 3, have: 1 });
      assert.deepEqual(
        missing.map(({ device, reached: to }) => [device.id, to]),
        [
          ["one", 7],
          ["three", null],
        ],
      );
      assert.equal((await at(7, [BERLIN.store])).have, 2);
      assert.deepEqual(await kept.read((tx) => tx.feedsReached(idOf<"Device">("two"))), reached(8));
    },
  },
  {
    promise:
      "what a till lacks is counted by its own collections, whatever came of others into the same feed",
    check: async (storage) => {
      const [one, two] = [idOf<"Device">("one"), idOf<"Device">("two")];
      const own = `store:${BERLIN.store}`;
      const nearby = `customers:store:${BERLIN.store}`;
      const behind = async () =>
        Object.fromEntries((await storage.read((tx) => tx.tillLags())).map((lag) => [lag.till, lag.behind]));
      const heads = await storage.write(async (tx) => {
        await threeTills(tx);
        const put = (feed: string, collection: ReplicaCollection, id: string) =>
          putInFeed(tx, { feed, collection, id, data: "{}", at: AT });
        const head = {
          settings: await put(own, "settings", "a"),
          customers: await put(nearby, "customers", "a"),
          products: await put("catalog", "products", "a"),
        };
        for (const id of ["a", "b", "c"]) await put(own, "stock", id);
        return head;
      });
      const reads = (device: DeviceId, read: typeof heads) =>
        storage.write((tx) =>
          tx.putHealth({
            device,
            at: AT,
            health: HEALTH,
            reached: [
              { feed: own, collection: "settings", seq: read.settings },
              { feed: nearby, collection: "customers", seq: read.customers },
              { feed: "catalog", collection: "products", seq: read.products },
              { feed: "catalog", collection: "cases", seq: 0 },
            ],
          }),
        );
      await reads(one, heads);
      await reads(two, { ...heads, customers: heads.customers - 1 });
      assert.deepEqual(await behind(), { "BER1-01": 0, "BER1-02": 1, "HAM1-01": 0 });
    },
  },
  {
    promise:
      "a till's log is waited for from when it is asked until it is said, and a name and a way back are kept",
    check: async (storage) => {
      const [one, two] = [idOf<"Device">("one"), idOf<"Device">("two")];
      const lines = [{ at: AT, level: "info" as const, words: "started" }];
      await storage.write(async (tx) => {
        await threeTills(tx);
        await tx.putLog(one, { at: AT, lines });
        assert.equal(await tx.tillLog(one), null);
        await tx.askForLog(one, AT);
        assert.deepEqual(await tx.tillLog(one), { askedAt: AT, at: null, lines: [] });
        assert.deepEqual(await tx.logsAwaited([one, two]), new Set([one]));
        await tx.putLog(one, { at: LATER, lines });
        assert.deepEqual(await tx.tillLog(one), { askedAt: AT, at: LATER, lines });
        assert.deepEqual(await tx.logsAwaited([one, two]), new Set());
        await tx.renameTill(one, "By the window");
        await tx.revokeDevice(one, AT);
        await tx.restoreTill(one);
      });
      const till = await storage.read((tx) => tx.till(one));
      assert.equal(till?.device.name, "By the window");
      assert.equal(till?.device.revokedAt, null);
    },
  },
  {
    promise: "tills are counted together: the silent, what they have not sent, and the oldest of it",
    check: async (storage) => {
      const [one, two] = [idOf<"Device">("one"), idOf<"Device">("two")];
      await storage.write(async (tx) => {
        await threeTills(tx);
        await tx.noteContacts([{ device: one, at: LATER, clockOffsetMs: 0 }]);
        const unsent = (count: number, at: number) => ({
          ...HEALTH,
          unsent: count,
          oldestUnsentAt: instant(at),
        });
        await tx.putHealth({ device: one, at: AT, health: unsent(2, AT), reached: [] });
        await tx.putHealth({ device: two, at: AT, health: unsent(3, AT - 5), reached: [] });
      });
      const figures = await storage.read((tx) => tx.tillFigures({ stores: null, inTouchSince: AT }));
      assert.deepEqual(figures, {
        tills: 3,
        silent: 2,
        unsent: 5,
        oldestUnsent: { device: two, at: AT - 5 },
      });
      const hamburg = await storage.read((tx) =>
        tx.tillFigures({ stores: [HAMBURG.store], inTouchSince: AT }),
      );
      assert.deepEqual(hamburg, { tills: 1, silent: 1, unsent: 0, oldestUnsent: null });
    },
  },
];
