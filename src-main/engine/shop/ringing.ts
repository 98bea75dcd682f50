import type { BusinessDay, CustomerId, PriceListId, VariantId } from "#domain/ids.ts";
import type { Stated } from "#domain/pricing/article-price.ts";
import { readScaleLabel, type ScaleValue } from "#domain/product/scale-label.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type GoodsMarks, goodsFacts, isExpired } from "#domain/scan/goods-facts.ts";
import { type ScanMeaning, tellApart } from "#domain/scan/tell-apart.ts";
import { mayDo } from "#domain/staff/role.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { StoreSettings } from "#domain/store/store.ts";
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
  /** Without what the scanner put before it. */
  readonly text: string;
  /** How many pieces of the article the code is of. */
  readonly pieces: number;
  /** What its package says beside the article's number. */
  readonly marks: GoodsMarks | null;
  /** The day after which it may no longer be sold, where that is over. */
  readonly expired: BusinessDay | null;
}

type Gs1 = Extract<ScanMeaning, { readonly kind: "gs1" }>;

/** What a code says that names an article and nothing more. */
const PLAIN = { pieces: 1, marks: null, expired: null } as const;

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

  /** An article by GTIN or SKU or whatever GS1 code holds its GTIN, or a package by its scale's label. A label that is damaged may still be an article's own code. */
  async read(scanned: string): Promise<Result<ReadCode, "scaleLabelDamaged" | "codeHalfRead">> {
    const { text: code, meaning } = tellApart(scanned);
    const none = { found: null, stated: {}, text: code, ...PLAIN };
    if (meaning.kind === "damaged") return refused("codeHalfRead");
    if (meaning.kind === "customer") return ok(none);
    const settings = this.#ports.replica.settings();
    if (meaning.kind === "gs1")
      return settings === null ? ok(none) : this.#marked(scanned, meaning, settings);
    const { scaleCodes: codes = [] } = settings ?? {};
    const label = settings === null ? null : readScaleLabel(code, { codes, currency: settings.currency });
    if (label?.ok === true) {
      const found = await this.#catalog.byCode(...label.value.articleCodes);
      if (found !== null) return ok({ ...none, found, stated: { label: label.value.value } });
    }
    const found = await this.#catalog.byCode(code);
    const isDamaged = label?.ok === false && label.reason !== "notAScaleLabel";
    return found === null && isDamaged ? refused("scaleLabelDamaged") : ok({ ...none, found });
  }

  async #marked(
    scanned: string,
    { fields }: Gs1,
    { timeZone, currency }: StoreSettings,
  ): Promise<Result<ReadCode, "codeHalfRead">> {
    const { text } = tellApart(scanned);
    const today = businessDayOf({ at: this.#ports.clock.now(), timeZone });
    const facts = goodsFacts(fields, { today, currency });
    const found = await this.#catalog.byCode(scanned);
    // Without an article it may still be the number of a customer's card.
    if (facts === null || found === null) return ok({ found, stated: {}, text, ...PLAIN });
    const { marks, value, pieces } = facts;
    return ok({
      found,
      stated: statedBy(found, value),
      text,
      pieces,
      marks: Object.keys(marks).length === 0 ? null : marks,
      expired: isExpired(marks, today) ? (marks.expires ?? null) : null,
    });
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
      marks = null,
      lists,
      duty: { settings, role },
    }: {
      readonly quantity: number;
      readonly stated: Stated;
      readonly marks?: GoodsMarks | null;
      readonly lists: readonly PriceListId[];
      readonly duty: OnDuty;
    },
  ): Result<Basket, BasketRefusal | RingingRefusal> {
    const { newId, clock } = this.#ports;
    const mayTypePrice = mayDo(role, { permission: "price.open" });
    const goods = rungGoods(found, stated, { catalog: this.#catalog, settings, lists, newId, mayTypePrice });
    if (!goods.ok) return goods;
    const item = { ...goods.value.item, ...(marks === null ? {} : { marks }) };
    return addItem({ basket, ...goods.value, item, quantity, at: clock.now() });
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

/** A weight counts for what is sold by weight; for what is sold by the piece it only tells how heavy the piece is. */
function statedBy({ item }: SellableItem, value: ScaleValue | null): Stated {
  if (value === null || (value.kind === "weight" && item.soldBy !== "weight")) return {};
  return { label: value };
}
