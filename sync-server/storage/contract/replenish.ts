import assert from "node:assert/strict";
import { idOf, instant, type StoreId, type VariantId } from "#domain/ids.ts";
import { openDelivery, withDeliveryActs } from "#domain/stock/delivery-acts.ts";
import type { MovementReason } from "#domain/stock/stock.ts";
import type { NeedsAsk, ReorderRuleKey } from "../../stock/replenish-port.ts";
import { BERLIN, CUP, HAMBURG, product, TEA } from "../../testing/shop.ts";
import type { WriteTransaction } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const ASK: NeedsAsk = {
  store: BERLIN.store,
  safetyStock: 0,
  category: "",
  search: "",
  soldSince: AT,
  givers: [],
  offset: 0,
  limit: 9,
};
const rule = (reorderPoint: number, target: number, pack = 1) => ({ reorderPoint, target, pack });
const ofArticle = (variant: VariantId, store: StoreId | null = null): ReorderRuleKey => ({
  of: { kind: "article", variant },
  store,
});
const ofCategory = (category: string, store: StoreId | null = null): ReorderRuleKey => ({
  of: { kind: "category", category },
  store,
});
const CATEGORY = product(TEA).category;

async function moved(
  tx: WriteTransaction,
  store: StoreId,
  quantity: number,
  reason: MovementReason,
  at = AT,
) {
  await tx.addMovement({ store, variant: TEA, quantity, reason }, { cause: `${reason.kind}${quantity}`, at });
}

async function toBerlin(tx: WriteTransaction, from: StoreId | null, ordered: number): Promise<void> {
  const opening = {
    id: idOf<"Delivery">(`from ${from}`),
    reference: `D-${from}`,
    kind: from === null ? ("supplier" as const) : ("transfer" as const),
    supplier: "",
    from,
    to: BERLIN.store,
    fromName: "",
    toName: BERLIN.name,
    expectedOn: null,
    blind: false,
    note: "",
    lines: [{ variant: TEA, sku: idOf<"Sku">("SKU-tea"), name: "Tea", ordered }],
  };
  const by = { kind: "hq", who: "Hanna" } as const;
  const confirmed = { id: "c", at: LATER, by, act: { kind: "confirmed" } } as const;
  await tx.putGoodsDelivery(withDeliveryActs(openDelivery(opening, { at: AT, by }), [confirmed]));
}

