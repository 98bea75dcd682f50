import { createHash, type Hash } from "node:crypto";
import { setImmediate as othersTurn } from "node:timers/promises";
import { type Instant, instant, type ProductId } from "#domain/ids.ts";
import { isReduction } from "#domain/pricing/price-history.ts";
import { priceOf } from "#domain/pricing/price-of.ts";
import { leastPriceFor, type PricePlace, taxPpmAt } from "#domain/pricing/price-place.ts";
import { changedPrice } from "#domain/pricing/price-rule.ts";
import type { Price, Product } from "#domain/product/product.ts";
import { articleName } from "#domain/product/variant-label.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type BulkAnswer, type BulkRequest, MAX_BULK_SAMPLES } from "#protocol/hq/prices.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { knownLists, timeZoneOfList } from "./lists.ts";
import { pricePlaces } from "./places.ts";
import type { PricedProduct } from "./port.ts";
import { seqOfList, validityOf } from "./save-prices.ts";

const PAGE = 100;
const MINUTE_MS = 60_000;

export type BulkRefusal =
  | "unknownList"
  | "otherCurrency"
  | "noSuchTime"
  | "endsBeforeItBegins"
  | "alreadyOver";

/** Takes back what was written before it was known that it is not what was seen. */
class SeenOtherwise extends Error {}

interface Changed {
  readonly product: ProductId;
  readonly price: Price;
  readonly from: Price;
  /** What its list asks for it now, if it does. */
  readonly over: Price | null;
  readonly sku: BulkAnswer["samples"][number]["sku"];
  readonly name: string;
  readonly belowCost: boolean;
}

/**
 * Changes many prices by one rule, all in one transaction or none; tills and colleagues read meanwhile. `dryRun` writes nothing and tells the same. What
 * was looked at is done once: asked again, or once others changed a price of it, it would be another change, and is refused.
 */
export async function changeInBulk(
  request: BulkRequest,
  {
    storage,
    publisher,
    now,
  }: { readonly storage: Storage; readonly publisher: Publisher; readonly now: () => Instant },
): Promise<Result<BulkAnswer, BulkRefusal | "changedMeanwhile">> {
  if (request.dryRun) return storage.read((tx) => eachPage(request, { tx, at: now(), publication: null }));
  try {
    return await publisher.publish(async (publication) => {
      const { tx, at } = publication;
      const done = await eachPage(request, { tx, at, publication });
      if (!done.ok) return done;
      if (request.seen !== undefined && request.seen !== done.value.seen) throw new SeenOtherwise();
      return ok({ ...done.value, seq: await seqOfList(tx, request.to ?? request.from) });
    });
  } catch (error) {
    if (error instanceof SeenOtherwise) return refused("changedMeanwhile");
    throw error;
  }
}

/** The same for some products, within a transaction: only told where `publication` is null. */
export function changeSomeInBulk(
  request: BulkRequest,
  ids: readonly ProductId[],
  within: {
    readonly tx: ReadTransaction;
    readonly at: Instant;
    readonly publication: Publication | null;
    /** Writes a price, where that is to be done otherwise. */
    readonly put?: (price: Price, product: ProductId) => Promise<void>;
  },
): Promise<Result<BulkAnswer, BulkRefusal>> {
  return eachPage(request, { ...within, ids });
}

async function eachPage(
  request: BulkRequest,
  {
    tx,
    at,
    publication,
    ids,
    put,
  }: {
    readonly tx: ReadTransaction;
    readonly at: Instant;
    /** Null: nothing is written. */
    readonly publication: Publication | null;
    readonly ids?: readonly ProductId[];
    readonly put?: (price: Price, product: ProductId) => Promise<void>;
  },
): Promise<Result<BulkAnswer, BulkRefusal>> {
  const context = await contextOf(tx, request, at);
  if (!context.ok) return context;
  const seen = createHash("sha256");
  let answer: BulkAnswer = {
    dryRun: request.dryRun,
    seen: "",
    seq: null,
    changed: 0,
    unchanged: 0,
    belowCost: 0,
    samples: [],
  };
  let after: ProductId | null = null;
  for (;;) {
    const page: readonly PricedProduct[] = await tx.pricedProducts({
      after,
      which: { ...context.value.which, ...(ids === undefined ? {} : { ids }) },
      limit: PAGE,
    });
    const last = page.at(-1);
    if (last === undefined) return ok({ ...answer, seen: seen.digest("hex") });
    after = last.product.id;
    const made = page.map((product) => changesOf(product, request, context.value));
    const changes = made.flatMap(({ changed }) => changed);
    see(seen, changes);
    if (publication !== null)
      for (const { price, product } of changes)
        await (put === undefined ? publication.putPrice(price) : put(price, product));
    answer = withPage(
      answer,
      changes,
      made.reduce((sum, { unchanged }) => sum + unchanged, 0),
    );
    await othersTurn();
  }
}

