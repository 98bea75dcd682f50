import type { Currency, Money } from "../money/money.ts";
import type { Product, QuantityPrice } from "../product/product.ts";
import type { ScaleValue } from "../product/scale-label.ts";
import { ok, type Result, refused } from "../result.ts";
import type { BasketLine } from "../ticket/basket.ts";
import { gramsFor, isGrams, weighedPrice } from "./weighed-price.ts";

/** How an article is sold, and what the lists say that it costs: a piece, or a kilogram where it is weighed. A null price: no list has one. */
export interface ListedArticle {
  readonly soldBy?: Product["soldBy"] | undefined;
  readonly price: Money | null;
  readonly tiers?: readonly QuantityPrice[] | undefined;
}

/** What a colleague typed or a label says of the goods; nothing where they are sold by the piece at their price. */
export interface Stated {
  readonly grams?: number;
  readonly price?: Money;
  readonly label?: ScaleValue;
}

export type ArticlePriceRefusal =
  | "noPrice"
  | "wrongCurrency"
  | "notPermitted"
  | "weightNeeded"
  | "notByWeight"
  | "priceNeeded"
  | "priceNotPositive";

/** What a line costs, and where that comes from. */
type LinePrice = Pick<BasketLine, "unitPrice" | "weighed" | "openPrice" | "labelPrice" | "tiers">;

/** What an article still asks for before it can be rung up; null when nothing. */
export function asksFor(
  { soldBy }: Pick<ListedArticle, "soldBy">,
  { grams, price, label }: Stated,
): "weight" | "price" | null {
  if (label !== undefined) return null;
  if (soldBy === "weight") return grams === undefined ? "weight" : null;
  return soldBy === "openPrice" && price === undefined ? "price" : null;
}

/** What a piece of an article costs, of weighed goods this package: by its label, its weight, what was typed, or the lists. */
export function articlePrice(
  article: ListedArticle,
  stated: Stated,
  {
    currency,
    mayTypePrice,
  }: {
    readonly currency: Currency;
    /** Whether whoever is on duty may type a price. */
    readonly mayTypePrice: boolean;
  },
): Result<LinePrice, ArticlePriceRefusal> {
  const priced = priceBy(article, stated, mayTypePrice);
  return priced.ok && priced.value.unitPrice.currency !== currency ? refused("wrongCurrency") : priced;
}

function priceBy(
  { soldBy, price, tiers }: ListedArticle,
  { grams, price: typed, label }: Stated,
  mayTypePrice: boolean,
): Result<LinePrice, ArticlePriceRefusal> {
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

/** The same of a deposit, levy or bag that is charged with other goods: its price for one piece, in whatever number. */
export function chargedPrice(
  article: ListedArticle,
  currency: Currency,
): Result<LinePrice, ArticlePriceRefusal> {
  const priced = articlePrice(article, {}, { currency, mayTypePrice: false });
  return priced.ok ? ok({ unitPrice: priced.value.unitPrice }) : priced;
}
