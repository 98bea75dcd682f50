import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import { BERLIN } from "../../testing/shop.ts";
import { TestTill } from "../../testing/till.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const device = idOf<"Device">("till-1");

export const TAKE_OVER: readonly ContractCase[] = [
  {
    promise:
      "a code of a register works once, and no other of the register works once a machine has taken it over",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putStore(BERLIN);
        const { publicKey } = new TestTill({ store: BERLIN.store });
        await tx.addDevice(
          { id: device, store: BERLIN.store, register: 1, name: "Till", publicKey, epoch: 1 },
          "token-1",
        );
        await tx.addTakeOverCode({ hash: "one", device, expiresAt: LATER });
        await tx.addTakeOverCode({ hash: "two", device, expiresAt: LATER });
        assert.deepEqual(await tx.takeTakeOverCode("one"), { device, expiresAt: LATER });
        assert.equal(await tx.takeTakeOverCode("one"), null);
        await tx.takeOver({ device, publicKey, tokenHash: "token-2", epoch: 2 });
        assert.equal(await tx.takeTakeOverCode("two"), null);
      });
    },
  },
  {
    promise:
      "a register that goes on at another machine keeps the keys of those before, and knows them by their tokens",
    check: async (storage) => {
      const [first, second] = [1, 2].map(() => new TestTill({ store: BERLIN.store }).publicKey);
      assert.ok(first !== undefined && second !== undefined);
      await storage.write(async (tx) => {
        await tx.putStore(BERLIN);
        await tx.addDevice(
          { id: device, store: BERLIN.store, register: 1, name: "Till", publicKey: first, epoch: 1 },
          "token-1",
        );
        await tx.revokeDevice(device, AT);
        await tx.takeOver({ device, publicKey: second, tokenHash: "token-2", epoch: 2 });
      });
      await storage.read(async (tx) => {
        assert.equal(await tx.deviceByToken("token-1"), null);
        const now = await tx.deviceByToken("token-2");
        assert.equal(now?.publicKey, second);
        assert.equal(now?.epoch, 2);
        assert.equal(now?.revokedAt, null);
        const former = { device, publicKey: first, untilEpoch: 1, revokedAt: AT };
        assert.deepEqual(await tx.formerKeys(device), [former]);
        assert.deepEqual(await tx.formerKeys(null), [former]);
        assert.deepEqual(await tx.formerKeys(idOf<"Device">("another")), []);
        assert.deepEqual(await tx.formerMachine("token-1"), {
          device: now,
          publicKey: first,
          wroteAs: device,
        });
        assert.equal(await tx.formerMachine("token-2"), null);
      });
    },
  },
  {
    promise: "a till's journal is read from its end over all its epochs, page by page",
    check: async (storage) => {
      const till = new TestTill({ store: BERLIN.store });
      till.device = device;
      const written = [till.begin(), till.sell([])];
      till.epoch = 2;
      written.push(till.begin());
      await storage.write(async (tx) => {
        for (const entry of written) await tx.addEntries([entry], instant(AT));
      });
      await storage.read(async (tx) => {
        const end = { epoch: Number.MAX_SAFE_INTEGER, seq: 0 };
        assert.deepEqual(
          await tx.newestEntries({ store: BERLIN.store, device, before: end, limit: 9 }),
          written.toReversed(),
        );
        const before = { epoch: 1, seq: 2 };
        assert.deepEqual(
          await tx.newestEntries({ store: BERLIN.store, device, before, limit: 9 }),
          written.slice(0, 1),
        );
        assert.equal(
          (await tx.newestEntries({ store: BERLIN.store, device, before: end, limit: 2 })).length,
          2,
        );
      });
    },
  },
];
