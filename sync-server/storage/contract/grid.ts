import assert from "node:assert/strict";
import { idOf, type VariantId } from "#domain/ids.ts";
import type { Product } from "#domain/product/product.ts";
import { BERLIN, CUP, HAMBURG, POT, price, product, RETAIL, TEA } from "../../testing/shop.ts";
import type { ReadTransaction, Storage } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const ANY = {
  ...{ search: "", status: [], category: [], brand: [], taxClass: [], tag: [] },
  ...{ channel: [], untold: [] },
} as const;
const all = {
  filter: { ...ANY, status: [], category: [], brand: [], taxClass: [], tag: [], channel: [], untold: [] },
  list: RETAIL,
  stores: null,
};

async function put(storage: Storage, products: readonly Product[]): Promise<void> {
  await storage.write(async (tx) => {
    await tx.putStore(BERLIN);
    await tx.putStore(HAMBURG);
    for (const each of products) await tx.putProduct(each);
  });
}

async function titles(tx: ReadTransaction, numbers: readonly number[]): Promise<readonly string[]> {
  return (await tx.catalogueProducts({ numbers, stores: null })).map((each) => each.product.title);
}

function found(storage: Storage, filter: object): Promise<readonly string[]> {
  return storage.read(async (tx) => {
    const which = { ...all, filter: { ...all.filter, ...filter } };
    return (await titles(tx, await tx.catalogueMatches(which))).toSorted();
  });
}

async function move(
  storage: Storage,
  variant: VariantId,
  store: typeof BERLIN,
  quantity: number,
): Promise<void> {
  await storage.write((tx) =>
    tx.addMovement(
      { store: store.store, variant, quantity, reason: { kind: "initial" } },
      { cause: `${variant} ${store.code} ${quantity}`, at: AT },
    ),
  );
}

const GOODS = [
  product(TEA, { title: "Émile’s Tea", brand: "Blatt", tags: ["sale", "green"] }),
  product(CUP, { title: "cup", status: "draft" }),
  product(POT, { title: "Pot 50%", category: "Garden", taxClass: idOf<"TaxClass">("reduced") }),
];

