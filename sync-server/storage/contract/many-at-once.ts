import assert from "node:assert/strict";
import { idOf } from "#domain/ids.ts";
import { shelfKey } from "#domain/stock/shelf.ts";
import { putInFeed } from "../../testing/put-in-feed.ts";
import { BERLIN, CUP, HAMBURG, POT, TEA } from "../../testing/shop.ts";
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
        const moved = (movement: ReturnType<typeof sale>, cause: string) => ({
          movement,
          cause,
          actedAt: AT,
        });
        return tx.addMovements(
          [
            moved(sale(TEA, -2), "t"),
            moved(sale(CUP, -1), "t"),
            moved(sale(POT, -3), "t"),
            moved(sale(TEA, -5), "t"),
            moved(sale(TEA, -1), "t2"),
            moved({ ...sale(TEA, -4), store: HAMBURG.store }, "t"),
          ],
          LATER,
        );
      });
      assert.deepEqual(levels, [8, null, -3, null, 7, -4]);
      await storage.read(async (tx) => {
        for (const [variant, onHand] of [
          [TEA, 7],
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
    promise:
      "documents put into several feeds at once have the next numbers of each in their order, also where one is taken away",
    check: async (storage) => {
      const stock = (of: typeof store, id: string) =>
        ({ feed: `store:${of}`, collection: "stock", id, data: `"${id}"` }) as const;
      const customer = (feed: string, data: string | null) =>
        ({ feed, collection: "customers", id: "anna", data }) as const;
      const heads = await storage.write(async (tx) => {
        await putInFeed(tx, { feed: `store:${store}`, collection: "notices", id: "n", data: "1", at: AT });
        assert.deepEqual(await tx.putInFeeds({ documents: [], at: LATER }), new Map());
        return tx.putInFeeds({
          documents: [
            ...[stock(store, "a"), stock(HAMBURG.store, "a"), customer("customers", "1"), stock(store, "b")],
            ...[customer("customers:region:north", null), customer(`customers:store:${store}`, "1")],
          ],
          at: LATER,
        });
      });
      assert.deepEqual(
        heads,
        new Map([
          [`store:${store}`, 3],
          [`store:${HAMBURG.store}`, 1],
          [`customers:store:${store}`, 1],
          ["customers", 1],
          ["customers:region:north", 1],
        ]),
      );
      const rows = await storage.read((tx) =>
        tx.feedRows({ feed: `store:${store}`, collection: "stock", after: 0, limit: 9 }),
      );
      assert.deepEqual(rows, [
        { seq: 2, id: "a", data: '"a"' },
        { seq: 3, id: "b", data: '"b"' },
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
        const shelves = [TEA, CUP, TEA].map((variant) => ({ store, variant }));
        assert.deepEqual(await tx.everCounted(shelves), new Set([shelfKey({ store, variant: TEA })]));
        assert.deepEqual(await tx.everCounted([]), new Set());
        assert.deepEqual(await tx.reservedOf(shelves), new Map());
      });
    },
  },
];
