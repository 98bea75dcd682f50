import { setImmediate as othersTurn } from "node:timers/promises";
import { type Instant, idOf, type PriceListId, type ProductId, type VariantId } from "#domain/ids.ts";
import {
  type Contradiction,
  type ContradictionKind,
  contradictionsOf,
  type PricedGoods,
  type PriceScene,
} from "#domain/pricing/contradictions.ts";
import { promotionClashes } from "#domain/pricing/promotion-clashes.ts";
import type { Promotion, PromotionChoice } from "#domain/promotions/promotion.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { allPromotions } from "../catalog/promotions.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { CATALOG_FEED, priceFeed } from "../sync/feeds.ts";
import type { Publisher } from "../sync/publisher.ts";
import { applyFix } from "./apply-fix.ts";
import { knownLists } from "./lists.ts";
import { pricePlaces } from "./places.ts";
import type { PricedProduct } from "./port.ts";

/** Products looked at before others get their turn. */
const PAGE = 500;
/** Where more than so many were changed since, all are looked at anew. */
const MAX_CHANGED = 5_000;

export interface CheckedPrices {
  readonly all: readonly Contradiction[];
  readonly counts: ReadonlyMap<ContradictionKind, number>;
  readonly products: number;
  readonly promotions: readonly Promotion[];
}

export interface PriceCheck {
  /** Everything that contradicts itself now. Only what changed since the last time is looked at anew. */
  run(): Promise<CheckedPrices>;
  /** Does what a finding offers; refused where it is no longer so. */
  fix(of: { readonly id: string; readonly product: ProductId | null }): Promise<Result<null, "notSo">>;
}

interface Scene extends PriceScene {
  readonly choice: PromotionChoice;
}

/** What is known from the last time, and of which state of the database. */
interface Known {
  readonly key: string;
  readonly at: Instant;
  /** Of the catalogue's feed and of each list's. */
  readonly heads: ReadonlyMap<string, number>;
  readonly found: Map<ProductId, readonly Contradiction[]>;
  readonly products: Set<ProductId>;
}

export function createPriceCheck({
  storage,
  publisher,
  now,
}: {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
}): PriceCheck {
  let known: Known | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  async function look(): Promise<CheckedPrices> {
    const at = now();
    const start = await storage.read((tx) => startOf(tx, { at, known }));
    if (known === null || start.changed === null) known = await lookAtAll(storage, start);
    else known = await lookAgain(storage, { known, start, changed: start.changed });
    return resultOf(known, start);
  }

  return {
    run() {
      // One after the other: each goes on from what the one before has found.
      const result = turn.then(look);
      turn = result.catch(() => {
        known = null;
      });
      return result;
    },

    fix: ({ id, product }) =>
      publisher.publish(async (publication) => {
        const { tx, at } = publication;
        const scene = await sceneOf(tx, at);
        const found = product === null ? await clashesOf(tx, scene) : await ofProduct(tx, product, scene);
        const finding = found.find((each) => each.id === id);
        if (finding === undefined) return refused("notSo");
        await applyFix(publication, finding.fix);
        return ok(null);
      }),
  };
}

interface Start extends Pick<Known, "key" | "at" | "heads"> {
  readonly scene: Scene;
  readonly clashes: readonly Contradiction[];
  /** Products that may be another than when they were looked at last; null: all. */
  readonly changed: ReadonlySet<ProductId> | null;
}

async function startOf(
  tx: ReadTransaction,
  { at, known }: { readonly at: Instant; readonly known: Known | null },
): Promise<Start> {
  const scene = await sceneOf(tx, at);
  const { places, rules, promotions, choice } = scene;
  const key = JSON.stringify([places, rules, promotions, choice, await tx.costsVersion()]);
  const lists = (await knownLists(tx)).map(({ id }) => id);
  const heads = new Map<string, number>();
  for (const feed of [CATALOG_FEED, ...lists.map(priceFeed)]) heads.set(feed, (await tx.feedHead(feed)).head);
  // A promotion that begins or ends counts for all goods; it does so before it begins as well.
  const hasEnded = promotions.some(
    ({ validUntil }) => validUntil !== null && known !== null && validUntil > known.at && validUntil <= at,
  );
  const isKnown = known !== null && known.key === key && !hasEnded;
  const changed = isKnown ? await changedSince(tx, { known, at, lists }) : null;
  return { key, at, heads, scene, clashes: await clashesOf(tx, scene), changed };
}

