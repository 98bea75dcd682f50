import { createHash } from "node:crypto";
import { setImmediate as othersTurn } from "node:timers/promises";
import type { Instant, PriceListId, StoreId } from "#domain/ids.ts";
import { CATALOGUE_SORTS, type CatalogueSort } from "#protocol/hq/catalogue.ts";
import type { Storage } from "../storage/port.ts";
import type { CatalogueWhich } from "./grid-port.ts";

export interface OrderAsk extends CatalogueWhich {
  readonly sort: CatalogueSort;
  readonly down: boolean;
}

export interface Ordered {
  /** What later windows ask by. */
  readonly order: string;
  readonly numbers: readonly number[];
}

export interface CatalogueOrders {
  /** The products that fit, in order. One that was answered before is answered again as it was, for as long as it is kept. */
  ordered(ask: OrderAsk, order?: string): Promise<Ordered>;
}

interface Kept {
  readonly ask: string;
  readonly numbers: readonly number[];
}

/** Questions whose order is kept: as many as people look at the catalogue at a time. */
const MAX_KEPT = 32;
/** Of a sort, kept for all filters. */
const MAX_SORTS = 4 * CATALOGUE_SORTS.length;
/** Sales change the stock all the time: an order by it is one of this moment anyhow. */
const STOCK_FRESH_MS = 10_000;
/** Products whose price is looked at again before others have their turn: about as many milliseconds in hundreds. */
const FRESHEN = 200;

/**
 * Orders of the whole catalogue, each read once and kept until it is another; a filter then takes its products out of one in the order that they
 * have in it. Windows of a question are slices of one answer: rows neither jump nor get lost while somebody scrolls and others edit.
 */
export function createCatalogueOrders({
  storage,
  now,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
}): CatalogueOrders {
  const kept = new Map<string, Kept>();
  const sorts = new Map<string, { readonly as: string; readonly numbers: readonly number[] }>();

  async function freshen(list: PriceListId): Promise<void> {
    const at = now();
    while ((await storage.read((tx) => tx.cataloguePricesHoldUntil(list))) <= at) {
      await storage.write((tx) => tx.freshenCataloguePrices({ list, at, limit: FRESHEN }));
      await othersTurn();
    }
  }

  async function sorted(ask: {
    readonly sort: CatalogueSort;
    readonly list: PriceListId | null;
    readonly stores: readonly StoreId[] | null;
  }): Promise<readonly number[]> {
    const { sort } = ask;
    const { change, holdUntil } = await storage.read(async (tx) => ({
      change: await tx.catalogueChange(),
      // It moves on whenever prices are looked at again, at this server or another.
      holdUntil: sort === "price" && ask.list !== null ? await tx.cataloguePricesHoldUntil(ask.list) : 0,
    }));
    const key = JSON.stringify([
      sort,
      sort === "price" ? ask.list : null,
      sort === "stock" ? ask.stores : null,
    ]);
    const moment = sort === "stock" ? Math.floor(now() / STOCK_FRESH_MS) : holdUntil;
    const as = `${change} ${moment}`;
    const known = sorts.get(key);
    if (known?.as === as) return known.numbers;
    const numbers = await storage.read((tx) => tx.catalogueOrder(ask));
    keep(sorts, { key, value: { as, numbers }, most: MAX_SORTS });
    return numbers;
  }

  return {
    async ordered(ask, order) {
      const { sort, down, list, filter } = ask;
      const question = JSON.stringify(ask);
      const before = order === undefined ? undefined : kept.get(order);
      if (order !== undefined && before?.ask === question) return { order, numbers: before.numbers };
      if (list !== null && (sort === "price" || filter.price !== undefined)) await freshen(list);
      const first = await sorted(ask);
      const all = down ? first.toReversed() : first;
      // Those without a price come last either way.
      const rest = sort === "price" ? await sorted({ ...ask, sort: "title" }) : [];
      const matches = isEverything(ask) ? null : await storage.read((tx) => tx.catalogueMatches(ask));
      const numbers = taken(sort === "price" ? [...new Set([...all, ...rest])] : all, matches);
      const made = nameOf(question, numbers);
      keep(kept, { key: made, value: { ask: question, numbers }, most: MAX_KEPT });
      return { order: made, numbers };
    },
  };
}

function isEverything({ filter }: CatalogueWhich): boolean {
  return Object.values(filter).every((asked) => asked === undefined || asked.length === 0);
}

const NAME_CHARS = 32;

/** The same order of the same question has the same name at every server: windows may be asked for at any of them. */
function nameOf(question: string, numbers: readonly number[]): string {
  return createHash("sha256")
    .update(question)
    .update(Uint32Array.from(numbers))
    .digest("hex")
    .slice(0, NAME_CHARS);
}

/** The matches, in the order that they have among all; null: all match. */
function taken(all: readonly number[], matches: readonly number[] | null): readonly number[] {
  if (matches === null) return all;
  const isIn = new Set(matches);
  return all.filter((n) => isIn.has(n));
}

/** The oldest go once there are more than so many. */
function keep<V>(
  map: Map<string, V>,
  { key, value, most }: { readonly key: string; readonly value: V; readonly most: number },
): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) return;
    map.delete(oldest);
  }
}
