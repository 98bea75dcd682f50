import type { PriceListId, ProductId, VariantId } from "#domain/ids.ts";
import { articleCodes } from "#domain/scan/tell-apart.ts";
import type { CatalogView, Item, Tile } from "#protocol/till/catalog.ts";
import type { Clock, Journal, Replica, ServerLine, Unwatch } from "../ports.ts";
import { watchBehindTheAnswer } from "../shop/changes.ts";
import { serverNow } from "../shop/server-now.ts";
import type { Timers } from "../sync/alarm.ts";
import { CatalogIndex, type PriceMoment, type SellableItem } from "./catalog-index.ts";
import { IndexLoader } from "./index-loader.ts";
import { PriceMoments } from "./price-moments.ts";

/** Screens are told of changes at most this often, milliseconds: a first sync changes the catalogue thousands of times. */
const TELL_EVERY_MS = 250;
/** Dead rows below this are not worth a rebuild. */
const MIN_DEAD_ROWS_FOR_REBUILD = 20_000;

type Lists = readonly PriceListId[];

/**
 * What the register asks about goods. Prices and stock are those of the moment of asking by the server's clock, the till's own sales included; prices are those of the
 * store's lists where no others are named.
 */
export interface Catalog {
  /** By GTIN or SKU, bare or in a GS1 code, the first of the codes that somebody carries. While the catalogue loads it waits for the article rather than deny it. Null: not sold here. */
  byCode(code: string, ...others: readonly string[]): Promise<SellableItem | null>;
  /** Waits like `byCode`. */
  byVariant(variant: VariantId): Promise<SellableItem | null>;
  /** A variant as known right now; null when it is not (or not yet). */
  peek(variant: VariantId): Item | null;
  /** The same with what a basket line needs, at the prices of these lists. */
  pricedBy(lists: Lists, variant: VariantId): SellableItem | null;
  search(question: { readonly text: string; readonly limit: number; readonly lists?: Lists }): Item[];
  browse(page: BrowsedPage): { tiles: Tile[]; total: number };
  variants(product: ProductId, lists?: Lists): Item[];
  /** Other lists hold now: screens ask anew. */
  askAnew(): void;
  view(): CatalogView;
  watch(onChange: () => void): Unwatch;
  /** Resolves when everything that was on disk at the start is loaded. */
  readonly loaded: Promise<void>;
  close(): void;
}

export interface BrowsedPage {
  readonly category: string | null;
  readonly offset: number;
  readonly limit: number;
  readonly lists?: Lists;
}

export interface CatalogPorts {
  readonly replica: Replica;
  readonly journal: Pick<Journal, "pendingFor" | "watch">;
  readonly clock: Clock;
  readonly server: Pick<ServerLine, "clockOffsetMs">;
  readonly timers: Timers;
  /** A replica that cannot be read: the catalogue stays as far as it got. */
  readonly onTrouble: (error: unknown) => void;
}

/** Opens the catalogue over a replica and loads it in the background; it answers at once with what is loaded. */
export function openCatalog(ports: CatalogPorts): Catalog {
  return new LiveCatalog(ports);
}

class LiveCatalog implements Catalog {
  readonly #ports: CatalogPorts;
  readonly #unwatch: Unwatch[];
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Set<() => void>();
  readonly #moments: PriceMoments;
  readonly loaded: Promise<void>;
  #current: IndexLoader;
  /** The fresh index that will take the place of one full of dead rows. */
  #next: IndexLoader | null = null;
  /** Nothing more will come of the first load: it is complete, it failed or the catalogue is closed. */
  #settled = false;
  #revision = 0;
  #timer: NodeJS.Timeout | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;
  #view: CatalogView | null = null;

