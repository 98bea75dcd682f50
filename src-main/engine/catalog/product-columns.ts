import { Buffer } from "node:buffer";
import { type Gtin, type ImageHash, idOf, type ProductId, type Sku, type VariantId } from "#domain/ids.ts";
import { gtinKey } from "#domain/product/gtin.ts";
import type { Product, ProductLink, Variant } from "#domain/product/product.ts";
import { fold } from "#domain/text/fold.ts";
import { bytes, integers, naturals } from "./column.ts";
import { Names } from "./names.ts";
import type { TextArena } from "./text-arena.ts";

const BETWEEN = "\u001f";
const NO_IMAGE = 0;
const NONE = -1;
/** How a product is sold, as its column has it: most are sold by the piece, which costs nothing. */
const SOLD_BY = [undefined, "weight", "openPrice"] as const;
const LINK_KINDS = ["deposit", "levy", "bag"] as const;

/** What a scanner or a person may name a variant by, as it is looked up. */
export function gtinCode(gtin: Gtin): string {
  return `g${gtinKey(gtin)}`;
}
export function skuCode(sku: string): string {
  return `s${fold(sku.trim())}`;
}

/** A variant as the columns keep it; `row` is where, and changes whenever its product does. */
export interface VariantRow {
  readonly row: number;
  readonly product: number;
  readonly variant: number;
}

/**
 * The sellable products and their variants in columns. A changed product gets new rows at the end and its old ones
 * die, so that what points at rows (codes, words) is only ever added to; `deadRows` says when a rebuild pays.
 */
export class ProductColumns {
  readonly #arena: TextArena;
  readonly products: Names;
  readonly variants: Names;
  readonly codes: Names;
  readonly labels: Names;

  readonly #title = naturals();
  readonly #brand = integers();
  readonly #category = integers();
  readonly #taxClass = integers();
  readonly #productImage = naturals();
  readonly #soldBy = bytes();
  /** Kind and variant of what is charged with each piece, in turn. */
  readonly #links = naturals();
  readonly #firstRow = integers(NONE);
  readonly #rowCount = integers();

  readonly #rowProduct = integers();
  readonly #rowVariant = integers();
  readonly #rowSku = naturals();
  readonly #rowGtins = naturals();
  readonly #rowOptions = naturals();
  readonly #rowImage = naturals();
  readonly #alive = bytes();
  /** Variant -> its living row. */
  readonly #rowOf = integers(NONE);
  /** Code -> newest entry, entry -> the one before: several variants may carry one code. */
  readonly #codeHead = integers(NONE);
  readonly #codeNext = integers(NONE);
  readonly #codeRow = integers();
  readonly #perCategory = integers();

  #entries = 0;
  #rows = 0;
  #liveRows = 0;
  #liveProducts = 0;

  constructor(arena: TextArena) {
    this.#arena = arena;
    // Place 0 of the arena is the empty text: columns begin as zeros.
    if (arena.size === 0) arena.add("");
    this.products = new Names(arena);
    this.variants = new Names(arena);
    this.codes = new Names(arena);
    this.labels = new Names(arena);
  }

  get rows(): number {
    return this.#rows;
  }
  get deadRows(): number {
    return this.#rows - this.#liveRows;
  }
  get liveProducts(): number {
    return this.#liveProducts;
  }
  get liveVariants(): number {
    return this.#liveRows;
  }

