import { isCustomerQr } from "#domain/customer/card.ts";
import type { CustomerId, PriceListId, VariantId } from "#domain/ids.ts";
import type { Stated } from "#domain/pricing/article-price.ts";
import { readScaleLabel } from "#domain/product/scale-label.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { mayDo } from "#domain/staff/role.ts";
import type { Basket } from "#domain/ticket/basket.ts";
import { addItem, type BasketRefusal } from "#domain/ticket/basket-acts.ts";
import { type ListedPrice, repricedBasket, repricedLines } from "#domain/ticket/reprice.ts";
import type { Item } from "#protocol/till/catalog.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { SellableItem } from "../catalog/catalog-index.ts";
import type { BasketDraft } from "./basket-draft.ts";
import type { PriceLists } from "./price-lists.ts";
import { type RingingRefusal, rungGoods } from "./rung-goods.ts";
import type { OnDuty } from "./session.ts";
import type { ShopPorts } from "./shop-ports.ts";

/** What a scanned code names, and what it says of the goods. */
export interface ReadCode {
  readonly found: SellableItem | null;
  readonly stated: Stated;
}

/** From a code or a variant to lines of a basket: which article, what it weighs, what it costs for whom, and what is charged with it. */
export class Ringing {
  readonly #ports: Pick<ShopPorts, "replica" | "clock" | "newId">;
  readonly #catalog: Catalog;
  readonly #lists: PriceLists;

  constructor(
    ports: Pick<ShopPorts, "replica" | "clock" | "newId">,
    { catalog, lists }: { readonly catalog: Catalog; readonly lists: PriceLists },
  ) {
    this.#ports = ports;
    this.#catalog = catalog;
    this.#lists = lists;
  }

  /** An article by GTIN or SKU, or a package by its scale's label. A label that is damaged may still be an article's own code. */
  async read(code: string): Promise<Result<ReadCode, "scaleLabelDamaged">> {
    if (isCustomerQr(code)) return ok({ found: null, stated: {} });
    const settings = this.#ports.replica.settings();
    const { scaleCodes: codes = [] } = settings ?? {};
    const label = settings === null ? null : readScaleLabel(code, { codes, currency: settings.currency });
    if (label?.ok === true) {
      const found = await this.#catalog.byCode(...label.value.articleCodes);
      if (found !== null) return ok({ found, stated: { label: label.value.value } });
    }
    const found = await this.#catalog.byCode(code);
    const isDamaged = label?.ok === false && label.reason !== "notAScaleLabel";
    return found === null && isDamaged ? refused("scaleLabelDamaged") : ok({ found, stated: {} });
  }

  /** Resolves when what is charged with an article is known too. */
  async ready({ links }: SellableItem): Promise<void> {
    for (const { variant } of links) await this.#catalog.byVariant(variant);
  }

  onto(
    basket: Basket,
    found: SellableItem,
    {
      quantity,
      stated,
      lists,
      duty: { settings, role },
    }: {
      readonly quantity: number;
      readonly stated: Stated;
      readonly lists: readonly PriceListId[];
      readonly duty: OnDuty;
    },
  ): Result<Basket, BasketRefusal | RingingRefusal> {
    const { newId, clock } = this.#ports;
    const mayTypePrice = mayDo(role, { permission: "price.open" });
    const goods = rungGoods(found, stated, { catalog: this.#catalog, settings, lists, newId, mayTypePrice });
    return goods.ok ? addItem({ basket, ...goods.value, quantity, at: clock.now() }) : goods;
  }

  /** A basket at the prices of other lists, with how many of its lines cost another price then. What undo brings back costs what the rest does. */
  repriced(
    { basket, undo }: Pick<BasketDraft, "basket" | "undo">,
    lists: readonly PriceListId[],
  ): Result<Pick<BasketDraft, "basket" | "undo"> & { readonly repriced: number }, "amountTooLarge"> {
    const priceOf = (variant: VariantId) => this.#listed(lists, variant);
    const anew = repricedBasket(basket, priceOf);
    if (!anew.ok || undo === null) return anew.ok ? ok({ ...anew.value, undo }) : anew;
    const [line = undo.line, ...linked] = repricedLines([undo.line, ...(undo.linked ?? [])], priceOf);
    return ok({ ...anew.value, undo: { ...undo, line, linked } });
  }

  /** Whose prices hold for a basket of this customer. */
  listsOf(customer: CustomerId | null): Promise<readonly PriceListId[]> {
    return this.#lists.of(customer);
  }

  /** An article at the prices for the basket in front. */
  asPriced(found: SellableItem): SellableItem {
    return this.#catalog.pricedBy(this.#lists.inFront(), found.item.variant) ?? found;
  }

  /** The same by variants; null where one is not sold. */
  itemsInFront(): (variant: VariantId) => Item | null {
    const lists = this.#lists.inFront();
    return (variant) => this.#catalog.pricedBy(lists, variant)?.item ?? null;
  }

  /** Null where no list has a price. */
  #listed(lists: readonly PriceListId[], variant: VariantId): ListedPrice | null {
    const { price = null, tiers } = this.#catalog.pricedBy(lists, variant)?.item ?? {};
    return price === null ? null : { amount: price, ...(tiers === undefined ? {} : { tiers }) };
  }
}