export const REPLENISH: readonly ContractCase[] = [
  {
    promise:
      "the narrowest rule of an article holds: its own before its category's, its store's before all stores'",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putProduct(product(TEA));
        await moved(tx, BERLIN.store, 2, { kind: "initial" });
      });
      const held = async () => {
        const read = await storage.aside.read("needs", ASK);
        assert.ok(read.ok);
        return read.value.needs.map(({ target, rule: of }) => [target, of]);
      };
      assert.deepEqual(await held(), []);
      const steps = [
        [ofCategory(CATEGORY), 10, { of: "category", forStore: false }],
        [ofCategory(CATEGORY, BERLIN.store), 11, { of: "category", forStore: true }],
        [ofArticle(TEA), 12, { of: "article", forStore: false }],
        [ofArticle(TEA, BERLIN.store), 13, { of: "article", forStore: true }],
      ] as const;
      for (const [key, target, of] of steps) {
        await storage.write((tx) => tx.putReorderRule(key, rule(2, target)));
        assert.deepEqual(await held(), [[target, of]]);
      }
      await storage.write((tx) => tx.putReorderRule(ofArticle(TEA, BERLIN.store), rule(1, 13)));
      assert.deepEqual(await held(), []);
      await storage.write((tx) => tx.putReorderRule(ofArticle(TEA, BERLIN.store), null));
      assert.deepEqual(await held(), [[12, { of: "article", forStore: false }]]);
      assert.equal(await storage.read((tx) => tx.reorderRule(ofArticle(TEA, BERLIN.store))), null);
    },
  },
  {
    promise:
      "what a store needs is told with what it has, what is on its way, what it sold since, and which store has more than its target",
    check: async (storage) => {
      await storage.write(async (tx) => {
        for (const variant of [TEA, CUP]) await tx.putProduct(product(variant));
        await moved(tx, BERLIN.store, 9, { kind: "initial" });
        await moved(tx, BERLIN.store, -3, { kind: "sale", ticket: idOf<"Ticket">("old") }, instant(AT - 1));
        await moved(tx, BERLIN.store, -4, { kind: "sale", ticket: idOf<"Ticket">("new") });
        await moved(tx, BERLIN.store, 1, { kind: "return", act: "back" });
        await moved(tx, HAMBURG.store, 30, { kind: "initial" });
        await tx.putReorderRule(ofArticle(TEA), rule(8, 20, 6));
        await toBerlin(tx, HAMBURG.store, 4);
        await toBerlin(tx, null, 1);
      });
      const needs = async (changes: Partial<NeedsAsk>) => {
        const read = await storage.aside.read("needs", { ...ASK, ...changes });
        assert.ok(read.ok);
        return read.value;
      };
      const givers = [{ store: HAMBURG.store, safetyStock: 0 }];
      const { needs: found, total } = await needs({ givers });
      assert.equal(total, 1);
      assert.deepEqual(
        found.map(({ sku, onHand, reserved, incoming, sold, pack }) => ({
          sku,
          onHand,
          reserved,
          incoming,
          sold,
          pack,
        })),
        [{ sku: "SKU-tea", onHand: 3, reserved: 0, incoming: 5, sold: 3, pack: 6 }],
      );
      assert.deepEqual(found[0]?.givers, [
        { store: HAMBURG.store, onHand: 30, reserved: 0, target: 20, promised: 4 },
      ]);
      assert.equal((await needs({ category: CATEGORY, search: "tea" })).total, 1);
      assert.equal((await needs({ category: "nothing of the kind" })).total, 0);
      assert.equal((await needs({ search: "cup" })).total, 0);
      await storage.write((tx) => tx.putReorderRule(ofArticle(TEA), rule(7, 20, 6)));
      assert.equal((await needs({})).total, 0);
      assert.equal((await needs({ safetyStock: 1 })).total, 1);
      await storage.write((tx) => tx.putProduct({ ...product(TEA), status: "archived" }));
      assert.equal((await needs({ safetyStock: 1 })).total, 0);
    },
  },
  {
    promise:
      "an article that a store never had is needed as well, and low levels are those at their reorder point",
    check: async (storage) => {
      await storage.write(async (tx) => {
        for (const variant of [TEA, CUP]) await tx.putProduct(product(variant));
        await tx.putReorderRule(ofCategory(CATEGORY), rule(5, 6));
        for (const variant of [TEA, CUP])
          await tx.addMovement(
            { store: BERLIN.store, variant, quantity: 5, reason: { kind: "initial" } },
            { cause: "a", at: AT },
          );
      });
      const read = await storage.aside.read("needs", { ...ASK, store: HAMBURG.store });
      assert.ok(read.ok);
      assert.deepEqual([read.value.total, read.value.needs[0]?.onHand], [2, 0]);
      const low = (atMost: number) =>
        storage.read((tx) =>
          tx.levelCount({
            stores: null,
            category: "",
            search: "",
            state: "low",
            atMost,
            idleSince: AT,
            sort: "title",
            descending: false,
            limit: 9,
          }),
        );
      assert.equal(await low(0), 2);
      await storage.write((tx) => tx.putReorderRule(ofArticle(TEA, BERLIN.store), rule(4, 6)));
      assert.equal(await low(9), 1);
      await storage.write((tx) => tx.putReorderRule(ofCategory(CATEGORY), null));
      assert.equal(await low(4), 0);
      assert.equal(await low(5), 1);
    },
  },
  {
    promise: "rules are listed for all stores and for one's own, found by how a category or SKU begins",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        await tx.putProduct(product(TEA));
        await tx.putReorderRule(ofArticle(TEA, HAMBURG.store), rule(1, 2));
        await tx.putReorderRule(ofArticle(TEA), rule(1, 3));
        await tx.putReorderRule(ofCategory("Coffee"), rule(1, 4));
      });
      const targets = (stores: readonly StoreId[] | null, search = "") =>
        storage.read(async (tx) => {
          const { rules, total } = await tx.reorderRules({ stores, search, offset: 0, limit: 9 });
          assert.equal(total, rules.length);
          return rules.map(({ target }) => target);
        });
      assert.deepEqual(await targets(null), [4, 3, 2]);
      assert.deepEqual(await targets([BERLIN.store]), [4, 3]);
      assert.deepEqual(await targets(null, "SKU-t"), [3, 2]);
      const again = await (await reopen()).read((tx) => tx.reorderRule(ofCategory("Coffee")));
      assert.deepEqual(again, rule(1, 4));
    },
  },
];