  /** Takes a product's newest version; answers its new rows, none when nothing that shows has changed. */
  put(document: Product): readonly VariantRow[] {
    const product = this.products.add(document.id);
    if (this.#showsTheSame(product, document)) return [];
    this.#retire(product);
    if (document.status !== "active" || document.variants.length === 0) return [];
    this.#title.set(product, this.#arena.add(document.title));
    this.#brand.set(product, this.labels.add(document.brand));
    this.#category.set(product, this.labels.add(document.category));
    this.#taxClass.set(product, this.labels.add(document.taxClass));
    this.#productImage.set(product, this.#keepImage(document.image));
    this.#soldBy.set(product, SOLD_BY.indexOf(document.soldBy));
    this.#links.set(product, this.#keepParts(linkParts(document)));
    this.#firstRow.set(product, this.#rows);
    this.#rowCount.set(product, document.variants.length);
    this.#liveProducts += 1;
    const category = this.#category.get(product);
    this.#perCategory.set(category, this.#perCategory.get(category) + 1);
    return document.variants.map((variant) => this.#addRow(product, variant));
  }

  remove(id: string): void {
    const product = this.products.find(id);
    if (product !== NONE) this.#retire(product);
  }

  isAlive(row: number): boolean {
    return this.#alive.get(row) === 1;
  }

  /** The living row of a variant; null when it is not sold here. */
  rowOfVariant(variant: number): VariantRow | null {
    const row = variant === NONE ? NONE : this.#rowOf.get(variant);
    return row === NONE ? null : this.at(row);
  }

  at(row: number): VariantRow {
    return { row, product: this.#rowProduct.get(row), variant: this.#rowVariant.get(row) };
  }

  /** Rows of a product in the order of its variants; empty when it is not sold. */
  rowsOf(product: number): readonly VariantRow[] {
    const first = product === NONE ? NONE : this.#firstRow.get(product);
    if (first === NONE) return [];
    // A variant that has moved to another product meanwhile is dead here.
    return Array.from({ length: this.#rowCount.get(product) }, (_, index) => this.at(first + index)).filter(
      ({ row }) => this.isAlive(row),
    );
  }

  isSold(product: number): boolean {
    return this.#firstRow.get(product) !== NONE;
  }

  /** The row a code names. Where several variants carry it, the one with the smallest id, which is the oldest. */
  rowOfCode(code: string): VariantRow | null {
    const name = this.codes.find(code);
    let best: VariantRow | null = null;
    let bestId = "";
    for (let entry = name === NONE ? NONE : this.#codeHead.get(name); entry !== NONE; ) {
      const row = this.#codeRow.get(entry);
      if (this.isAlive(row)) {
        const found = this.at(row);
        const id = this.variants.text(found.variant);
        if (best === null || id < bestId) {
          best = found;
          bestId = id;
        }
      }
      entry = this.#codeNext.get(entry);
    }
    return best;
  }

  productId(product: number): ProductId {
    return idOf<"Product">(this.products.text(product));
  }
  variantId(variant: number): VariantId {
    return idOf<"Variant">(this.variants.text(variant));
  }
  title(product: number): string {
    return this.#arena.text(this.#title.get(product));
  }
  brand(product: number): string {
    return this.labels.text(this.#brand.get(product));
  }
  category(product: number): string {
    return this.labels.text(this.#category.get(product));
  }
  /** Number of a category's name, to compare without making strings. */
  categoryNumber(product: number): number {
    return this.#category.get(product);
  }
  taxClass(product: number): string {
    return this.labels.text(this.#taxClass.get(product));
  }
  /** Undefined: by the piece. */
  soldBy(product: number): Product["soldBy"] {
    return SOLD_BY[this.#soldBy.get(product)];
  }
  links(product: number): readonly ProductLink[] {
    const texts = parts(this.#arena.text(this.#links.get(product)));
    return texts.flatMap((text) => {
      const kind = LINK_KINDS[Number(text[0])];
      return kind === undefined ? [] : [{ kind, variant: idOf<"Variant">(text.slice(1)) }];
    });
  }
  sku(row: number): Sku {
    return idOf<"Sku">(this.#arena.text(this.#rowSku.get(row)));
  }
  gtins(row: number): readonly Gtin[] {
    return parts(this.#arena.text(this.#rowGtins.get(row))).map((gtin) => idOf<"Gtin">(gtin));
  }
  options(row: number): readonly string[] {
    return parts(this.#arena.text(this.#rowOptions.get(row)));
  }
  /** The variant's own picture, else its product's. */
  image({ row, product }: VariantRow): ImageHash | null {
    return this.#imageAt(this.#rowImage.get(row)) ?? this.productImage(product);
  }
  productImage(product: number): ImageHash | null {
    return this.#imageAt(this.#productImage.get(product));
  }

  /** Every category with products, and how many. */
  categories(): readonly { readonly name: string; readonly products: number }[] {
    const found: { name: string; products: number }[] = [];
    for (let label = 0; label < this.labels.count; label += 1) {
      const products = this.#perCategory.get(label);
      if (products > 0) found.push({ name: this.labels.text(label), products });
    }
    return found;
  }

  #addRow(product: number, document: Variant): VariantRow {
    const row = this.#rows;
    const variant = this.variants.add(document.id);
    this.#rows += 1;
    this.#rowProduct.set(row, product);
    this.#rowVariant.set(row, variant);
    this.#rowSku.set(row, this.#arena.add(document.sku));
    this.#rowGtins.set(row, this.#keepParts(document.gtins));
    this.#rowOptions.set(row, this.#keepParts(document.options));
    this.#rowImage.set(row, this.#keepImage(document.image));
    const before = this.#rowOf.get(variant);
    if (before !== NONE) this.#kill(before);
    this.#rowOf.set(variant, row);
    this.#alive.set(row, 1);
    this.#liveRows += 1;
    this.#addCode(skuCode(document.sku), row);
    for (const gtin of document.gtins) this.#addCode(gtinCode(gtin), row);
    return { row, product, variant };
  }

  #addCode(code: string, row: number): void {
    const name = this.codes.add(code);
    this.#codeRow.set(this.#entries, row);
    this.#codeNext.set(this.#entries, this.#codeHead.get(name));
    this.#codeHead.set(name, this.#entries);
    this.#entries += 1;
  }

  #retire(product: number): void {
    if (!this.isSold(product)) return;
    for (const { row, variant } of this.rowsOf(product)) {
      this.#kill(row);
      this.#rowOf.set(variant, NONE);
    }
    this.#firstRow.set(product, NONE);
    this.#liveProducts -= 1;
    const category = this.#category.get(product);
    this.#perCategory.set(category, this.#perCategory.get(category) - 1);
  }

  #kill(row: number): void {
    this.#alive.set(row, 0);
    this.#liveRows -= 1;
  }

  #showsTheSame(product: number, document: Product): boolean {
    if (!this.isSold(product) || document.status !== "active") return false;
    const rows = this.rowsOf(product);
    return (
      rows.length === document.variants.length &&
      this.title(product) === document.title &&
      this.brand(product) === document.brand &&
      this.category(product) === document.category &&
      this.taxClass(product) === document.taxClass &&
      this.soldBy(product) === document.soldBy &&
      this.#arena.text(this.#links.get(product)) === joined(linkParts(document)) &&
      this.productImage(product) === document.image &&
      rows.every((row, index) => this.#variantShowsTheSame(row, document.variants[index]))
    );
  }

  #variantShowsTheSame({ row, variant }: VariantRow, document: Variant | undefined): boolean {
    return (
      document !== undefined &&
      this.variantId(variant) === document.id &&
      this.sku(row) === document.sku &&
      this.#imageAt(this.#rowImage.get(row)) === document.image &&
      this.#arena.text(this.#rowGtins.get(row)) === joined(document.gtins) &&
      this.#arena.text(this.#rowOptions.get(row)) === joined(document.options)
    );
  }

  #keepParts(texts: readonly string[]): number {
    return texts.length === 0 ? 0 : this.#arena.add(joined(texts));
  }

  /** Hashes are kept as their 32 bytes instead of 64 characters. */
  #keepImage(image: ImageHash | null): number {
    return image === null ? NO_IMAGE : this.#arena.addBytes(Buffer.from(image, "hex"));
  }

  #imageAt(place: number): ImageHash | null {
    if (place === NO_IMAGE) return null;
    const { chunk, start, length } = this.#arena.bytesAt(place);
    return idOf<"ImageHash">(chunk.toString("hex", start, start + length));
  }
}

function linkParts({ links = [] }: Product): readonly string[] {
  return links.map(({ kind, variant }) => `${LINK_KINDS.indexOf(kind)}${variant}`);
}

/** A list with one empty text is told from an empty list by a separator at the end. */
function joined(texts: readonly string[]): string {
  return texts.length === 0 ? "" : texts.join(BETWEEN) + BETWEEN;
}

function parts(text: string): readonly string[] {
  return text === "" ? [] : text.slice(0, -BETWEEN.length).split(BETWEEN);
}
