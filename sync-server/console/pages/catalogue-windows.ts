import type { PriceListId, ProductId } from "#domain/ids.ts";
import type { CatalogueRow, CatalogueSort, CatalogueVariant } from "#protocol/hq/catalogue.ts";
import type { ApiProblem } from "../ask.ts";
import type { CatalogueApi, CatalogueAsk } from "../catalogue-api.ts";
import type { GridRow } from "../ui/data-grid-parts.ts";
import { placeAt, rowCount, type Unfolded } from "./unfolded.ts";

export type GridProduct =
  | { readonly kind: "product"; readonly product: CatalogueRow }
  | { readonly kind: "variant"; readonly product: CatalogueRow; readonly variant: CatalogueVariant };

/** A question to the catalogue. */
export interface CatalogueQuestion {
  readonly filter: CatalogueAsk;
  readonly sort: CatalogueSort;
  readonly down: boolean;
}

/** What is written in cells, and may not be in what is read yet: what `reading` answers before something is read shows it over that. */
export interface WrittenCells {
  reading(): () => void;
}

const WINDOW = 100;
/** Windows asked for at a time: the newest wish first, so that what was scrolled past waits for nothing. */
const MAX_ASKED = 2;
/** Windows that are kept; those furthest away go first. */
const MAX_KEPT = 60;

/** The windows of one question as they come in, and what is unfolded in them. Answers to an earlier question are dropped with it. */
export class CatalogueWindows {
  readonly #api: CatalogueApi;
  readonly #question: CatalogueQuestion;
  readonly #listener: () => void;
  readonly #written: WrittenCells;
  readonly #windows = new Map<number, readonly CatalogueRow[]>();
  readonly #asked = new Set<number>();
  readonly #variants = new Map<number, readonly CatalogueVariant[]>();
  readonly #variantsAsked = new Set<number>();
  #unfolded: Unfolded = new Map();
  #wanted: readonly [number, number] = [0, 0];
  #order: string | null = null;
  #isOver = false;
  #total: number | null = null;
  #list: PriceListId | null = null;
  #problem: ApiProblem | null = null;

  constructor(api: CatalogueApi, question: CatalogueQuestion, written: WrittenCells, listener: () => void) {
    this.#api = api;
    this.#question = question;
    this.#written = written;
    this.#listener = listener;
  }

  /** Products that fit; null: not known yet. */
  get total(): number | null {
    return this.#total;
  }

  get list(): PriceListId | null {
    return this.#list;
  }

