import { setImmediate as othersTurn } from "node:timers/promises";
import type { Instant, ProductId, VariantId } from "#domain/ids.ts";
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
import { promotionSchema } from "#protocol/documents/promotion.ts";
import { MAX_PROMOTIONS } from "#protocol/hq/promotions.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { CATALOG_FEED, PROMOTIONS_FEED, priceFeed } from "../sync/feeds.ts";
import type { Publisher } from "../sync/publisher.ts";
import { applyFix } from "./apply-fix.ts";
import { knownLists } from "./lists.ts";
import { pricePlaces } from "./places.ts";
import type { PricedProduct } from "./port.ts";

/** Products looked at before others get their turn. */
const PAGE = 500;
/** So long an answer counts as fresh where nothing was changed: planned prices begin in the meantime. */
const FRESH_MS = 60_000;

export interface CheckedPrices {
  readonly all: readonly Contradiction[];
  readonly counts: ReadonlyMap<ContradictionKind, number>;
  readonly products: number;
  readonly promotions: readonly Promotion[];
}

export interface PriceCheck {
  /** Everything that contradicts itself now. Looked for anew where something was changed since, or a minute has passed. */
  run(): Promise<CheckedPrices>;
  /** Does what a finding offers; refused where it is no longer so. */
  fix(of: { readonly id: string; readonly product: ProductId | null }): Promise<Result<null, "notSo">>;
}

interface Scene extends PriceScene {
  readonly choice: PromotionChoice;
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
  let last: { readonly key: string; readonly at: Instant; readonly result: Promise<CheckedPrices> } | null =
    null;
  return {
    async run() {
      const at = now();
      const key = await storage.read(stateOf);
      if (last !== null && last.key === key && at - last.at < FRESH_MS) return last.result;
      const result = lookAtAll(storage, at);
      last = { key, at, result };
      // What failed is looked for again by the next who asks.
      result.catch(() => {
        last = null;
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

/** What an answer depends on, save time. */
async function stateOf(tx: ReadTransaction): Promise<string> {
  const feeds = [CATALOG_FEED, PROMOTIONS_FEED, ...(await knownLists(tx)).map(({ id }) => priceFeed(id))];
  const heads: string[] = [];
  for (const feed of feeds) heads.push(`${feed}@${(await tx.feedHead(feed)).head}`);
  return JSON.stringify([heads, await pricePlaces(tx), await tx.priceRules(), await tx.costsVersion()]);
}

async function sceneOf(tx: ReadTransaction, at: Instant): Promise<Scene> {
  const [first] = await tx.stores();
  const found = await tx.liveDocuments({
    feed: PROMOTIONS_FEED,
    collection: "promotions",
    after: "",
    limit: MAX_PROMOTIONS,
  });
  return {
    at,
    places: await pricePlaces(tx),
    rules: await tx.priceRules(),
    promotions: found.map(({ data }) => promotionSchema.parse(JSON.parse(data))),
    choice: first?.promotionChoice ?? "priority",
  };
}

async function lookAtAll(storage: Storage, at: Instant): Promise<CheckedPrices> {
  const { scene, clashes } = await storage.read(async (tx) => {
    const read = await sceneOf(tx, at);
    return { scene: read, clashes: await clashesOf(tx, read) };
  });
  const all: Contradiction[] = [...clashes];
  let after: ProductId | null = null;
  let products = 0;
  for (;;) {
    const page: readonly PricedProduct[] = await storage.read((tx) =>
      tx.pricedProducts({ after, which: {}, limit: PAGE }),
    );
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.product.id;
    products += page.length;
    for (const product of page) all.push(...contradictionsOf(goodsOf(product), scene));
    await othersTurn();
  }
  const counts = new Map<ContradictionKind, number>();
  for (const { kind } of all) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return { all, counts, products, promotions: scene.promotions };
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
