import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Gtin, idOf, instant, type VariantId } from "#domain/ids.ts";
import { priceOf } from "#domain/pricing/price-of.ts";
import { gtinKey } from "#domain/product/gtin.ts";
import type { Product } from "#domain/product/product.ts";
import { wordsOf } from "#domain/text/fold.ts";
import type { PriceDocument } from "#protocol/documents/price.ts";
import type { StockDocument } from "#protocol/documents/stock.ts";
import { euros, price, product, RETAIL, STANDARD, stock, variant } from "../testing/shop-fixture.ts";
import { CatalogIndex, MAX_SORTED_TILES } from "./catalog-index.ts";

const SALE = idOf<"PriceList">("sale");
const NOW = { lists: [SALE, RETAIL], at: instant(1_000) };
const TITLES = ["Regenjacke Blau", "Wollmütze", "Müsli-Schale", "Hose", "Rote Hose", "Crème", ""];
const BRANDS = ["Fjällwind", "Nord", ""];
const OPTIONS = [[], ["S"], ["M", "Rot"], [""]];
const QUESTIONS = [
  "jacke",
  "hose",
  "rote hose",
  "mutze",
  "musli",
  "fjallwind s",
  "rgenjacke",
  "SKU-v1",
  "x",
  "",
];
const GTINS: readonly Gtin[] = ["4006381333931", "036000291452", "96385074"].map((each) =>
  idOf<"Gtin">(each),
);

/** What the catalogue would say if it looked at every document for each question. */
class NaiveCatalog {
  readonly products = new Map<string, Product>();
  readonly prices = new Map<string, PriceDocument>();
  readonly stock = new Map<string, StockDocument>();

  sold() {
    return [...this.products.values()]
      .filter(({ status }) => status === "active")
      .flatMap((each) => each.variants.map((form) => ({ product: each, variant: form })));
  }

  byCode(code: string): VariantId | null {
    const gtin = GTINS.find((each) => each === code || gtinKey(each) === code.padStart(14, "0"));
    const byGtin = this.sold().filter(({ variant: form }) =>
      form.gtins.some((each) => gtin !== undefined && gtinKey(each) === gtinKey(gtin)),
    );
    const bySku = this.sold().filter(({ variant: form }) => form.sku.toLowerCase() === code.toLowerCase());
    const found = byGtin.length > 0 ? byGtin : bySku;
    return found.map(({ variant: form }) => form.id).toSorted()[0] ?? null;
  }

  /** Variants that hold every word of the question exactly as a part (three letters on) or beginning. */
  holding(question: string): readonly VariantId[] {
    const asked = wordsOf(question);
    return this.sold()
      .filter(({ product: of, variant: form }) => {
        const words = wordsOf([of.title, of.brand, form.sku, ...form.options].join(" "));
        return asked.every((part) =>
          words.some((word) => word.startsWith(part) || (part.length >= 3 && word.includes(part))),
        );
      })
      .map(({ variant: form }) => form.id);
  }

  priceOf(id: VariantId) {
    const prices = [...this.prices.values()].filter((each) => each.variant === id);
    return priceOf({ prices, lists: NOW.lists, at: NOW.at })?.amount ?? null;
  }
}

type Update = (index: CatalogIndex, naive: NaiveCatalog) => void;

