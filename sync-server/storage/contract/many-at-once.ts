import assert from "node:assert/strict";
import { idOf } from "#domain/ids.ts";
import { BERLIN, CUP, POT, TEA } from "../../testing/shop.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const { store } = BERLIN;
const sale = (variant: typeof TEA, quantity: number) => ({
  store,
  variant,
  quantity,
  reason: { kind: "sale", ticket: idOf<"Ticket">("t") } as const,
});

/** What does in one go what the port does one by one as well, for a ticket of many lines. */
export const MANY_AT_ONCE: readonly ContractCase[] = [
  {
    promise:
      "movements of several variants are booked at once, those that were counted before are not, and the levels are those after them",
    check: async (storage) => {
      const levels = await storage.write(async (tx) => {
        await tx.addMovement(
          { store, variant: TEA, quantity: 10, reason: { kind: "initial" } },
          { cause: "initial", at: AT },
        );
        await tx.addMovement(sale(CUP, -1), { cause: "t", at: AT });
        return tx.addMovements([sale(TEA, -2), sale(CUP, -1), sale(POT, -3)], {
          cause: "t",
          at: LATER,
        });
      });
      assert.deepEqual(
        [...levels].toSorted(),
        [
          [TEA, 8],
          [POT, -3],
        ].toSorted(),
      );
      await storage.read(async (tx) => {
        for (const [variant, onHand] of [
          [TEA, 8],
          [CUP, -1],
          [POT, -3],
        ] as const) {
          assert.equal(await tx.onHand({ store, variant }), onHand);
          assert.equal(await tx.movementSum({ store, variant }), onHand);
        }
      });
    },
  },
  {
    promise: "documents put into a feed at once have its next numbers in their order",
    check: async (storage) => {
      const feed = `store:${store}`;
      await storage.write(async (tx) => {
        assert.equal(await tx.putInFeed({ feed, collection: "stock", id: "b", data: "1", at: AT }), 1);
        const documents = ["a", "b", "c"].map((id) => ({ id, data: `"${id}"` }));
        assert.equal(await tx.putManyInFeed({ feed, collection: "stock", documents, at: LATER }), 4);
      });
      const rows = await storage.read((tx) => tx.feedRows({ feed, collection: "stock", after: 1, limit: 9 }));
      assert.deepEqual(rows, [
        { seq: 2, id: "a", data: '"a"' },
        { seq: 3, id: "b", data: '"b"' },
        { seq: 4, id: "c", data: '"c"' },
      ]);
    },
  },
  {
    promise: "which of several variants were ever counted in a store, and what of each is promised",
    check: async (storage) => {
      await storage.write(async (tx) => {
        const entry = idOf<"Entry">("e");
        await tx.addMovement(
          { store, variant: TEA, quantity: 4, reason: { kind: "counted", entry } },
          { cause: "e", at: AT },
        );
        await tx.addMovement(sale(CUP, -1), { cause: "t", at: AT });
      });
      await storage.read(async (tx) => {
        assert.deepEqual(await tx.everCounted({ store, variants: [TEA, CUP] }), [TEA]);
        assert.deepEqual(await tx.everCounted({ store, variants: [] }), []);
        assert.deepEqual(await tx.reservedOf({ store, variants: [TEA, CUP] }), new Map());
      });
    },
  },
];