function see(seen: Hash, changes: readonly Changed[]): void {
  // Not from when it holds: what begins now begins later when it is asked again.
  for (const { from, over, price } of changes)
    seen.update(
      `${JSON.stringify([price.variant, from, over, price.amount, price.compareAt, price.tiers])}\n`,
    );
}

interface BulkContext {
  readonly at: Instant;
  readonly validity: Pick<Price, "validFrom" | "validTo">;
  readonly place: PricePlace | null;
  readonly which: Parameters<ReadTransaction["pricedProducts"]>[0]["which"];
}

async function contextOf(
  tx: ReadTransaction,
  { from, to = from, validFrom, validTo, search, category }: BulkRequest,
  at: Instant,
): Promise<Result<BulkContext, BulkRefusal>> {
  const lists = await knownLists(tx);
  const [source, target] = [from, to].map((wanted) => lists.find(({ id }) => id === wanted));
  if (source === undefined || target === undefined) return refused("unknownList");
  if (source.currency !== target.currency) return refused("otherCurrency");
  const stores = await tx.stores();
  const validity = validityOf({ validFrom, validTo }, { timeZone: timeZoneOfList(stores, to), at });
  if (!validity.ok) return validity;
  const places = await pricePlaces(tx, at);
  return ok({
    at,
    validity: fromNowOn(validity.value, at),
    place: places.find((place) => place.lists.includes(to)) ?? places[0] ?? null,
    which: { list: from, text: search, ...(category === null ? {} : { category }) },
  });
}

/** What is to end again is a price of its own from this minute on: the usual one holds after it. */
function fromNowOn(validity: BulkContext["validity"], at: Instant): BulkContext["validity"] {
  if (validity.validFrom !== null || validity.validTo === null) return validity;
  return { ...validity, validFrom: instant(at - (at % MINUTE_MS)) };
}

function changesOf(
  { product, prices, costs }: PricedProduct,
  { from, to = from, asReduction, change, rounding }: BulkRequest,
  { at, validity, place }: BulkContext,
): { readonly changed: readonly Changed[]; readonly unchanged: number } {
  const changed: Changed[] = [];
  let unchanged = 0;
  for (const variant of product.variants) {
    const own = prices.filter((price) => price.variant === variant.id);
    const before = priceOf({ prices: own, lists: [from], at });
    if (before === null) continue;
    const amount = changedPrice(before.amount, { change, rounding });
    const isSame = from === to && amount.minor === before.amount.minor;
    if (isSame) {
      unchanged += 1;
      continue;
    }
    const usual = asReduction ? usualOf(before) : null;
    // What got dearer is no reduction.
    const compareAt = usual !== null && usual.minor > amount.minor ? usual : null;
    const price: Price = {
      list: to,
      variant: variant.id,
      amount,
      compareAt,
      ...(validity.validFrom === null ? placeOfNow({ prices: own, list: to, at }) : validity),
      ...(before.tiers === undefined
        ? {}
        : {
            tiers: before.tiers.map((tier) => ({
              ...tier,
              amount: changedPrice(tier.amount, { change, rounding }),
            })),
          }),
    };
    const cost = costs.find((each) => each.variant === variant.id)?.cost ?? null;
    changed.push({
      product: product.id,
      price,
      from: before,
      over: from === to ? before : priceOf({ prices: own, lists: [to], at }),
      sku: variant.sku,
      name: articleName(product, variant.options),
      belowCost: cost !== null && place !== null && isBelow(price, { cost, place, product }),
    });
  }
  return { changed, unchanged };
}

/** In the place of the price that holds now, or else the change would be covered by it. */
function placeOfNow({
  prices,
  list,
  at,
}: {
  readonly prices: readonly Price[];
  readonly list: Price["list"];
  readonly at: Instant;
}): Pick<Price, "validFrom" | "validTo"> {
  const held = priceOf({ prices, lists: [list], at });
  return { validFrom: held?.validFrom ?? null, validTo: held?.validTo ?? null };
}

/** Of a price that is reduced already, the one that it was before. */
function usualOf(price: Price): Price["compareAt"] {
  return isReduction(price) ? price.compareAt : price.amount;
}

function isBelow(
  { amount }: Price,
  {
    cost,
    place,
    product,
  }: { readonly cost: Price["amount"]; readonly place: PricePlace; readonly product: Product },
): boolean {
  if (cost.currency !== amount.currency) return false;
  return amount.minor < leastPriceFor(cost, place, taxPpmAt(place, product.taxClass) ?? 0).minor;
}

function withPage(answer: BulkAnswer, changes: readonly Changed[], unchanged: number): BulkAnswer {
  const room = MAX_BULK_SAMPLES - answer.samples.length;
  return {
    ...answer,
    changed: answer.changed + changes.length,
    unchanged: answer.unchanged + unchanged,
    belowCost: answer.belowCost + changes.filter(({ belowCost }) => belowCost).length,
    samples: [
      ...answer.samples,
      ...changes.slice(0, room).map(({ sku, name, from, price, belowCost }) => ({
        sku,
        name,
        from: from.amount,
        to: price.amount,
        belowCost,
      })),
    ],
  };
}