  /** Of any product that is here. */
  get handle(): string | null {
    return [...this.#windows.values()][0]?.[0]?.handle ?? null;
  }

  get problem(): ApiProblem | null {
    return this.#problem;
  }

  get rows(): number {
    return this.#total === null ? 0 : rowCount(this.#total, this.#unfolded);
  }

  rowAt(at: number): GridRow<GridProduct> | null {
    const place = placeAt(at, this.#unfolded);
    const product = this.#productAt(place.product);
    if (product === null) return null;
    if (place.variant === -1)
      return {
        key: product.product,
        row: { kind: "product", product },
        level: 1,
        isOpen: product.variants > 1 ? this.#variants.has(place.product) : null,
        isSelectable: true,
      };
    const variant = this.#variants.get(place.product)?.[place.variant];
    if (variant === undefined) return null;
    const row = { kind: "variant" as const, product, variant };
    return { key: `${product.product} ${variant.variant}`, row, level: 2, isOpen: null, isSelectable: false };
  }

  /** Somebody looks at it: its beginning is asked for. */
  open(): void {
    this.#isOver = false;
    this.#askNext();
  }

  /** Asks for what is not here of these rows, and a little before and after. */
  want(first: number, last: number): void {
    const unfolded = this.#unfolded;
    this.#wanted = [placeAt(first, unfolded).product, placeAt(last, unfolded).product];
    this.#askNext();
  }

  /** Reads again what is seen, unless it is being read. */
  async refresh(): Promise<void> {
    const [from, until] = this.#wanted;
    const [first, last] = this.#wanted.map((at) => Math.floor(at / WINDOW));
    for (let window = first ?? 0; window <= (last ?? 0); window += 1)
      if (!this.#asked.has(window)) await this.#ask(window);
    for (const at of [...this.#variants.keys()])
      if (at >= from && at <= until && !this.#variantsAsked.has(at)) await this.#readVariantsAgain(at);
  }

  /** Shows the variants of a row's product beneath it, or no longer. */
  async toggle(row: number): Promise<void> {
    const { product: at } = placeAt(row, this.#unfolded);
    const product = this.#productAt(at);
    if (product === null) return;
    if (!this.#variants.delete(at)) await this.#readVariants(at, product.product);
    this.#tell();
  }

  /** Shows a product as it is to be, until it is read again. */
  show(id: ProductId, change: (product: CatalogueRow) => CatalogueRow): void {
    for (const [window, rows] of this.#windows)
      if (rows.some(({ product }) => product === id))
        this.#windows.set(
          window,
          rows.map((row) => (row.product === id ? change(row) : row)),
        );
    this.#tell();
  }

  showVariant(id: string, change: (variant: CatalogueVariant) => CatalogueVariant): void {
    for (const [at, variants] of this.#variants)
      this.#variants.set(
        at,
        variants.map((each) => (each.variant === id ? change(each) : each)),
      );
    this.#tell();
  }

  /** Nobody looks at it any more: answers that are still to come are dropped. */
  close(): void {
    this.#isOver = true;
  }

  #productAt(at: number): CatalogueRow | null {
    return this.#windows.get(Math.floor(at / WINDOW))?.[at % WINDOW] ?? null;
  }

  #tell(): void {
    this.#unfolded = new Map([...this.#variants].map(([at, variants]) => [at, variants.length]));
    this.#listener();
  }

  #askNext(): void {
    const [first, last] = this.#wanted.map((at) => Math.floor(at / WINDOW));
    for (let window = first ?? 0; window <= (last ?? 0); window += 1) {
      if (this.#asked.size >= MAX_ASKED) return;
      if (this.#windows.has(window) || this.#asked.has(window)) continue;
      if (this.#total !== null && window * WINDOW >= this.#total) return;
      void this.#ask(window);
    }
  }

  async #ask(window: number): Promise<void> {
    this.#asked.add(window);
    const showWritten = this.#written.reading();
    const { filter, sort, down } = this.#question;
    const before = this.#order;
    const answer = await this.#api.window(filter, {
      sort,
      down,
      offset: window * WINDOW,
      limit: WINDOW,
      order: before,
    });
    this.#asked.delete(window);
    if (this.#isOver) return;
    this.#problem = answer.ok ? null : answer.reason;
    if (answer.ok) {
      const { rows, total, order, list } = answer.value;
      // Another order: what is here stands in places of the one before.
      if (before !== null && order !== before) this.#forget();
      this.#order = order;
      this.#total = total;
      this.#list = list;
      this.#windows.set(window, rows);
      this.#forgetFarthest(window);
      showWritten();
    }
    this.#tell();
    if (answer.ok) this.#askNext();
  }

  #forget(): void {
    this.#windows.clear();
    this.#variants.clear();
  }

  #forgetFarthest(from: number): void {
    while (this.#windows.size > MAX_KEPT) {
      const far = [...this.#windows.keys()].reduce((one, other) =>
        Math.abs(other - from) > Math.abs(one - from) ? other : one,
      );
      this.#windows.delete(far);
    }
  }

  async #readVariantsAgain(at: number): Promise<void> {
    const product = this.#productAt(at)?.product;
    const isUnfolded = () => this.#variants.has(at) && this.#productAt(at)?.product === product;
    if (this.#isOver || product === undefined || !isUnfolded()) return;
    this.#variantsAsked.add(at);
    await this.#readVariants(at, product, isUnfolded);
    this.#variantsAsked.delete(at);
    if (!this.#isOver) this.#tell();
  }

  /** `isWanted`: whether its answer is, once it is here. */
  async #readVariants(at: number, product: ProductId, isWanted = () => true): Promise<void> {
    const showWritten = this.#written.reading();
    const answer = await this.#api.variants(product, this.#list);
    if (this.#isOver || !isWanted()) return;
    this.#problem = answer.ok ? null : answer.reason;
    if (!answer.ok) return;
    this.#variants.set(at, answer.value.variants);
    showWritten();
  }
}
