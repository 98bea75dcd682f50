import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { CUP, EUR, HARBOUR, price, product, RETAIL, TEA } from "../../testing/shop.ts";
import type { ContractCase } from "./case.ts";

const AT = instant(1_000);
const LATER = instant(5_000);
const END = instant(9_000);

/** What any storage promises of price lists and what is on them. */
export const PRICES: readonly ContractCase[] = [
  {
    promise: "a price list is what was said of it last, and how many prices are on it is known",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await tx.putPriceList({ id: RETAIL, name: "Old", currency: EUR });
        await tx.putPriceList({ id: RETAIL, name: "Retail", currency: EUR });
        await tx.putPrice(price(TEA));
        await tx.putPrice(price(TEA, { validFrom: LATER }));
      });
      const read = await storage.read(async (tx) => [await tx.priceLists(), await tx.priceCounts()]);
      assert.deepEqual(read, [[{ id: RETAIL, name: "Retail", currency: EUR }], new Map([[RETAIL, 2]])]);
    },
  },
  {
    promise: "a channel asks its own lists until it has none any more",
    check: async (storage) => {
      const channel = idOf<"Channel">("web");
      await storage.write((tx) => tx.putChannelLists(channel, [RETAIL]));
      await storage.write((tx) => tx.putChannelLists(channel, [HARBOUR, RETAIL]));
      const lists = () => storage.read((tx) => tx.channelLists());
      assert.deepEqual(await lists(), [{ channel, lists: [HARBOUR, RETAIL] }]);
      await storage.write((tx) => tx.putChannelLists(channel, null));
      assert.deepEqual(await lists(), []);
    },
  },
  {
    promise:
      "what was asked before a reduction stays in the log while the reduction holds, however many digits its figures have",
    check: async (storage) => {
      const usual = price(TEA, { amount: money(1_000, EUR) });
      const reduced = price(TEA, { amount: money(999, EUR), compareAt: money(1_000, EUR) });
      const own = { list: usual.list, variant: TEA, validFrom: null };
      await storage.write(async (tx) => {
        await tx.logPrice(own, { at: AT, price: usual });
        await tx.logPrice(own, { at: LATER, price: reduced });
        await tx.purgePriceLog(END);
      });
      const kept = await storage.read((tx) => tx.priceWrites({ list: usual.list, variant: TEA }));
      assert.deepEqual(
        kept.map(({ at }) => at),
        [AT, LATER],
      );
      await storage.write(async (tx) => {
        await tx.logPrice(own, { at: instant(8_000), price: usual });
        await tx.purgePriceLog(END);
      });
      const later = await storage.read((tx) => tx.priceWrites({ list: usual.list, variant: TEA }));
      assert.deepEqual(
        later.map(({ at }) => at),
        [8_000],
      );
    },
  },
  {
    promise: "a price is taken away alone, and everything that was written of it stays in order",
    check: async (storage) => {
      const [now, planned] = [price(TEA), price(TEA, { validFrom: LATER })];
      await storage.write(async (tx) => {
        for (const each of [now, planned]) {
          await tx.putPrice(each);
          await tx.logPrice(each, { at: AT, price: each });
        }
        await tx.removePrice(planned);
        await tx.logPrice(planned, { at: LATER, price: null });
        await tx.logPrice(price(TEA, { list: HARBOUR }), { at: AT, price: null });
      });
      assert.deepEqual(await storage.read((tx) => tx.pricesOf(TEA)), [now]);
      assert.deepEqual(await storage.read((tx) => tx.priceWrites({ list: RETAIL, variant: TEA })), [
        { at: AT, validFrom: null, price: now },
        { at: AT, validFrom: LATER, price: planned },
        { at: LATER, validFrom: LATER, price: null },
      ]);
    },
  },
  {
    promise: "what an article costs is the newest that was said, and its version grows with each",
    check: async (storage) => {
      await storage.write((tx) => tx.putCost({ variant: TEA, cost: money(100, EUR) }));
      const before = await storage.read((tx) => tx.costsVersion());
      await storage.write((tx) => tx.putCost({ variant: TEA, cost: money(120, EUR) }));
      assert.deepEqual(await storage.read((tx) => tx.costOf(TEA)), money(120, EUR));
      assert.ok((await storage.read((tx) => tx.costsVersion())) > before);
      await storage.write((tx) => tx.putCost({ variant: TEA, cost: null }));
      assert.equal(await storage.read((tx) => tx.costOf(TEA)), null);
    },
  },
  {
    promise: "products come with their prices and costs, page by page and by what is asked of them",
    check: async (storage) => {
      await storage.write(async (tx) => {
        for (const variant of [TEA, CUP]) await tx.putProduct(product(variant));
        await tx.putPrice(price(TEA, { validFrom: LATER }));
        await tx.putPrice(price(CUP, { list: HARBOUR }));
        await tx.putCost({ variant: TEA, cost: money(100, EUR) });
      });
      const found = async (which: Parameters<typeof page>[0]) =>
        (await page(which)).map((each) => each.product.handle);
      const page = (which: object) =>
        storage.read((tx) => tx.pricedProducts({ after: null, which, limit: 9 }));
      assert.deepEqual(await found({}), [CUP, TEA]);
      assert.deepEqual(await found({ list: HARBOUR }), [CUP]);
      assert.deepEqual(await found({ plannedAfter: AT }), [TEA]);
      assert.deepEqual(await found({ plannedAfter: LATER }), []);
      assert.deepEqual(await found({ text: "sku-tea", category: "Kitchen" }), [TEA]);
      assert.deepEqual(await found({ category: "Elsewhere" }), []);
      const [, tea] = await page({});
      assert.deepEqual(tea?.costs, [{ variant: TEA, cost: money(100, EUR) }]);
      assert.deepEqual(tea?.prices, [price(TEA, { validFrom: LATER })]);
      assert.deepEqual(await storage.read((tx) => tx.pricedProduct(product(TEA).id)), tea);
      const second = await storage.read((tx) => tx.findPriced({ which: {}, offset: 1, limit: 1 }));
      assert.deepEqual([second.total, second.products.map((each) => each.product.handle)], [2, [TEA]]);
    },
  },
  {
    promise: "an article is repriced where a price of a list was written, begins or ends in a time",
    check: async (storage) => {
      const tea = price(TEA, { validFrom: LATER, validTo: END });
      await storage.write(async (tx) => {
        await tx.putPrice(tea);
        await tx.logPrice(tea, { at: AT, price: tea });
        await tx.putPrice(price(CUP, { list: HARBOUR, validFrom: LATER }));
      });
      const repriced = (from: number, until: number) =>
        storage.read((tx) =>
          tx.variantsRepriced({ lists: [RETAIL], from: instant(from), until: instant(until) }),
        );
      assert.deepEqual(await repriced(999, 1_000), [TEA]);
      assert.deepEqual(await repriced(1_000, 4_999), []);
      assert.deepEqual(await repriced(4_999, 5_000), [TEA]);
      assert.deepEqual(await repriced(8_999, 9_000), [TEA]);
      assert.deepEqual(await repriced(9_000, 99_000), []);
    },
  },
  {
    promise: "the rules that prices are checked by are those that were put last",
    check: async (storage) => {
      assert.deepEqual(await storage.read((tx) => tx.priceRules()), { channelDifferencePpm: null });
      await storage.write((tx) => tx.putPriceRules({ channelDifferencePpm: 5 }));
      assert.deepEqual(await storage.read((tx) => tx.priceRules()), { channelDifferencePpm: 5 });
    },
  },
];
