import { idOf, type PriceListId, type VariantId } from "#domain/ids.ts";
import {
  type ArticlePriceRefusal,
  articlePrice,
  chargedPrice,
  type Stated,
} from "#domain/pricing/article-price.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { returnDaysOf, returnPolicyOf } from "#domain/returns/policy.ts";
import type { StoreSettingsNow } from "#domain/store/store.ts";
import type { RungItem } from "#domain/ticket/basket-acts.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { SellableItem } from "../catalog/catalog-index.ts";
import type { NewId } from "../ports.ts";

export type RingingRefusal = ArticlePriceRefusal | "linkedMissing";

export interface RingingScene {
  readonly catalog: Pick<Catalog, "pricedBy">;
  readonly settings: StoreSettingsNow;
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

/** An article at the price that holds now for the basket's customer, with its deposit, levy and bag. */
export function rungGoods(
  found: SellableItem,
  stated: Stated,
  scene: RingingScene,
): Result<RungGoods, RingingRefusal> {
  const known = scene.catalog.pricedBy(scene.lists, found.item.variant) ?? found;
  const { currency } = scene.settings;
  const priced = articlePrice(known.item, stated, { currency, mayTypePrice: scene.mayTypePrice });
  if (!priced.ok) return priced;
  const item = { ...lineOf(known, scene), ...priced.value };
  const linked: RungItem[] = [];
  for (const { variant, kind } of known.links) {
    const other = chargedWith(variant, scene);
    if (other === null) return refused("linkedMissing");
    linked.push({ ...other, linked: { to: item.id, kind } });
  }
  return ok({ item, linked });
}

/** Null where it cannot be charged here: sold by nobody, or at no price of its own. */
function chargedWith(variant: VariantId, scene: RingingScene): RungItem | null {
  const known = scene.catalog.pricedBy(scene.lists, variant);
  if (known === null) return null;
  const priced = chargedPrice(known.item, scene.settings.currency);
  return priced.ok ? { ...lineOf(known, scene), ...priced.value } : null;
}

function lineOf(
  { item, taxClass }: SellableItem,
  { settings, newId }: RingingScene,
): Omit<RungItem, "unitPrice"> {
  const { variant, sku, name, options, category } = item;
  const returnDays = returnDaysOf(returnPolicyOf(settings), category);
  return { id: idOf<"Line">(newId()), variant, sku, name, options, taxClass, category, returnDays };
}