  constructor(ports: CatalogPorts) {
    this.#ports = ports;
    this.#current = this.#newLoader();
    this.#moments = new PriceMoments(ports, {
      nextAfter: (at) => this.#current.index.nextPriceChange(at),
      onMoment: () => this.#tell(),
    });
    const { replica, journal } = ports;
    this.#unwatch = [
      replica.watch("products", (changes) => this.#each((loader) => loader.take("products", changes))),
      replica.watch("prices", (changes) => this.#each((loader) => loader.take("prices", changes))),
      replica.watch("stock", (changes) => {
        this.#each((loader) => loader.take("stock", changes));
        // The server's stock may contain own sales before the replica says so: told once more when it does.
        this.#tellLater(TELL_EVERY_MS);
      }),
      replica.watch("settings", () => this.#progressed()),
      watchBehindTheAnswer(journal, () => this.#progressed(), ports.onTrouble),
    ];
    this.loaded = this.#load(this.#current).then(() => {
      this.#settle();
      this.#tell();
    });
  }

  byCode(...scanned: readonly string[]): Promise<SellableItem | null> {
    const codes = scanned.flatMap(articleCodes);
    return this.#whenKnown(
      () => {
        const [index, moment] = [this.#index, this.#moment()];
        return codes.reduce<SellableItem | null>((found, code) => found ?? index.byCode(code, moment), null);
      },
      async (loader) => {
        for (const code of codes) await loader.hurryCode(code);
      },
    );
  }

  byVariant(variant: VariantId): Promise<SellableItem | null> {
    return this.#whenKnown(
      () => this.#index.byVariant(variant, this.#moment()),
      (loader) => loader.hurryProductOf(variant),
    );
  }

  peek(variant: VariantId): Item | null {
    return this.#index.byVariant(variant, this.#moment())?.item ?? null;
  }

  pricedBy(lists: Lists, variant: VariantId): SellableItem | null {
    return this.#index.byVariant(variant, this.#moment(lists));
  }

  search({ lists, ...question }: Parameters<Catalog["search"]>[0]): Item[] {
    return [...this.#index.search({ ...question, moment: this.#moment(lists) })];
  }

  browse({ lists, ...page }: BrowsedPage): { tiles: Tile[]; total: number } {
    const { tiles, total } = this.#index.browse({ ...page, moment: this.#moment(lists) });
    return { tiles: [...tiles], total };
  }

  variants(product: ProductId, lists?: Lists): Item[] {
    return [...this.#index.variantsOf(product, this.#moment(lists))];
  }

  askAnew(): void {
    this.#tell();
  }

  view(): CatalogView {
    this.#view ??= {
      revision: this.#revision,
      products: this.#index.products,
      variants: this.#index.variants,
      categories: [...this.#index.categories()],
      searchReady: this.#searchReady(),
    };
    return this.#view;
  }

  watch(onChange: () => void): Unwatch {
    this.#listeners.add(onChange);
    return () => this.#listeners.delete(onChange);
  }

  close(): void {
    for (const end of this.#unwatch) end();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#moments.close();
    this.#each((loader) => loader.close());
    this.#settle();
    this.#listeners.clear();
  }

  /** Whoever does not find it yet waits anew: forgotten here and not by whoever wakes first, who would forget the others'. */
  #lookAgain(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const again of waiting) again();
  }

  #settle(): void {
    this.#settled = true;
    this.#lookAgain();
  }

  get #index(): CatalogIndex {
    const { index } = this.#current;
    // At each look: where nothing else waits than before, it is the same list.
    index.overlay(this.#ports.journal.pendingFor("stock"));
    return index;
  }

  #searchReady(): CatalogView["searchReady"] {
    if (this.#current.loaded) return "full";
    return this.#current.index.products > 0 ? "scan" : "loading";
  }

  #moment(lists?: Lists): PriceMoment {
    const settings = this.#ports.replica.settings();
    return {
      lists: lists ?? settings?.priceLists ?? [],
      at: serverNow(this.#ports),
      currency: settings?.currency,
    };
  }

  #newLoader(): IndexLoader {
    return new IndexLoader({
      index: new CatalogIndex(),
      replica: this.#ports.replica,
      onProgress: () => this.#progressed(),
    });
  }

  async #load(loader: IndexLoader): Promise<void> {
    try {
      await loader.load();
    } catch (error) {
      this.#ports.onTrouble(error);
    }
  }

  #each(act: (loader: IndexLoader) => void): void {
    act(this.#current);
    if (this.#next !== null) act(this.#next);
  }

  /** Answers once the article is there with a price, or once all is loaded and it is certain that it is not; meanwhile it is looked for on the disk. */
  async #whenKnown(
    look: () => SellableItem | null,
    hurry: (loader: IndexLoader) => Promise<void>,
  ): Promise<SellableItem | null> {
    for (let isFirst = true; ; isFirst = false) {
      const found = look();
      if (this.#settled || (found !== null && found.item.price !== null)) return found;
      if (isFirst) {
        await this.#hurried(look, hurry);
        continue;
      }
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** A plain scan of the disk, for the first customer of the morning does not wait until all is loaded. */
  async #hurried(
    look: () => SellableItem | null,
    hurry: (loader: IndexLoader) => Promise<void>,
  ): Promise<void> {
    const loader = this.#current;
    try {
      if (look() === null) await hurry(loader);
      const variant = look()?.item.variant;
      if (variant !== undefined) await loader.hurryTerms(variant);
    } catch (error) {
      this.#ports.onTrouble(error);
    }
  }

  #progressed(): void {
    this.#lookAgain();
    this.#rebuildWhenWorthwhile();
    const waitMs = this.#toldAt + TELL_EVERY_MS - performance.now();
    if (waitMs <= 0) this.#tell();
    else this.#tellLater(waitMs);
  }

  #tellLater(waitMs: number): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => this.#tell(), waitMs);
    this.#timer.unref();
  }

  #tell(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#toldAt = performance.now();
    this.#revision += 1;
    this.#view = null;
    this.#moments.told();
    for (const listener of [...this.#listeners]) listener();
  }

  #rebuildWhenWorthwhile(): void {
    const { deadRows, variants } = this.#current.index;
    if (this.#next !== null || deadRows < Math.max(MIN_DEAD_ROWS_FOR_REBUILD, variants)) return;
    const fresh = this.#newLoader();
    this.#next = fresh;
    void this.#load(fresh).then(() => {
      if (fresh.loaded) {
        this.#current.close();
        this.#current = fresh;
      }
      this.#next = null;
    });
  }
}
