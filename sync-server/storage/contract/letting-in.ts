import assert from "node:assert/strict";
import { type DeviceId, type Instant, idOf, instant } from "#domain/ids.ts";
import { KNOCKS_FOR_MS, type Knock } from "#domain/store/letting-in.ts";
import { BERLIN, HAMBURG } from "../../testing/shop.ts";
import { TestTill } from "../../testing/till.ts";
import type { NewDevice } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const ONE = idOf<"Device">("till-1");
const ANOTHER = idOf<"Device">("till-2");

function till(id: DeviceId, register: number): NewDevice {
  const { publicKey } = new TestTill({ store: BERLIN.store });
  return { id, store: BERLIN.store, register, name: "Till", publicKey, epoch: 1 };
}

/** The last moment at which a till still knocks that was heard of at `at`. */
const untilGone = (at: Instant) => instant(at + KNOCKS_FOR_MS);

export const LETTING_IN: readonly ContractCase[] = [
  {
    promise:
      "since when a machine has its register is kept, and when it was let in; another machine begins anew",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putStore(BERLIN);
        const one = till(ONE, 1);
        await tx.addDevice(one, "token-1");
        await tx.noteSince(ONE, AT);
        await tx.letIn({ device: ONE, tokenHash: "token-2", at: LATER });
        assert.equal(await tx.deviceByToken("token-1"), null);
        const known = await tx.deviceByToken("token-2");
        assert.deepEqual([known?.since, known?.letInAt], [AT, LATER]);
        assert.deepEqual(await tx.deviceAt({ store: BERLIN.store, register: 1 }), known);
        assert.equal(await tx.deviceAt({ store: HAMBURG.store, register: 1 }), null);
        await tx.takeOver({ device: ONE, publicKey: one.publicKey, tokenHash: "token-3", epoch: 2 });
        const after = await tx.device(ONE);
        assert.deepEqual([after?.since, after?.letInAt], [null, null]);
      });
    },
  },
  {
    promise:
      "of each till that is not let in the last time that it knocked is kept, until it is, or knocks no more",
    check: async (storage) => {
      const knock: Knock = {
        ...{ device: ONE, store: BERLIN.store, storeCode: null, register: 2, name: "Till" },
        ...{ reason: "storeUnknown", lost: false, at: AT },
      };
      const other: Knock = { ...knock, device: ANOTHER, storeCode: "BER1", register: 1, at: LATER };
      await storage.write(async (tx) => {
        await tx.putKnock(knock);
        await tx.putKnock(other);
        assert.deepEqual(await tx.knocks(untilGone(AT)), [other, knock]);
        assert.deepEqual(await tx.knocks(untilGone(LATER)), [other]);
        const lost: Knock = { ...knock, reason: "journalLost", lost: true, at: LATER };
        await tx.putKnock(lost);
        assert.deepEqual(await tx.knocks(untilGone(LATER)), [other, lost]);
        await tx.forgetKnock(ANOTHER);
        assert.deepEqual(await tx.knocks(untilGone(AT)), [lost]);
        // One that was thrown away, or paired anew, never comes in.
        const muchLater = untilGone(LATER);
        await tx.putKnock({ ...other, at: muchLater });
        assert.deepEqual(await tx.knocks(untilGone(AT)), [{ ...other, at: muchLater }, lost]);
        await tx.putKnock({ ...other, at: instant(muchLater + 1) });
        assert.deepEqual(await tx.knocks(untilGone(AT)), [{ ...other, at: instant(muchLater + 1) }]);
      });
    },
  },
  {
    promise:
      "once a database went back, ten numbers of each store stay free, and numbers that were given out are none's",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putStore(BERLIN);
        await tx.putStore(HAMBURG);
        for (const register of [1, 2, 3])
          await tx.addDevice(till(idOf(`till-${register}`), register), `t-${register}`);
        assert.equal(await tx.registerFloor(BERLIN.store), 1);
        await tx.skipRegisters([]);
        assert.equal(await tx.registerFloor(BERLIN.store), 14);
        assert.equal(await tx.nextRegister(BERLIN.store), 14);
        assert.equal(await tx.nextRegister(HAMBURG.store), 11);
        await tx.addDevice(till(idOf("till-14"), 14), "t-14");
        // One that is let in again, below.
        await tx.addDevice(till(idOf("till-4"), 4), "t-4");
        assert.equal(await tx.nextRegister(BERLIN.store), 15);
        await tx.skipRegisters([]);
        assert.equal(await tx.nextRegister(BERLIN.store), 25);
        await tx.skipRegisters([{ store: BERLIN.store, register: 40 }]);
        assert.equal(await tx.nextRegister(BERLIN.store), 51);
        assert.equal(await tx.nextRegister(HAMBURG.store), 31);
      });
    },
  },
  {
    promise:
      "a number that was given out in a store that is not here stays none's in it, and it is made again with it",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putStore(BERLIN);
        await tx.skipRegisters([{ store: HAMBURG.store, register: 3 }]);
        assert.equal(await tx.registerFloor(HAMBURG.store), 14);
        assert.equal(await tx.registerFloor(BERLIN.store), 11);
        await tx.putStore(HAMBURG);
        assert.equal(await tx.nextRegister(HAMBURG.store), 14);
      });
    },
  },
  {
    promise:
      "a machine that never gets in is known by its token, as what it wrote, and what it wrote is found by its register",
    check: async (storage) => {
      const machine = new TestTill({ store: BERLIN.store });
      machine.device = ANOTHER;
      const entries = [machine.begin()];
      await storage.write(async (tx) => {
        await tx.putStore(BERLIN);
        await tx.addDevice(till(ONE, 1), "token-1");
        const former = { device: ONE, wroteAs: ANOTHER, publicKey: machine.publicKey, tokenHash: "token-2" };
        await tx.addFormerMachine(former);
        await tx.addFormerMachine(former);
        await tx.quarantine({ entries, reason: "formerMachine", at: AT });
      });
      await storage.read(async (tx) => {
        const found = await tx.formerMachine("token-2");
        assert.deepEqual(
          [found?.device.id, found?.wroteAs, found?.publicKey],
          [ONE, ANOTHER, machine.publicKey],
        );
        assert.equal((await tx.formerKeys(ONE)).length, 1);
        assert.deepEqual(
          (await tx.quarantined(ONE)).map(({ entry }) => entry),
          entries,
        );
      });
    },
  },
];