/** Null where there are too many. */
async function changedSince(
  tx: ReadTransaction,
  {
    known,
    at,
    lists,
  }: { readonly known: Known; readonly at: Instant; readonly lists: readonly PriceListId[] },
): Promise<ReadonlySet<ProductId> | null> {
  const limit = MAX_CHANGED + 1;
  const rowsOf = (feed: string, collection: "products" | "prices") =>
    tx.feedRows({ feed, collection, after: known.heads.get(feed) ?? 0, limit });
  const changed = new Set<ProductId>();
  for (const { id } of await rowsOf(CATALOG_FEED, "products")) changed.add(idOf<"Product">(id));
  const variants = new Set(await tx.variantsRepriced({ lists, from: known.at, until: at }));
  for (const list of lists)
    for (const { id } of await rowsOf(priceFeed(list), "prices"))
      for (const variant of variantsNamed(id.slice(list.length + 1))) variants.add(variant);
  if (changed.size > MAX_CHANGED || variants.size > 2 * MAX_CHANGED) return null;
  for (const variant of variants) {
    const product = await tx.productWith(variant);
    if (product !== null) changed.add(product.id);
  }
  return changed;
}

/** A price's id ends with its variant, or with variant and beginning: which of the two, the id alone does not say. */
function variantsNamed(end: string): readonly VariantId[] {
  return [end, end.replace(/:\d+$/, "")].map((text) => idOf<"Variant">(text));
}

async function lookAtAll(storage: Storage, { key, at, heads, scene }: Start): Promise<Known> {
  const known: Known = { key, at, heads, found: new Map(), products: new Set() };
  let after: ProductId | null = null;
  for (;;) {
    const page: readonly PricedProduct[] = await storage.read((tx) =>
      tx.pricedProducts({ after, which: {}, limit: PAGE }),
    );
    const last = page.at(-1);
    if (last === undefined) return known;
    after = last.product.id;
    for (const product of page) note(known, product, scene);
    await othersTurn();
  }
}

async function lookAgain(
  storage: Storage,
  {
    known: { found, products },
    start: { key, at, heads, scene },
    changed,
  }: { readonly known: Known; readonly start: Start; readonly changed: ReadonlySet<ProductId> },
): Promise<Known> {
  const known: Known = { key, at, heads, found, products };
  for (const id of changed) {
    const product = await storage.read((tx) => tx.pricedProduct(id));
    if (product !== null) note(known, product, scene);
  }
  return known;
}

function note({ found, products }: Known, product: PricedProduct, scene: Scene): void {
  const { id } = product.product;
  products.add(id);
  const contradictions = contradictionsOf(goodsOf(product), scene);
  if (contradictions.length === 0) found.delete(id);
  else found.set(id, contradictions);
}

/** Promotions first, then products in the order of their ids. */
function resultOf({ found, products }: Known, { clashes, scene }: Start): CheckedPrices {
  const byProduct = [...found].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const all = [...clashes, ...byProduct.flatMap(([, contradictions]) => contradictions)];
  const counts = new Map<ContradictionKind, number>();
  for (const { kind } of all) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return { all, counts, products: products.size, promotions: scene.promotions };
}

async function sceneOf(tx: ReadTransaction, at: Instant): Promise<Scene> {
  const [first] = await tx.stores();
  return {
    at,
    places: await pricePlaces(tx, at),
    rules: await tx.priceRules(),
    promotions: await allPromotions(tx),
    choice: first?.promotionChoice ?? "priority",
  };
}

function goodsOf({ product, prices, costs }: PricedProduct): PricedGoods {
  return { product, prices, costs: new Map(costs.map(({ variant, cost }) => [variant, cost])) };
}

async function ofProduct(
  tx: ReadTransaction,
  id: ProductId,
  scene: PriceScene,
): Promise<readonly Contradiction[]> {
  const priced = await tx.pricedProduct(id);
  return priced === null ? [] : contradictionsOf(goodsOf(priced), scene);
}

async function clashesOf(
  tx: ReadTransaction,
  { at, choice, promotions }: Scene,
): Promise<readonly Contradiction[]> {
  const categories = new Map<VariantId, string>();
  for (const { rule } of promotions)
    for (const goods of rule.kind === "bundle" ? rule.components.map((each) => each.goods) : [rule.goods])
      for (const variant of goods.kind === "variants" ? goods.variants : []) {
        const product = categories.has(variant) ? null : await tx.productWith(variant);
        if (product !== null) categories.set(variant, product.category);
      }
  return promotionClashes(promotions, {
    at,
    choice,
    categoryOf: (variant) => categories.get(variant) ?? null,
  });
}
