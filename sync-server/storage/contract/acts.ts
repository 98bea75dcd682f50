import assert from "node:assert/strict";
import { idOf } from "#domain/ids.ts";
import type { BulkEditRecord } from "../../catalog/act-port.ts";
import { BERLIN, price, product, TEA } from "../../testing/shop.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const EDIT: BulkEditRecord = {
  ...{ id: "one", at: AT, by: { kind: "user", id: "u", name: "Johanna" }, dryRun: false },
  change: { kind: "fields", fields: { brand: "Blatt" } },
  ...{ state: "running", total: 3, looked: 0, changed: 0, unchanged: 0, belowCost: 0 },
  ...{ examples: [], trouble: "", undo: null },
};
const { id: PRODUCT } = product(TEA);

export const ACTS: readonly ContractCase[] = [
  {
    promise: "a change of many products is there after a restart, with the products that are left of it",
    check: async (storage, reopen) => {
      const ids = ["c", "a", "b"].map((id) => idOf<"Product">(id));
      await storage.write(async (tx) => {
        await tx.putBulkEdit(EDIT);
        await tx.putBulkEditProducts("one", ids);
        await tx.putBulkEdit({ ...EDIT, id: "two", at: LATER, state: "done" });
      });
      const kept = await reopen();
      await kept.read(async (tx) => {
        assert.deepEqual(await tx.bulkEdit("one"), EDIT);
        assert.deepEqual(
          (await tx.bulkEdits(5)).map(({ id }) => id),
          ["two", "one"],
        );
        assert.deepEqual(
          (await tx.unfinishedBulkEdits()).map(({ id }) => id),
          ["one"],
        );
        assert.deepEqual(await tx.bulkEditProducts({ id: "one", from: 1, limit: 9 }), ids.slice(1));
      });
    },
  },
  {
    promise: "what was set as part of an act is read the newest first, and forgotten with old changes",
    check: async (storage) => {
      const change = { kind: "price", product: PRODUCT, variant: TEA, from: null, to: price(TEA) } as const;
      await storage.write(async (tx) => {
        await tx.noteValueChange("bulk:two", change);
        await tx.noteValueChange("bulk:one", { ...change, from: price(TEA) });
        await tx.noteValueChange("bulk:one", change);
        await tx.putBulkEdit({ ...EDIT, id: "two", state: "done" });
        await tx.putBulkEdit({ ...EDIT, at: LATER });
      });
      const of = (cause: string) =>
        storage.read((tx) => tx.valueChangesOf({ cause, before: null, limit: 5 }));
      const [newest, older] = await of("bulk:one");
      assert.deepEqual([newest?.change, older?.change], [change, { ...change, from: price(TEA) }]);
      await storage.write((tx) => tx.keepNewestBulkEdits(0));
      assert.equal((await of("bulk:two")).length, 0);
      // One that goes on is never forgotten.
      assert.equal((await of("bulk:one")).length, 2);
    },
  },
  {
    promise: "it is known whether pieces moved since an act, and whether an article came with it",
    check: async (storage) => {
      const at = { store: BERLIN.store, variant: TEA };
      const ask = { ...at, cause: "import" };
      const moved = () => storage.read((tx) => tx.movedSince(ask));
      const move = (cause: string, when: typeof AT) =>
        storage.write((tx) =>
          tx.addMovement({ ...at, quantity: 1, reason: { kind: "import" } }, { cause, at: when }),
        );
      await storage.write((tx) => tx.putStore(BERLIN));
      await move("before", AT);
      await move("import", LATER);
      assert.equal(await moved(), false);
      await move("since", LATER);
      assert.equal(await moved(), true);
      await storage.write((tx) =>
        tx.logProduct({
          ...{ product: PRODUCT, at: AT, by: EDIT.by, cause: "import:x", created: false },
          changes: [{ field: "variant", variant: TEA, from: null, to: {} }],
        }),
      );
      const came = (cause: string) =>
        storage.read((tx) => tx.cameWith({ cause, product: PRODUCT, variant: TEA }));
      assert.deepEqual([await came("import:x"), await came("import:y")], [true, false]);
    },
  },
];