export const GRID: readonly ContractCase[] = [
  {
    promise:
      "products are found by all words, of any length and wherever they stand, and by each of their fields",
    check: async (storage, reopen) => {
      await put(storage, GOODS);
      const kept = await reopen();
      assert.deepEqual(await found(kept, { search: "EMILE tea" }), ["Émile’s Tea"]);
      assert.deepEqual(await found(kept, { search: "sku-c" }), ["cup"]);
      assert.deepEqual(await found(kept, { search: "0%" }), ["Pot 50%"]);
      assert.deepEqual(await found(kept, { search: 'tea "' }), []);
      assert.deepEqual(await found(kept, { status: ["draft"] }), ["cup"]);
      assert.deepEqual(await found(kept, { brand: ["Blatt", "Nobody"] }), ["Émile’s Tea"]);
      assert.deepEqual(await found(kept, { category: ["Kitchen"], tag: ["green"] }), ["Émile’s Tea"]);
      assert.deepEqual(await found(kept, { taxClass: ["reduced"] }), ["Pot 50%"]);
      assert.equal((await found(kept, { picture: "no", gtin: "no" })).length, 3);
      assert.deepEqual(await found(kept, { picture: "yes" }), []);
    },
  },
  {
    promise: "a product that is written anew is found by what it is now, and was changed last",
    check: async (storage) => {
      await put(storage, GOODS);
      const before = await storage.read((tx) => tx.catalogueChange());
      await storage.write((tx) => tx.putProduct(product(TEA, { title: "Rooibos", tags: [] })));
      assert.deepEqual(await found(storage, { search: "emile" }), []);
      assert.deepEqual(await found(storage, { tag: ["green"] }), []);
      await storage.read(async (tx) => {
        const order = (sort: "title" | "changed") => tx.catalogueOrder({ sort, list: RETAIL, stores: null });
        assert.deepEqual(await titles(tx, await order("title")), ["cup", "Pot 50%", "Rooibos"]);
        assert.deepEqual(await titles(tx, await order("changed")), ["cup", "Pot 50%", "Rooibos"]);
        assert.ok((await tx.catalogueChange()) > before);
      });
    },
  },
  {
    promise:
      "pieces are those of the stores one sees, together, and follow each movement and a variant that moves to another product",
    check: async (storage) => {
      await put(storage, GOODS);
      await move(storage, TEA, BERLIN, 5);
      await move(storage, TEA, HAMBURG, 3);
      await move(storage, POT, HAMBURG, -2);
      const onHand = (stores: readonly (typeof BERLIN)["store"][] | null) =>
        storage.read(async (tx) => {
          const numbers = await tx.catalogueOrder({ sort: "stock", list: null, stores });
          return (await tx.catalogueProducts({ numbers, stores })).map((each) => each.onHand);
        });
      assert.deepEqual(await onHand(null), [-2, 0, 8]);
      assert.deepEqual(await onHand([BERLIN.store]), [0, 0, 5]);
      assert.deepEqual(await found(storage, { stock: "in" }), ["Émile’s Tea"]);
      assert.deepEqual(await found(storage, { stock: "out" }), ["cup"]);
      assert.deepEqual(await found(storage, { stock: "negative" }), ["Pot 50%"]);
      const [tea] = product(TEA).variants;
      assert.ok(tea);
      await storage.write(async (tx) => {
        await tx.putProduct(product(TEA, { variants: [] }));
        await tx.putProduct(product(CUP, { variants: [...product(CUP).variants, tea] }));
      });
      assert.deepEqual(await onHand(null), [-2, 0, 8]);
      assert.deepEqual(await found(storage, { stock: "in" }), ["A cup"]);
      const variants = await storage.read((tx) =>
        tx.onHandOfVariants({ variants: [TEA, CUP], stores: [HAMBURG.store] }),
      );
      assert.deepEqual([...variants], [[TEA, 3]]);
    },
  },
  {
    promise: "pieces of a variant that begins a product of its own go with it",
    check: async (storage) => {
      await put(storage, GOODS);
      await move(storage, TEA, BERLIN, 5);
      const [tea] = product(TEA).variants;
      assert.ok(tea);
      await storage.write(async (tx) => {
        await tx.putProduct(product(TEA, { variants: [] }));
        const alone = { id: idOf<"Product">("alone"), handle: "alone", title: "Alone" };
        await tx.putProduct(product(CUP, { ...alone, variants: [tea] }));
      });
      assert.deepEqual(await found(storage, { stock: "in" }), ["Alone"]);
    },
  },
  {
    promise: "what was taken out of the catalogue is a change of it, and nothing new is taken for it",
    check: async (storage) => {
      await put(storage, GOODS);
      const change = () => storage.read((tx) => tx.catalogueChange());
      const order = () =>
        storage.read((tx) => tx.catalogueOrder({ sort: "changed", list: RETAIL, stores: null }));
      const [before, numbers] = [await change(), await order()];
      await storage.write((tx) => tx.removeProduct(product(POT).id));
      assert.ok((await change()) > before);
      const removed = await change();
      await storage.write((tx) => tx.putProduct(product(POT, { id: idOf<"Product">("other") })));
      assert.ok((await change()) > removed);
      assert.ok(!numbers.includes((await order()).at(-1) ?? 0));
    },
  },
  {
    promise:
      "products are in the order of the prices that stand, also when a planned one has begun or one was taken away",
    check: async (storage) => {
      await put(storage, GOODS);
      const amount = (minor: number) => ({ minor, currency: price(TEA).amount.currency });
      await storage.write(async (tx) => {
        await tx.putPrice(price(TEA, { amount: amount(900) }));
        await tx.putPrice(price(TEA, { amount: amount(100), validFrom: LATER }));
        await tx.putPrice(price(CUP, { amount: amount(500) }));
      });
      const inOrder = async (at: typeof AT) => {
        while ((await storage.read((tx) => tx.cataloguePricesHoldUntil(RETAIL))) <= at)
          await storage.write((tx) => tx.freshenCataloguePrices({ list: RETAIL, at, limit: 1 }));
        return storage.read(async (tx) =>
          titles(tx, await tx.catalogueOrder({ sort: "price", list: RETAIL, stores: null })),
        );
      };
      assert.deepEqual(await inOrder(AT), ["cup", "Émile’s Tea"]);
      assert.deepEqual(await found(storage, { price: "no" }), ["Pot 50%"]);
      assert.deepEqual(await inOrder(LATER), ["Émile’s Tea", "cup"]);
      await storage.write((tx) => tx.removePrice({ list: RETAIL, variant: CUP, validFrom: null }));
      assert.deepEqual(await inOrder(LATER), ["Émile’s Tea"]);
      assert.deepEqual(await found(storage, { price: "yes" }), ["Émile’s Tea"]);
    },
  },
  {
    promise:
      "the values of a field are counted among the products that fit, its own filter left aside, the most frequent first",
    check: async (storage) => {
      await put(storage, GOODS);
      const facet = (of: "category" | "tag", filter: object, find = "") =>
        storage.read((tx) =>
          tx.catalogueFacet({ ...all, filter: { ...all.filter, ...filter }, of, find, limit: 10 }),
        );
      assert.deepEqual(await facet("category", { category: ["Garden"] }), [
        { value: "Kitchen", products: 2 },
        { value: "Garden", products: 1 },
      ]);
      assert.deepEqual(await facet("category", { search: "tea" }, "KITCH"), [
        { value: "Kitchen", products: 1 },
      ]);
      assert.deepEqual(await facet("tag", {}), [
        { value: "green", products: 1 },
        { value: "sale", products: 1 },
      ]);
    },
  },
];
