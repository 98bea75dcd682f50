import { type ChannelId, type Instant, idOf, type PriceListId, type VariantId } from "#domain/ids.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import { articlePrice, asksFor, chargedPrice } from "#domain/pricing/article-price.ts";
import { priceOf } from "#domain/pricing/price-of.ts";
import type { CatalogueProduct } from "#domain/product/catalogue-product.ts";
import { onChannel } from "#domain/product/channel-product.ts";
import type { Price, Variant } from "#domain/product/product.ts";
import { articleName } from "#domain/product/variant-label.ts";
import type { BasketLine } from "#domain/ticket/basket.ts";
import type { LinkedLine } from "#domain/ticket/ticket.ts";
import type { QuoteRequest } from "#protocol/shop/quote.ts";
import { catalogueProduct } from "../catalog/save-product.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** A line as it is priced, and what is said of it besides. */
export interface QuotedLine {
  readonly line: BasketLine;
  /** Which of the asked lines it is or is charged with, from 1 as people count. */
  readonly place: number;
  readonly compareAt: Money | null;
  /** All prices of the variant on the lists that are asked, whenever they hold. */
  readonly prices: readonly Price[];
}

/** Why a line cannot be quoted. */
export interface LineTrouble {
  readonly line: number;
  readonly sku: string;
  readonly why: "unknownSku" | "notOnSale" | "noPrice" | "otherCurrency" | "soldInStores" | "linkedMissing";
}

interface Terms {
  readonly channel: ChannelId;
  readonly lists: readonly PriceListId[];
  readonly currency: Currency;
  readonly at: Instant;
}

interface Article extends CatalogueProduct {
  readonly variant: Variant;
}

/** The wanted lines with their articles and prices, each followed by its deposit, levy or bag; and every line that there is trouble with. */
export async function quotedLines(
  tx: ReadTransaction,
  { wanted, ...terms }: Terms & { readonly wanted: QuoteRequest["lines"] },
): Promise<{ readonly lines: readonly QuotedLine[]; readonly troubles: readonly LineTrouble[] }> {
  const lines: QuotedLine[] = [];
  const troubles: LineTrouble[] = [];
  for (const [index, { sku, quantity }] of wanted.entries()) {
    const place = index + 1;
    const article = await articleOfSku(tx, sku);
    const found =
      article === null ? "unknownSku" : await withLinked(tx, article, { ...terms, quantity, place });
    if (typeof found !== "string") lines.push(...found);
    else troubles.push({ line: place, sku, why: found });
  }
  return { lines, troubles };
}

async function articleOfSku(
  tx: ReadTransaction,
  sku: QuoteRequest["lines"][number]["sku"],
): Promise<Article | null> {
  const owner = await tx.variantBySku(sku);
  return owner === null ? null : articleIn(await catalogueProduct(tx, owner.product), owner.variant);
}

async function articleOf(tx: ReadTransaction, variant: VariantId): Promise<Article | null> {
  const product = await tx.productWith(variant);
  return product === null ? null : articleIn(await catalogueProduct(tx, product.id), variant);
}

function articleIn(known: CatalogueProduct | null, id: VariantId): Article | null {
  const variant = known?.product.variants.find((each) => each.id === id);
  return known === null || variant === undefined ? null : { ...known, variant };
}

interface Wanted extends Terms {
  readonly quantity: number;
  readonly place: number;
}

async function withLinked(
  tx: ReadTransaction,
  article: Article,
  wanted: Wanted,
): Promise<readonly QuotedLine[] | LineTrouble["why"]> {
  const own = await quotedLine(tx, article, { ...wanted, id: `line-${wanted.place}` });
  if (typeof own === "string") return own;
  const lines = [own];
  for (const { variant, kind } of article.product.links ?? []) {
    const charged = await articleOf(tx, variant);
    const named = { id: `${own.line.id}-${lines.length}`, linked: { to: own.line.id, kind } };
    const found = charged === null ? "linkedMissing" : await quotedLine(tx, charged, { ...wanted, ...named });
    if (typeof found === "string") return "linkedMissing";
    lines.push(found);
  }
  return lines;
}

async function quotedLine(
  tx: ReadTransaction,
  { product, details, variant }: Article,
  {
    channel,
    quantity,
    lists,
    currency,
    at,
    place,
    id,
    linked,
  }: Wanted & { readonly id: string; readonly linked?: LinkedLine },
): Promise<QuotedLine | LineTrouble["why"]> {
  const { isSold, title } = onChannel({ product, details }, channel);
  // What is charged with other goods need not be shown anywhere by itself.
  if (linked === undefined ? !isSold : product.status !== "active") return "notOnSale";
  const { soldBy } = product;
  // Nobody weighs or names a price in a web shop.
  if (asksFor({ soldBy }, {}) !== null) return "soldInStores";
  const prices = (await tx.pricesOf(variant.id)).filter(({ list }) => lists.includes(list));
  const price = priceOf({ prices, lists, at, currency });
  const listed = { soldBy, price: price?.amount ?? null, tiers: price?.tiers };
  const priced =
    linked === undefined
      ? articlePrice(listed, {}, { currency, mayTypePrice: false })
      : chargedPrice(listed, currency);
  if (!priced.ok) return priceOf({ prices, lists, at }) === null ? "noPrice" : "otherCurrency";
  const line: BasketLine = {
    id: idOf<"Line">(id),
    variant: variant.id,
    sku: variant.sku,
    name: articleName({ title }, variant.options),
    options: variant.options,
    taxClass: product.taxClass,
    category: product.category,
    quantity,
    discount: null,
    ...priced.value,
    ...(linked === undefined ? {} : { linked }),
  };
  return { line, place, compareAt: price?.compareAt ?? null, prices };
}
