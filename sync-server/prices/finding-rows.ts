import type { Instant, PriceListId, VariantId } from "#domain/ids.ts";
import type { Contradiction } from "#domain/pricing/contradictions.ts";
import type { PriceFix } from "#domain/pricing/price-place.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { localTimeOf } from "#domain/store/local-time.ts";
import type { Finding } from "#protocol/hq/price-check.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { knownLists, timeZoneOfList } from "./lists.ts";

/** Findings as HQ reads them: articles, lists and promotions by their names, moments by the clocks. */
export async function findingRows(
  tx: ReadTransaction,
  {
    found,
    promotions,
  }: { readonly found: readonly Contradiction[]; readonly promotions: readonly Promotion[] },
): Promise<Finding[]> {
  const stores = await tx.stores();
  const listNames = new Map((await knownLists(tx)).map(({ id, name }) => [id, name]));
  const promotionNames = new Map<string, string>(promotions.map(({ id, name }) => [id, name]));
  const context: RowContext = {
    listName: (list) => listNames.get(list) ?? list,
    promotionName: (id) => promotionNames.get(id) ?? id,
    shown: (at, list) => (at === null ? null : localTimeOf({ at, timeZone: timeZoneOfList(stores, list) })),
  };
  const rows: Finding[] = [];
  for (const each of found) {
    const article =
      "variant" in each
        ? await articleName(tx, each.variant)
        : "product" in each
          ? ((await tx.product(each.product))?.title ?? each.product)
          : null;
    rows.push({ ...rowOf(each, context), article });
  }
  return rows;
}

interface RowContext {
  readonly listName: (list: PriceListId) => string;
  readonly promotionName: (id: string) => string;
  readonly shown: (at: Instant | null, list: PriceListId) => string | null;
}

async function articleName(tx: ReadTransaction, id: VariantId): Promise<string> {
  const product = await tx.productWith(id);
  const variant = product?.variants.find((each) => each.id === id);
  const words = [product?.title ?? "", variantLabel(variant?.options ?? []), variant?.sku ?? id];
  return words.filter((text) => text !== "").join(" · ");
}

const NOTHING = {
  product: null,
  article: null,
  list: null,
  places: [],
  promotions: [],
  amount: null,
  against: null,
  net: null,
  ppm: null,
  taxClass: null,
  from: null,
  to: null,
} as const;

function rowOf(found: Contradiction, context: RowContext): Finding {
  const { id, kind } = found;
  const row: Finding = { ...NOTHING, id, kind, places: [], promotions: [], fix: fixRow(found.fix, context) };
  const named = (ids: readonly string[]) =>
    ids.map((promotion) => ({ id: promotion, name: context.promotionName(promotion) }));
  switch (found.kind) {
    case "missingPrice":
      return { ...row, product: found.product, places: [...found.places] };
    case "missingTaxClass":
      return { ...row, product: found.product, places: [...found.places], taxClass: found.taxClass };
    case "channelDifference":
      return {
        ...row,
        product: found.product,
        places: [...found.places],
        amount: found.amount,
        against: found.usual,
        ppm: found.ppm,
      };
    case "belowCost":
      return {
        ...row,
        product: found.product,
        list: context.listName(found.list),
        amount: found.amount,
        net: found.net,
        against: found.cost,
        from: context.shown(found.validFrom, found.list),
      };
    case "belowCostPromoted":
      return {
        ...row,
        product: found.product,
        places: [...found.places],
        promotions: named(found.promotions),
        amount: found.amount,
        net: found.net,
        against: found.cost,
      };
    case "gap":
      return {
        ...row,
        product: found.product,
        list: context.listName(found.list),
        places: [...found.places],
        from: context.shown(found.from, found.list),
        to: context.shown(found.to, found.list),
      };
    case "overlap":
      return {
        ...row,
        product: found.product,
        list: context.listName(found.list),
        amount: found.older,
        against: found.newer,
        from: context.shown(found.from, found.list),
        to: context.shown(found.to, found.list),
      };
    case "promotionsMultiply":
      return { ...row, promotions: named(found.promotions), ppm: found.ppm };
    case "promotionCancelled":
      return { ...row, promotions: named(found.promotions) };
  }
}

function fixRow(fix: PriceFix, { listName, promotionName, shown }: RowContext): Finding["fix"] {
  const plain = { act: fix.act, list: null, amount: null, until: null, taxClass: null, promotion: null };
  switch (fix.act) {
    case "setAmount":
      return { ...plain, list: listName(fix.list), amount: fix.amount };
    case "endPrice":
      return { ...plain, list: listName(fix.list), until: shown(fix.validTo, fix.list) };
    case "setTaxClass":
      return { ...plain, taxClass: fix.taxClass };
    case "makeDraft":
      return plain;
    case "endPromotion":
    case "leaveOut":
    case "stopStacking":
      return { ...plain, promotion: promotionName(fix.promotion) };
  }
}
