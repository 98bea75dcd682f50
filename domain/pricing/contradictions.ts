import type { Instant, PriceListId, ProductId, TaxClassId, VariantId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import { PPM } from "../money/share.ts";
import type { Price, Product } from "../product/product.ts";
import type { Promotion } from "../promotions/promotion.ts";
import { priceOf } from "./price-of.ts";
import { leastPriceFor, netPrice, type PriceFix, type PricePlace, taxPpmAt } from "./price-place.ts";
import { cheapestBy, type PromisedPrice } from "./promotion-clashes.ts";

/** What the retailer holds to be right. */
export interface PriceRules {
  /** By how much an article may be dearer or cheaper elsewhere than in the first place, in parts per million; null: as anybody likes. */
  readonly channelDifferencePpm: number | null;
}

export const DEFAULT_PRICE_RULES: PriceRules = { channelDifferencePpm: null };

export const CONTRADICTIONS = [
  "missingPrice",
  "missingTaxClass",
  "channelDifference",
  "belowCost",
  "belowCostPromoted",
  "gap",
  "overlap",
  "promotionsMultiply",
  "promotionCancelled",
] as const;
export type ContradictionKind = (typeof CONTRADICTIONS)[number];

interface OfVariant {
  readonly product: ProductId;
  readonly variant: VariantId;
}

/** Something that cannot be meant as it is, and the one act that would set it right. `id` is the same as long as it is so. */
export type Contradiction = { readonly id: string; readonly fix: PriceFix } & (
  | (OfVariant & { readonly kind: "missingPrice"; readonly places: readonly string[] })
  | {
      readonly kind: "missingTaxClass";
      readonly product: ProductId;
      readonly taxClass: TaxClassId;
      readonly places: readonly string[];
    }
  | (OfVariant & {
      readonly kind: "channelDifference";
      readonly places: readonly string[];
      readonly amount: Money;
      readonly usual: Money;
      /** Of the usual price: above zero where it is dearer. */
      readonly ppm: number;
    })
  | (OfVariant & {
      readonly kind: "belowCost";
      readonly list: PriceListId;
      readonly amount: Money;
      readonly net: Money;
      readonly cost: Money;
      readonly validFrom: Instant | null;
    })
  | (OfVariant & {
      readonly kind: "belowCostPromoted";
      readonly promotions: readonly string[];
      readonly places: readonly string[];
      readonly amount: Money;
      readonly net: Money;
      readonly cost: Money;
    })
  | (OfVariant & {
      readonly kind: "gap";
      readonly list: PriceListId;
      readonly places: readonly string[];
      readonly from: Instant;
      /** Null: no price follows. */
      readonly to: Instant | null;
    })
  | (OfVariant & {
      readonly kind: "overlap";
      readonly list: PriceListId;
      readonly from: Instant;
      readonly to: Instant;
      readonly older: Money;
      readonly newer: Money;
    })
  | {
      readonly kind: "promotionsMultiply";
      readonly promotions: readonly string[];
      /** Off in all, where both are shares. */
      readonly ppm: number | null;
    }
  /** The first is never granted because of the second. */
  | { readonly kind: "promotionCancelled"; readonly promotions: readonly string[] }
);

/** What is the same for every product that is looked at. */
export interface PriceScene {
  readonly at: Instant;
  readonly places: readonly PricePlace[];
  readonly rules: PriceRules;
  readonly promotions: readonly Promotion[];
}

/** Everything that is known of the prices of one product. Costs are without tax. */
export interface PricedGoods {
  readonly product: Product;
  readonly prices: readonly Price[];
  readonly costs: ReadonlyMap<VariantId, Money>;
}

/** What contradicts itself in the prices of a product that is on sale, at the moment and later. */
export function contradictionsOf(goods: PricedGoods, scene: PriceScene): readonly Contradiction[] {
  const { product, prices } = goods;
  if (product.status !== "active") return [];
  const byVariant = new Map<VariantId, Price[]>(product.variants.map(({ id }) => [id, []]));
  for (const price of prices) byVariant.get(price.variant)?.push(price);
  const found = [...missingTaxClass(product, scene)];
  if (product.soldBy === "openPrice") return found;
  for (const [variant, own] of byVariant) {
    const of: VariantPrices = {
      product,
      variant,
      prices: own,
      cost: goods.costs.get(variant) ?? null,
      held: scene.places.map(({ lists }) => priceOf({ prices: own, lists, at: scene.at })),
    };
    found.push(
      ...missingPrice(of, scene),
      ...differences(of, scene),
      ...belowCost(of, scene),
      ...belowCostPromoted(of, scene),
      ...validity(of, scene),
    );
  }
  return found;
}

interface VariantPrices {
  readonly product: Product;
  readonly variant: VariantId;
  readonly prices: readonly Price[];
  readonly cost: Money | null;
  /** What holds now in each of the scene's places. */
  readonly held: readonly (Price | null)[];
}

function missingTaxClass({ id, taxClass }: Product, { places }: PriceScene): readonly Contradiction[] {
  const unknowing = places.filter((place) => taxPpmAt(place, taxClass) === null);
  const known = unknowing[0]?.tax.classes[0] ?? null;
  if (unknowing.length === 0 || known === null) return [];
  return [
    {
      id: `missingTaxClass:${id}`,
      kind: "missingTaxClass",
      product: id,
      taxClass,
      places: unknowing.flatMap(({ names }) => names),
      fix: { act: "setTaxClass", product: id, taxClass: known.id },
    },
  ];
}

/** The price of another place in the same money is what the fix takes over. */
function missingPrice(
  { product, variant, held }: VariantPrices,
  { places }: PriceScene,
): readonly Contradiction[] {
  const without = places.filter((_, index) => held[index] === null);
  const [first] = without;
  if (first === undefined) return [];
  const like = held.find((price) => price?.amount.currency === first.currency) ?? null;
  const list = first.lists.at(-1);
  const fix: PriceFix =
    like === null || list === undefined
      ? { act: "makeDraft", product: product.id }
      : { act: "setAmount", list, variant, validFrom: null, amount: like.amount };
  return [
    {
      id: `missingPrice:${variant}`,
      kind: "missingPrice",
      product: product.id,
      variant,
      places: without.flatMap(({ names }) => names),
      fix,
    },
  ];
}

function differences(
  { product, variant, held }: VariantPrices,
  { places, rules }: PriceScene,
): readonly Contradiction[] {
  const [usual] = held;
  if (rules.channelDifferencePpm === null || usual == null || usual.amount.minor === 0) return [];
  const allowed = rules.channelDifferencePpm;
  return places.flatMap((place, index): readonly Contradiction[] => {
    const price = held[index];
    if (price == null || price.amount.currency !== usual.amount.currency) return [];
    const more = price.amount.minor - usual.amount.minor;
    if (Math.abs(more) * PPM <= allowed * usual.amount.minor) return [];
    const { list, validFrom } = price;
    return [
      {
        id: `channelDifference:${variant}:${list}`,
        kind: "channelDifference",
        product: product.id,
        variant,
        places: place.names,
        amount: price.amount,
        usual: usual.amount,
        ppm: Math.round((more * PPM) / usual.amount.minor),
        fix: { act: "setAmount", list, variant, validFrom, amount: usual.amount },
      },
    ];
  });
}

/** Where a list is asked; a list that only groups of customers ask counts as the first place's. */
function placeOfList(places: readonly PricePlace[], list: PriceListId): PricePlace | null {
  return places.find(({ lists }) => lists.includes(list)) ?? places[0] ?? null;
}

function belowCost(
  { product, variant, prices, cost }: VariantPrices,
  { places, at }: PriceScene,
): readonly Contradiction[] {
  if (cost === null) return [];
  return prices.flatMap(({ list, validFrom, validTo, amount }): readonly Contradiction[] => {
    const place = placeOfList(places, list);
    if (place === null || (validTo !== null && validTo <= at) || amount.currency !== cost.currency) return [];
    const ppm = taxPpmAt(place, product.taxClass) ?? 0;
    const net = netPrice(amount, place, ppm);
    if (net.minor >= cost.minor) return [];
    return [
      {
        id: `belowCost:${variant}:${list}:${validFrom ?? ""}`,
        kind: "belowCost",
        product: product.id,
        variant,
        list,
        amount,
        net,
        cost,
        validFrom,
        fix: { act: "setAmount", list, variant, validFrom, amount: leastPriceFor(cost, place, ppm) },
      },
    ];
  });
}

/** A price that is below cost as it is says nothing of promotions. */
function belowCostPromoted(
  { product, variant, held, cost }: VariantPrices,
  { places, promotions, at }: PriceScene,
): readonly Contradiction[] {
  if (cost === null || promotions.length === 0) return [];
  const worst = new Map<string, Contradiction>();
  for (const [index, place] of places.entries()) {
    const price = held[index];
    if (price == null || price.amount.currency !== cost.currency) continue;
    const ppm = taxPpmAt(place, product.taxClass) ?? 0;
    if (netPrice(price.amount, place, ppm).minor < cost.minor) continue;
    const goods = { variant, category: product.category };
    const promised = cheapestBy(promotions, { goods, place, price: price.amount, at });
    const [last] = promised.by.slice(-1);
    const net = netPrice(promised.amount, place, ppm);
    if (last === undefined || net.minor >= cost.minor) continue;
    const id = `belowCostPromoted:${variant}:${promised.by.map((each) => each.id).join("+")}`;
    worst.set(id, {
      id,
      kind: "belowCostPromoted",
      product: product.id,
      variant,
      promotions: promised.by.map((each) => each.id),
      places: [...placesOf(worst.get(id)), ...place.names],
      amount: promised.amount,
      net,
      cost,
      fix: fixOfPromised(promised, last, variant),
    });
  }
  return [...worst.values()];
}

function placesOf(found: Contradiction | undefined): readonly string[] {
  return found !== undefined && "places" in found ? found.places : [];
}

/** Goods that are named one by one lose the one that is too cheap; of two that are granted together the one on top goes; else the promotion ends. */
function fixOfPromised({ by }: PromisedPrice, last: Promotion, variant: VariantId): PriceFix {
  const named = by.find(
    ({ rule }) => rule.kind !== "bundle" && rule.goods.kind === "variants" && rule.goods.variants.length > 1,
  );
  if (named !== undefined) return { act: "leaveOut", promotion: named.id, variant };
  return by.length > 1 && last.combines === "stacks"
    ? { act: "stopStacking", promotion: last.id }
    : { act: "endPromotion", promotion: last.id };
}

/** Gaps and overlaps of the prices of each list that end some time from now on. */
function validity(of: VariantPrices, scene: PriceScene): readonly Contradiction[] {
  return of.prices.flatMap((price) =>
    price.validTo === null || price.validTo <= scene.at
      ? []
      : [...overlaps(of, price, price.validTo), ...gaps(of, { price, end: price.validTo, scene })],
  );
}

/** One that begins while another says that it still holds, and goes on after that ended: one of the two dates is wrong. One within the other is meant so. */
function overlaps(
  { product, variant, prices }: VariantPrices,
  older: Price,
  end: Instant,
): readonly Contradiction[] {
  const { list, validFrom } = older;
  return prices.flatMap((newer): readonly Contradiction[] => {
    const begins = newer.validFrom;
    if (newer === older || newer.list !== list || begins === null) return [];
    if (begins <= (validFrom ?? -1) || begins >= end) return [];
    if (newer.validTo !== null && newer.validTo <= end) return [];
    return [
      {
        id: `overlap:${variant}:${list}:${validFrom ?? ""}:${begins}`,
        kind: "overlap",
        product: product.id,
        variant,
        list,
        from: begins,
        to: end,
        older: older.amount,
        newer: newer.amount,
        fix: { act: "endPrice", list, variant, validFrom, validTo: begins },
      },
    ];
  });
}

/** A time without any price, in some place that has one until then. */
function gaps(
  { product, variant, prices }: VariantPrices,
  { price, end, scene }: { readonly price: Price; readonly end: Instant; readonly scene: PriceScene },
): readonly Contradiction[] {
  const { list, validFrom } = price;
  const left = scene.places.filter(
    ({ lists }) => lists.includes(list) && priceOf({ prices, lists, at: end }) === null,
  );
  if (left.length === 0) return [];
  const later = prices
    .filter((other) => other.list === list && other.validFrom !== null && other.validFrom > end)
    .toSorted((a, b) => (a.validFrom ?? 0) - (b.validFrom ?? 0));
  const to = later[0]?.validFrom ?? null;
  return [
    {
      id: `gap:${variant}:${list}:${end}`,
      kind: "gap",
      product: product.id,
      variant,
      list,
      places: left.flatMap(({ names }) => names),
      from: end,
      to,
      fix: { act: "endPrice", list, variant, validFrom, validTo: to },
    },
  ];
}