const anyProduct: fc.Arbitrary<Update> = fc
  .record({
    id: fc.constantFrom("p1", "p2", "p3", "p4"),
    title: fc.constantFrom(...TITLES),
    brand: fc.constantFrom(...BRANDS),
    category: fc.constantFrom("A", "B"),
    status: fc.constantFrom("active", "active", "active", "draft", "archived"),
    forms: fc.array(
      fc.record({
        form: fc.integer({ min: 1, max: 2 }),
        gtins: fc.subarray([...GTINS]),
        options: fc.constantFrom(...OPTIONS),
        image: fc.constantFrom(null, idOf<"ImageHash">("ab".repeat(32))),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ id, forms, ...rest }) => {
    const distinct = forms.filter(({ form }, at) => forms.findIndex((each) => each.form === form) === at);
    const document = product(id, {
      ...rest,
      taxClass: STANDARD,
      variants: distinct.map(({ form, ...details }) => variant(`${id}-v${form}`, details)),
    });
    return (index, naive) => {
      index.putProduct(document);
      naive.products.set(id, document);
    };
  });

const removedProduct: fc.Arbitrary<Update> = fc
  .constantFrom("p1", "p2", "p3", "p4")
  .map((id) => (index, naive) => {
    index.removeProduct(id);
    naive.products.delete(id);
  });

const someVariant = fc
  .tuple(fc.constantFrom("p1", "p2"), fc.integer({ min: 1, max: 2 }))
  .map(([of, form]) => idOf<"Variant">(`${of}-v${form}`));

const anyPrice: fc.Arbitrary<Update> = fc
  .record({
    of: someVariant,
    minor: fc.integer({ min: 0, max: 9_999 }),
    list: fc.constantFrom(SALE, RETAIL),
    validFrom: fc.constantFrom(null, instant(500), instant(1_000), instant(1_500)),
    validTo: fc.constantFrom(null, instant(1_000), instant(2_000)),
    gone: fc.boolean(),
  })
  .map(({ of, minor, gone, ...rest }) => {
    const document = price(of, minor, rest);
    return (index, naive) => {
      index.putPrice(document);
      naive.prices.set(document.id, document);
      if (!gone) return;
      index.removePrice(document.id);
      naive.prices.delete(document.id);
    };
  });

const anyStock: fc.Arbitrary<Update> = fc
  .record({ of: someVariant, onHand: fc.integer({ min: -5, max: 50 }), gone: fc.boolean() })
  .map(({ of, onHand, gone }) => (index, naive) => {
    index.putStock(stock(of, onHand));
    naive.stock.set(of, stock(of, onHand));
    if (!gone) return;
    index.removeStock(of);
    naive.stock.delete(of);
  });

const updates = fc.array(fc.oneof(anyProduct, anyProduct, removedProduct, anyPrice, anyStock), {
  maxLength: 30,
});

describe("whatever HQ changes, in whatever order, the index answers like a look at every document", () => {
  test("by code, by variant, with price and stock", () => {
    fc.assert(
      fc.property(updates, (all) => {
        const index = new CatalogIndex();
        const naive = new NaiveCatalog();
        for (const update of all) update(index, naive);
        const codes = [...GTINS, "0036000291452", "sku-p1-v1", "SKU-P2-V2", "nothing"];
        for (const code of codes) {
          expect(index.byCode(code, NOW)?.item.variant ?? null).toBe(naive.byCode(code));
        }
        for (const { product: of, variant: form } of naive.sold()) {
          const item = index.byVariant(form.id, NOW)?.item;
          expect(item).toMatchObject({
            product: of.id,
            sku: form.sku,
            name: of.title,
            brand: of.brand,
            category: of.category,
            options: form.options,
            gtin: form.gtins[0] ?? null,
            image: form.image,
            price: naive.priceOf(form.id),
            onHand: naive.stock.get(form.id)?.onHand ?? null,
          });
        }
        expect(index.variants).toBe(naive.sold().length);
      }),
    );
  });

  test("by words: exactly the articles that hold them, and with typing errors only when there is none", () => {
    fc.assert(
      fc.property(updates, (all) => {
        const index = new CatalogIndex();
        const naive = new NaiveCatalog();
        for (const update of all) update(index, naive);
        for (const question of QUESTIONS) {
          const found = index
            .search({ text: question, limit: 100, moment: NOW })
            .map(({ variant: id }) => id);
          const holding = wordsOf(question).length === 0 ? [] : naive.holding(question);
          if (holding.length > 0 || question === "") expect(found.toSorted()).toEqual(holding.toSorted());
        }
      }),
    );
  });

  test("by category: every product once, with the right count", () => {
    fc.assert(
      fc.property(updates, (all) => {
        const index = new CatalogIndex();
        const naive = new NaiveCatalog();
        for (const update of all) update(index, naive);
        const sold = new Map(naive.sold().map(({ product: of }) => [of.id, of]));
        const counts = new Map<string, number>();
        for (const { category } of sold.values()) counts.set(category, (counts.get(category) ?? 0) + 1);
        expect(new Map(index.categories().map(({ name, products }) => [name, products]))).toEqual(counts);
        const page = index.browse({ category: null, offset: 0, limit: 100, moment: NOW });
        expect(page.tiles.map((tile) => tile.product).toSorted()).toEqual([...sold.keys()].toSorted());
        expect(page.total).toBe(sold.size);
        expect(index.products).toBe(sold.size);
      }),
    );
  });
});

describe("searching", () => {
  const index = new CatalogIndex();
  const put = (id: string, title: string, brand = "", options: readonly string[] = []): void =>
    index.putProduct(product(id, { title, brand, variants: [variant(`${id}-v`, { options })] }));
  put("jacke", "Regenjacke Sturmfest", "Fjällwind", ["M", "Blau"]);
  put("muetze", "Mütze", "Fjällwind");
  put("hose", "Hose Classic");
  put("hosentraeger", "Hosenträger");
  put("schal", "Schal zur Hose", "Hosen & Co");

  const search = (text: string): readonly string[] =>
    index.search({ text, limit: 10, moment: NOW }).map(({ name }) => name);

  test.each([
    ["without accents", "mutze", "Mütze"],
    ["in capitals", "MÜTZE", "Mütze"],
    ["with a letter missing", "regnjacke", "Regenjacke Sturmfest"],
    ["with letters swapped", "muzte", "Mütze"],
    ["with a letter too many", "mützze", "Mütze"],
    ["with two errors in a long word", "regnjakce", "Regenjacke Sturmfest"],
    ["by a part of a long word", "jacke", "Regenjacke Sturmfest"],
    ["by brand, title and option together", "blau fjall regen", "Regenjacke Sturmfest"],
    ["by the SKU", "sku-jacke", "Regenjacke Sturmfest"],
    ["spelt the German way without dots", "muetze", "Mütze"],
  ])("finds an article %s", (_, question, name) => {
    expect(search(question)[0]).toBe(name);
  });

  test("puts the whole word before its beginnings, and titles before brands", () => {
    expect(search("hose")).toEqual(["Hose Classic", "Schal zur Hose", "Hosenträger"]);
    expect(search("hosen")).toEqual(["Hosenträger", "Schal zur Hose"]);
  });

  test("puts what is called just so before what has the same words among others", () => {
    put("krug", "Alma Steinzeug Becher");
    put("becher", "Alma Becher");
    expect(search("alma becher")).toEqual(["Alma Becher", "Alma Steinzeug Becher"]);
  });

  test("finds what is called just so behind more articles with the same words than are asked for", () => {
    const many = new CatalogIndex();
    const add = (id: string, title: string): void =>
      many.putProduct(product(id, { title, variants: [variant(`${id}-v`)] }));
    for (let n = 1; n <= 80; n += 1) add(`stoneware-${n}`, `Alma Steinzeug Bécher ${n}`);
    add("turned", "Becher Alma");
    add("named", "Alma - Bécher");
    add("gone", "Alma Becher");
    many.removeProduct("gone");
    const named = (text: string): readonly string[] =>
      many.search({ text, limit: 10, moment: NOW }).map(({ name }) => name);
    expect(named("alma becher")).toHaveLength(10);
    expect(named("alma becher")[0]).toBe("Alma - Bécher");
    expect(named("BECHER alma")[0]).toBe("Becher Alma");
    expect(named("alma alma")).not.toContain("Alma - Bécher");
  });

  test("finds nothing where one of the words is nowhere", () => {
    expect(search("hose xylophon")).toEqual([]);
    expect(search("  ")).toEqual([]);
  });
});

describe("the grid", () => {
  test("shows by name, with the lowest price and whether prices differ", () => {
    const index = new CatalogIndex();
    index.putProduct(product("zelt", { title: "Zelt" }));
    index.putProduct(product("äpfel", { title: "Äpfel", variants: [variant("a1"), variant("a2")] }));
    index.putPrice(price(idOf<"Variant">("a1"), 300));
    index.putPrice(price(idOf<"Variant">("a2"), 250));
    index.putStock(stock(idOf<"Variant">("a1"), 4));
    const { tiles } = index.browse({ category: null, offset: 0, limit: 10, moment: NOW });
    expect(tiles.map((tile) => tile.name)).toEqual(["Äpfel", "Zelt"]);
    expect(tiles[0]).toMatchObject({
      priceFrom: euros(250),
      priceVaries: true,
      variants: 2,
      item: null,
      onHand: 4,
    });
    expect(tiles[1]).toMatchObject({
      priceFrom: null,
      priceVaries: false,
      item: { price: null },
      onHand: null,
    });
  });

  test("a huge category is paged in the order it arrived, complete and without repeats", () => {
    const index = new CatalogIndex();
    const count = MAX_SORTED_TILES + 1;
    for (let each = 0; each < count; each += 1)
      index.putProduct(product(`p${each}`, { title: `Z${count - each}` }));
    const first = index.browse({ category: "", offset: 0, limit: 200, moment: NOW });
    const last = index.browse({ category: "", offset: count - 1, limit: 200, moment: NOW });
    expect(first.tiles[0]?.product).toBe("p0");
    expect(last.tiles.map((tile) => tile.product)).toEqual([`p${count - 1}`]);
    expect(first.total).toBe(count);
  });
});

test("the rows of changed products are counted, so that the catalogue knows when to tidy up", () => {
  const index = new CatalogIndex();
  index.putProduct(product("p1", { title: "Old" }));
  index.putProduct(product("p1", { title: "Old", tags: ["new tag"] }));
  expect(index.deadRows).toBe(0);
  index.putProduct(product("p1", { title: "New" }));
  expect(index.deadRows).toBe(1);
});
