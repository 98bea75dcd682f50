import type { Instant, PriceListId, Sku, VariantId } from "#domain/ids.ts";
import type { Price } from "#domain/product/product.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { instantOfLocalTime } from "#domain/store/local-time.ts";
import type { PriceWish } from "#protocol/hq/prices.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { priceFeed } from "../sync/feeds.ts";
import type { Publication } from "../sync/publisher.ts";
import { knownLists, timeZoneOfList } from "./lists.ts";

export type PriceTrouble =
  | "unknownSku"
  | "unknownList"
  | "wrongCurrency"
  | "negative"
  | "noSuchTime"
  | "endsBeforeItBegins"
  | "alreadyOver"
  | "tiersOutOfOrder"
  | "twice";

/** Why nothing was saved, and because of which SKU and list. */
export interface PriceRefusal {
  readonly trouble: PriceTrouble;
  readonly sku: Sku;
  readonly list: PriceListId;
}

/** The moments between which a price holds, as said in a time zone's clocks. */
export function validityOf(
  { validFrom, validTo }: { readonly validFrom: string | null; readonly validTo: string | null },
  { timeZone, at }: { readonly timeZone: string; readonly at: Instant },
): Result<Pick<Price, "validFrom" | "validTo">, "noSuchTime" | "endsBeforeItBegins" | "alreadyOver"> {
  const read = (text: string | null) => (text === null ? null : instantOfLocalTime({ text, timeZone }));
  const [from, to] = [read(validFrom), read(validTo)];
  if ((from === null) !== (validFrom === null) || (to === null) !== (validTo === null))
    return refused("noSuchTime");
  if (to !== null && to <= (from ?? 0)) return refused("endsBeforeItBegins");
  if (to !== null && to <= at) return refused("alreadyOver");
  return ok({ validFrom: from, validTo: to });
}

/** Saves all these prices, or none and says why not. */
export async function savePrices(
  publication: Publication,
  wishes: readonly PriceWish[],
): Promise<Result<number, PriceRefusal>> {
  const { tx, at } = publication;
  const context = {
    tx,
    at,
    lists: new Map((await knownLists(tx)).map((list) => [list.id, list.currency])),
    stores: await tx.stores(),
  };
  const prices = new Map<string, Price>();
  for (const wish of wishes) {
    const { sku, list } = wish;
    const read = await readWish(wish, context);
    if (!read.ok) return refused({ trouble: read.reason, sku, list });
    const key = `${list}:${read.value.variant}:${read.value.validFrom ?? ""}`;
    if (prices.has(key)) return refused({ trouble: "twice", sku, list });
    prices.set(key, read.value);
  }
  for (const price of prices.values()) await publication.putPrice(price);
  return ok(prices.size);
}

async function readWish(
  { sku, list, amount, compareAt, validFrom, validTo, tiers }: PriceWish,
  {
    tx,
    at,
    lists,
    stores,
  }: {
    readonly tx: ReadTransaction;
    readonly at: Instant;
    readonly lists: ReadonlyMap<PriceListId, string>;
    readonly stores: Parameters<typeof timeZoneOfList>[0];
  },
): Promise<Result<Price, PriceTrouble>> {
  const owner = await tx.variantBySku(sku);
  if (owner === null) return refused("unknownSku");
  const currency = lists.get(list);
  if (currency === undefined) return refused("unknownList");
  const amounts = [amount, ...tiers.map((tier) => tier.amount), ...(compareAt === null ? [] : [compareAt])];
  if (amounts.some((each) => each.currency !== currency)) return refused("wrongCurrency");
  if (amounts.some(({ minor }) => minor < 0)) return refused("negative");
  if (tiers.some(({ from }, index) => index > 0 && from <= (tiers[index - 1]?.from ?? 0)))
    return refused("tiersOutOfOrder");
  const validity = validityOf({ validFrom, validTo }, { timeZone: timeZoneOfList(stores, list), at });
  if (!validity.ok) return validity;
  return ok({
    list,
    variant: owner.variant,
    amount,
    compareAt,
    ...validity.value,
    ...(tiers.length === 0 ? {} : { tiers }),
  });
}

/** Takes a price away, as if it ended now. */
export async function removePrice(
  publication: Publication,
  {
    sku,
    list,
    validFrom,
  }: { readonly sku: Sku; readonly list: PriceListId; readonly validFrom: string | null },
): Promise<Result<VariantId, "unknownSku" | "unknownPrice" | "noSuchTime">> {
  const { tx } = publication;
  const owner = await tx.variantBySku(sku);
  if (owner === null) return refused("unknownSku");
  const timeZone = timeZoneOfList(await tx.stores(), list);
  const from = validFrom === null ? null : instantOfLocalTime({ text: validFrom, timeZone });
  if (validFrom !== null && from === null) return refused("noSuchTime");
  const known = (await tx.pricesOf(owner.variant)).find(
    // To the minute, as people see it.
    (price) => price.list === list && minuteOf(price.validFrom) === minuteOf(from),
  );
  if (known === undefined) return refused("unknownPrice");
  await publication.forgetPrice(known);
  return ok(owner.variant);
}

function minuteOf(at: Instant | null): number | null {
  return at === null ? null : Math.floor(at / 60_000);
}

/** How far the feed of a list goes by now: a till that has read so far has all that was written until here. */
export async function seqOfList(tx: ReadTransaction, list: PriceListId): Promise<number> {
  return (await tx.feedHead(priceFeed(list))).head;
}
