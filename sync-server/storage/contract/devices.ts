import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import { GENESIS_HASH } from "#domain/journal/entry.ts";
import { NOTHING_STAGED } from "#domain/updates/rings.ts";
import { BERLIN, HAMBURG } from "../../testing/shop.ts";
import { TestTill } from "../../testing/till.ts";
import type { ApiKeyRecord, NewDevice } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

function till(): TestTill {
  return new TestTill({ store: BERLIN.store });
}

function record(of: TestTill): NewDevice {
  return {
    id: of.device,
    store: of.store,
    register: 1,
    name: "Till 1",
    publicKey: of.publicKey,
    epoch: 1,
  };
}

export const DEVICES: readonly ContractCase[] = [
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
        actedTo: instant(0),
        version: null,
        since: null,
        letInAt: null,
      };
      assert.deepEqual(await storage.read((tx) => tx.deviceByToken("hash-1")), known);
      assert.equal(await storage.read((tx) => tx.deviceByToken("hash-2")), null);
      assert.deepEqual(await storage.read((tx) => tx.devices()), [known]);
      assert.deepEqual(await storage.read((tx) => tx.devicesOfKey(known.publicKey)), [known]);
      assert.deepEqual(await storage.read((tx) => tx.devicesOfKey("another")), []);
      await storage.write((tx) =>
        tx.addDevice({ ...record(one), id: idOf<"Device">("later"), register: 99 }, "hash-99"),
      );
      assert.equal(await storage.write((tx) => tx.nextRegister(BERLIN.store)), 2);
    },
  },
  {
    promise:
      "with a till by its token comes the newest entry of its journal in its epoch, by number and hash",
    check: async (storage) => {
      const one = till();
      const ask = { tokenHashes: ["hash-1", "hash-2"], chainFeeds: [] };
      const heads = async () =>
        [...(await storage.read((tx) => tx.standings(ask)))].map(([token, { chainHead }]) => [
          token,
          chainHead,
        ]);
      await storage.write((tx) => tx.addDevice(record(one), "hash-1"));
      assert.deepEqual(await heads(), [["hash-1", { seq: 0, hash: GENESIS_HASH }]]);
      const entries = [one.begin(), ...Array.from({ length: 10 }, () => one.sell([]))];
      await storage.write((tx) => tx.addEntries(entries, AT));
      assert.deepEqual(await heads(), [["hash-1", { seq: 11, hash: entries.at(-1)?.hash }]]);
      await storage.write((tx) => tx.beginEpoch(one.device, 2));
      assert.deepEqual(await heads(), [["hash-1", { seq: 0, hash: GENESIS_HASH }]]);
    },
  },
  {
    promise:
      "what is noted of a till stays: its epoch, its last contact, clock and version, the moment it was revoked",
    check: async (storage) => {
      const one = till();
      await storage.write(async (tx) => {
        await tx.addDevice(record(one), "hash-1");
        await tx.noteActs([{ device: one.device, actedTo: LATER }]);
        assert.equal((await tx.device(one.device))?.actedTo, LATER);
        await tx.beginEpoch(one.device, 2);
        await tx.noteContacts([{ device: one.device, at: AT, clockOffsetMs: 1_500, version: "0.3.0" }]);
        await tx.noteContacts([{ device: one.device, at: LATER, clockOffsetMs: null }]);
        await tx.revokeDevice(one.device, AT);
        await tx.revokeDevice(one.device, LATER);
      });
      assert.deepEqual(await storage.read((tx) => tx.device(one.device)), {
        ...record(one),
        epoch: 2,
        revokedAt: AT,
        lastSeenAt: LATER,
        clockOffsetMs: 1_500,
        actedTo: instant(0),
        version: "0.3.0",
        since: null,
        letInAt: null,
      });
    },
  },
  {
    promise: "nothing is staged before HQ does it, and what is staged stays",
    check: async (storage) => {
      assert.deepEqual(await storage.read((tx) => tx.stagedUpdates()), NOTHING_STAGED);
      const plan = { version: "0.4.0", notBefore: AT };
      const staged = {
        plans: { pilot: plan, early: null, all: null },
        rings: [{ store: BERLIN.store, ring: "pilot" }],
      } as const;
      await storage.write((tx) => tx.putStagedUpdates(staged));
      assert.deepEqual(await storage.read((tx) => tx.stagedUpdates()), staged);
    },
  },
  {
    promise: "the server's key for receipts is the one that was put first",
    check: async (storage) => {
      assert.equal(await storage.read((tx) => tx.receiptSigningKey()), null);
      await storage.write((tx) => tx.addReceiptSigningKey("first", AT));
      await storage.write((tx) => tx.addReceiptSigningKey("second", LATER));
      assert.equal(await storage.read((tx) => tx.receiptSigningKey()), "first");
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
    promise: "a key is known by its hash alone, with what it reaches, until it is taken away",
    check: async (storage) => {
      const hq: ApiKeyRecord = {
        hash: "h",
        scope: "hq",
        name: "",
        channels: [],
        createdAt: AT,
        lastUsedAt: null,
      };
      const shop: ApiKeyRecord = {
        hash: "s",
        scope: "shop",
        name: "Web shop",
        channels: [idOf<"Channel">("web")],
        createdAt: LATER,
        lastUsedAt: null,
      };
      await storage.write(async (tx) => {
        await tx.addKey(shop);
        await tx.addHqKey("h", AT);
      });
      assert.deepEqual(await storage.read((tx) => tx.apiKey("h")), hq);
      assert.deepEqual(await storage.read((tx) => tx.apiKey("s")), shop);
      assert.equal(await storage.read((tx) => tx.apiKey("g")), null);
      assert.deepEqual(await storage.read((tx) => tx.apiKeys()), [hq, shop]);
      await storage.write((tx) => tx.noteKeyUse("s", LATER));
      assert.deepEqual(await storage.read((tx) => tx.apiKey("s")), { ...shop, lastUsedAt: LATER });
      await storage.write((tx) => tx.removeKey("s"));
      assert.equal(await storage.read((tx) => tx.apiKey("s")), null);
      assert.deepEqual(await storage.read((tx) => tx.apiKeys()), [hq]);
    },
  },
];
