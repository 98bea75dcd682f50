import type { Instant, PriceListId, TaxClassId, VariantId } from "#domain/ids.ts";
import { idOf } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import { priceOf } from "#domain/pricing/price-of.ts";
import { parseGtin } from "#domain/product/gtin.ts";
import type { Product, ProductLink, Variant } from "#domain/product/product.ts";
import { fold, wordsOf } from "#domain/text/fold.ts";
import type { PriceDocument } from "#protocol/documents/price.ts";
import type { StockDocument } from "#protocol/documents/stock.ts";
import type { Item, Tile } from "#protocol/till/catalog.ts";
import { bytes, integers } from "./column.ts";
import { PriceColumns } from "./price-columns.ts";
import { gtinCode, ProductColumns, skuCode, type VariantRow } from "./product-columns.ts";
import { StockOverlay } from "./stock-overlay.ts";
import { TextArena } from "./text-arena.ts";
import { topRows } from "./top-rows.ts";
import { WordIndex } from "./word-index.ts";
import { QUALITY } from "./word-match.ts";

/** What a hit in each field is worth. */
const WEIGHT = { title: 8, sku: 6, brand: 4, options: 3 } as const;
/** Words of a question beyond these are not looked at. */
const MAX_WORDS_ASKED = 12;
/** Products up to which a category is shown by name; a larger one, which nobody leafs through, comes in the order it arrived. */
export const MAX_SORTED_TILES = 5_000;

/** Whose prices and of when. Null lists: the store's settings have not arrived, so nothing has a price. */
export interface PriceMoment {
  readonly lists: readonly PriceListId[];
  readonly at: Instant;
  /** The store's: prices in another are none here. Undefined: not known yet. */
  readonly currency?: Currency | undefined;
}

/** An item with what a basket line needs beyond what is shown. */
export interface SellableItem {
  readonly item: Item;
  readonly taxClass: TaxClassId;
  /** What is charged with each piece. */
  readonly links: readonly ProductLink[];
}

/**
 * Everything the register asks about goods, in memory: codes, words, prices and stock of the replica's documents.
 * Takes documents in any order and any number of times.
 */
export class CatalogIndex {
  readonly #arena = new TextArena();
  readonly #products = new ProductColumns(this.#arena);
  readonly #prices = new PriceColumns(this.#arena, this.#products.variants);
  readonly #words = new WordIndex();
  /** Per row, so that a search reads the names of a few articles and not of all that hold its words. */
  readonly #wordsInTitle = bytes();
  readonly #onHand = integers();
  readonly #stockKnown = bytes();
  readonly #overlay = new StockOverlay();
  #sorted: { readonly category: string | null; readonly products: readonly number[] } | null = null;

  get products(): number {
    return this.#products.liveProducts;
  }
  get variants(): number {
    return this.#products.liveVariants;
  }
  /** Rows of products that changed or went and still take up room. */
  get deadRows(): number {
    return this.#products.deadRows;
  }

