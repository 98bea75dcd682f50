import { idOf, type PriceListId, type VariantId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { gramsFor, isGrams, weighedPrice } from "#domain/pricing/weighed-price.ts";
import type { ScaleValue } from "#domain/product/scale-label.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { returnDaysOf, returnPolicyOf } from "#domain/returns/policy.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { RungItem } from "#domain/ticket/basket-acts.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { SellableItem } from "../catalog/catalog-index.ts";
import type { NewId } from "../ports.ts";

/** What a colleague typed or a label says of the goods; nothing where they are sold by the piece at their price. */
export interface Stated {
  readonly grams?: number;
  readonly price?: Money;
  readonly label?: ScaleValue;
}

export type RingingRefusal =
  | "noPrice"
  | "wrongCurrency"
  | "notPermitted"
  | "weightNeeded"
  | "notByWeight"
  | "priceNeeded"
  | "priceNotPositive"
  | "linkedMissing";

export interface RingingScene {
  readonly catalog: Pick<Catalog, "pricedBy">;
  readonly settings: StoreSettings;
  /** Whose prices hold for the basket. */
  readonly lists: readonly PriceListId[];
  readonly newId: NewId;
  /** Whether whoever is on duty may type a price. */
  readonly mayTypePrice: boolean;
}

/** An article as it goes onto a basket, with what is charged with each piece of it. */
export interface RungGoods {
  readonly item: RungItem;
  readonly linked: readonly RungItem[];
}

/** What an article still asks for before it can be rung up; null when nothing. */
export function asksFor({ item: { soldBy } }: SellableItem, { grams, price, label }: Stated) {
  if (label !== undefined) return null;
  if (soldBy === "weight") return grams === undefined ? "weight" : null;
  return soldBy === "openPrice" && price === undefined ? "price" : null;
}

/** An article at the price that holds now for the basket's customer, with its deposit, levy and bag. */
export function rungGoods(
  found: SellableItem,
  stated: Stated,
  scene: RingingScene,
): Result<RungGoods, RingingRefusal> {
  const known = scene.catalog.pricedBy(scene.lists, found.item.variant) ?? found;
  const priced = priceFor(known, stated, scene);
  if (!priced.ok) return priced;
  if (priced.value.unitPrice.currency !== scene.settings.currency) return refused("wrongCurrency");
  const item = { ...lineOf(known, scene), ...priced.value };
  const linked: RungItem[] = [];
  for (const { variant, kind } of known.links) {
    const other = chargedWith(variant, scene);
    if (other === null) return refused("linkedMissing");
    linked.push({ ...other, linked: { to: item.id, kind } });
  }
  return ok({ item, linked });
}

type LinePrice = Pick<RungItem, "unitPrice" | "weighed" | "openPrice" | "labelPrice" | "tiers">;

function priceFor(
  known: SellableItem,
  { grams, price: typed, label }: Stated,
  { mayTypePrice }: RingingScene,
): Result<LinePrice, RingingRefusal> {
  const { price, soldBy, tiers } = known.item;
  if (label?.kind === "price") return ok(labelled(label.price, soldBy === "weight" ? price : null));
  const weight = label?.kind === "weight" ? label.grams : grams;
  if (soldBy === "weight") {
    if (weight === undefined || !isGrams(weight)) return refused("weightNeeded");
    if (price === null) return refused("noPrice");
    return ok({
      unitPrice: weighedPrice({ perKilo: price, grams: weight }),
      weighed: { grams: weight, perKilo: price },
    });
  }
  if (weight !== undefined) return refused("notByWeight");
  if (soldBy === "openPrice") {
    if (typed === undefined) return refused("priceNeeded");
    if (!mayTypePrice) return refused("notPermitted");
    return typed.minor > 0 ? ok({ unitPrice: typed, openPrice: true }) : refused("priceNotPositive");
  }
  if (price === null) return refused("noPrice");
  return ok({ unitPrice: price, ...(tiers === undefined ? {} : { tiers: { single: price, tiers } }) });
}

/** The price on a package holds; its weight is what that price comes from. */
function labelled(price: Money, perKilo: Money | null): LinePrice {
  const grams = perKilo === null ? null : gramsFor({ price, perKilo });
  return {
    unitPrice: price,
    labelPrice: true,
    ...(grams === null || perKilo === null ? {} : { weighed: { grams, perKilo } }),
  };
}

/** Null where it cannot be charged here: sold by nobody, or at no price of its own. */
function chargedWith(variant: VariantId, scene: RingingScene): RungItem | null {
  const known = scene.catalog.pricedBy(scene.lists, variant);
  if (known === null || known.item.price?.currency !== scene.settings.currency) return null;
  return known.item.soldBy === undefined ? { ...lineOf(known, scene), unitPrice: known.item.price } : null;
}

function lineOf(
  { item, taxClass }: SellableItem,
  { settings, newId }: RingingScene,
): Omit<RungItem, "unitPrice"> {
  const { variant, sku, name, options, category } = item;
  const returnDays = returnDaysOf(returnPolicyOf(settings), category);
  return { id: idOf<"Line">(newId()), variant, sku, name, options, taxClass, category, returnDays };
}