  putProduct(document: Product): void {
    this.#sorted = null;
    this.#products.put(document).forEach((row, index) => {
      this.#addWords(row.row, document, document.variants[index]);
    });
  }

  removeProduct(id: string): void {
    this.#sorted = null;
    this.#products.remove(id);
  }

  putPrice(document: PriceDocument): void {
    this.#prices.put(document);
  }

  removePrice(id: string): void {
    this.#prices.remove(id);
  }

  putStock(document: StockDocument): void {
    const variant = this.#products.variants.add(document.variant);
    this.#onHand.set(variant, document.onHand);
    this.#stockKnown.set(variant, 1);
  }

  /** `id` is the variant's. */
  removeStock(id: string): void {
    const variant = this.#products.variants.find(id);
    if (variant !== -1) this.#stockKnown.set(variant, 0);
  }

  /** The first moment after `at` when some price begins or ends; null where none will. */
  nextPriceChange(at: Instant): number | null {
    return this.#prices.nextChange(at);
  }

  /** The till's own entries that the stock documents do not contain yet. */
  overlay(pending: readonly JournalEntry[]): void {
    this.#overlay.refresh(pending);
  }

  /** By GTIN (a UPC-A finds its EAN-13), else by SKU, whatever its case. */
  byCode(code: string, moment: PriceMoment): SellableItem | null {
    const gtin = parseGtin(code);
    const row = (gtin.ok ? this.#products.rowOfCode(gtinCode(gtin.value)) : null) ?? this.#bySku(code);
    return row === null ? null : this.#sellable(row, moment);
  }

  byVariant(id: VariantId, moment: PriceMoment): SellableItem | null {
    const row = this.#products.rowOfVariant(this.#products.variants.find(id));
    return row === null ? null : this.#sellable(row, moment);
  }

  /** All variants of a product in its own order; empty when it is not sold. */
  variantsOf(product: string, moment: PriceMoment): readonly Item[] {
    return this.#products
      .rowsOf(this.#products.products.find(product))
      .map((row) => this.#sellable(row, moment).item);
  }

  /**
   * Items that hold every word of the question in title, brand, options or SKU: whole, as a beginning or as a part. Only when
   * nothing does are typing errors forgiven. Best first, what is called just so before what has more words; a question that is a code finds its article
   * first of all.
   */
  search({
    text,
    limit,
    moment,
  }: {
    readonly text: string;
    readonly limit: number;
    readonly moment: PriceMoment;
  }): readonly Item[] {
    const byCode = this.byCode(text, moment);
    const rest = this.#rowsFor(wordsOf(text).slice(0, MAX_WORDS_ASKED), limit)
      .map((row) => this.#sellable(this.#products.at(row), moment).item)
      .filter((item) => item.variant !== byCode?.item.variant);
    return (byCode === null ? rest : [byCode.item, ...rest]).slice(0, limit);
  }

  browse({
    category,
    offset,
    limit,
    moment,
  }: {
    readonly category: string | null;
    readonly offset: number;
    readonly limit: number;
    readonly moment: PriceMoment;
  }): { readonly tiles: readonly Tile[]; readonly total: number } {
    const products = this.#productsIn(category);
    const shown = products.slice(offset, offset + limit);
    return { tiles: shown.map((product) => this.#tile(product, moment)), total: products.length };
  }

  /** Categories by name, with how many products each has. */
  categories(): readonly { readonly name: string; readonly products: number }[] {
    return this.#products.categories().toSorted((a, b) => compareText(fold(a.name), fold(b.name)));
  }

  #bySku(code: string): VariantRow | null {
    return this.#products.rowOfCode(skuCode(code));
  }

  /** The weightiest field first: a word counts once. */
  #addWords(row: number, { title, brand }: Product, variant: Variant | undefined): void {
    this.#wordsInTitle.set(row, this.#words.add({ row, text: title, weight: WEIGHT.title }));
    if (variant !== undefined) this.#words.add({ row, text: variant.sku, weight: WEIGHT.sku });
    this.#words.add({ row, text: brand, weight: WEIGHT.brand });
    for (const text of variant?.options ?? []) this.#words.add({ row, text, weight: WEIGHT.options });
  }

  #rowsFor(words: readonly string[], limit: number): readonly number[] {
    if (words.length === 0) return [];
    const found = this.#scored(words, limit, false);
    return found.length > 0 ? found : this.#scored(words, limit, true);
  }

  #scored(words: readonly string[], limit: number, typos: boolean): readonly number[] {
    const scores = this.#words.score({ words, rows: this.#products.rows, typos });
    this.#raiseNamed(scores, words, limit);
    return topRows({ scores, limit, wanted: (row) => this.#products.isAlive(row) });
  }

  /**
   * Scores what is called just as asked, the first `limit` of it, above all that has the same words among others. Before the best are
   * taken: those others can be more than are taken.
   */
  #raiseNamed(scores: Int32Array, words: readonly string[], limit: number): void {
    const allInTitle = words.length * WEIGHT.title * QUALITY.exact;
    const asked = words.join(" ");
    let found = 0;
    for (let row = 0; row < scores.length && found < limit; row += 1) {
      if (scores[row] !== allInTitle || this.#wordsInTitle.get(row) !== words.length) continue;
      if (!this.#products.isAlive(row)) continue;
      if (wordsOf(this.#products.title(this.#products.at(row).product)).join(" ") !== asked) continue;
      scores[row] = allInTitle + 1;
      found += 1;
    }
  }

  #sellable(row: VariantRow, moment: PriceMoment): SellableItem {
    const columns = this.#products;
    const variant = columns.variantId(row.variant);
    const price = this.#priceOf(row, moment);
    const soldBy = columns.soldBy(row.product);
    return {
      taxClass: idOf<"TaxClass">(columns.taxClass(row.product)),
      links: columns.links(row.product),
      item: {
        variant,
        product: columns.productId(row.product),
        sku: columns.sku(row.row),
        gtin: columns.gtins(row.row)[0] ?? null,
        name: columns.title(row.product),
        options: [...columns.options(row.row)],
        brand: columns.brand(row.product),
        category: columns.category(row.product),
        image: columns.image(row),
        price: price?.amount ?? null,
        compareAt: price?.compareAt ?? null,
        onHand: this.#onHandOf(row),
        ...(soldBy === undefined ? {} : { soldBy }),
        ...(price?.tiers === undefined ? {} : { tiers: [...price.tiers] }),
        ...(price?.lowest30 === undefined ? {} : { lowest30: price.lowest30 }),
      },
    };
  }

  #priceOf({ variant }: VariantRow, { lists, at, currency }: PriceMoment) {
    const prices = this.#prices.of({ variant, id: this.#products.variantId(variant) });
    return priceOf({ prices, lists, at, currency });
  }

  #onHandOf({ variant }: VariantRow): number | null {
    const known = this.#stockKnown.get(variant) === 0 ? null : this.#onHand.get(variant);
    return this.#overlay.onHand(this.#products.variantId(variant), known);
  }

  #tile(product: number, moment: PriceMoment): Tile {
    const columns = this.#products;
    const rows = columns.rowsOf(product);
    const prices = rows
      .map((row) => this.#priceOf(row, moment)?.amount)
      .filter((price): price is Money => price !== undefined)
      .toSorted((a, b) => a.minor - b.minor);
    const stock = rows.map((row) => this.#onHandOf(row)).filter((level): level is number => level !== null);
    const only = rows.length === 1 ? rows[0] : undefined;
    const soldBy = columns.soldBy(product);
    return {
      product: columns.productId(product),
      name: columns.title(product),
      brand: columns.brand(product),
      category: columns.category(product),
      image: columns.productImage(product) ?? (rows[0] === undefined ? null : columns.image(rows[0])),
      priceFrom: prices[0] ?? null,
      priceVaries: prices[0]?.minor !== prices.at(-1)?.minor,
      ...(soldBy === undefined ? {} : { soldBy }),
      variants: Math.max(rows.length, 1),
      item: only === undefined ? null : this.#sellable(only, moment).item,
      onHand: stock.length === 0 ? null : stock.reduce((sum, level) => sum + level, 0),
    };
  }

  #productsIn(category: string | null): readonly number[] {
    if (this.#sorted?.category !== category || this.#sorted === null) {
      this.#sorted = { category, products: this.#sort(this.#soldIn(category)) };
    }
    return this.#sorted.products;
  }

  #soldIn(category: string | null): readonly number[] {
    const wanted = category === null ? null : this.#products.labels.find(category);
    const found: number[] = [];
    for (let product = 0; product < this.#products.products.count; product += 1) {
      if (!this.#products.isSold(product)) continue;
      if (wanted === null || this.#products.categoryNumber(product) === wanted) found.push(product);
    }
    return found;
  }

  #sort(products: readonly number[]): readonly number[] {
    if (products.length > MAX_SORTED_TILES) return products;
    return products
      .map((product) => ({ product, name: fold(this.#products.title(product)) }))
      .toSorted((a, b) => compareText(a.name, b.name) || a.product - b.product)
      .map(({ product }) => product);
  }
}

/** By code units of folded text: quick, and the same on every machine. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
