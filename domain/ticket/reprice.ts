import type { VariantId } from "../ids.ts";
import { atQuantityPrices } from "../pricing/quantity-price.ts";
import { weighedPrice } from "../pricing/weighed-price.ts";
import type { Price } from "../product/product.ts";
import { ok, type Result, refused } from "../result.ts";
import { type Basket, type BasketLine, isTooLarge } from "./basket.ts";

/** What a list says of a variant: per piece, or per kilogram where it is weighed. */
export type ListedPrice = Pick<Price, "amount" | "tiers">;

/** A basket at other lists' prices, and how many of its lines cost another price then. */
export function repricedBasket(
  basket: Basket,
  priceOf: (variant: VariantId) => ListedPrice | null,
): Result<{ readonly basket: Basket; readonly repriced: number }, "amountTooLarge"> {
  const lines = repricedLines(basket.lines, priceOf);
  if (isTooLarge(lines)) return refused("amountTooLarge");
  const repriced = lines.filter(
    (line, index) => line.unitPrice.minor !== basket.lines[index]?.unitPrice.minor,
  );
  return ok({ basket: { ...basket, lines }, repriced: repriced.length });
}

/**
 * Lines at other lists' prices, since it is another customer's basket now. What was ordered, typed or printed on a package keeps its price, as does what those lists
 * have no price for.
 */
export function repricedLines(
  lines: readonly BasketLine[],
  priceOf: (variant: VariantId) => ListedPrice | null,
): readonly BasketLine[] {
  return atQuantityPrices(lines.map((line) => repriced(line, priceOf)));
}

function repriced(line: BasketLine, priceOf: (variant: VariantId) => ListedPrice | null): BasketLine {
  const { order, openPrice, giftCard, labelPrice, override, weighed } = line;
  if ([order, openPrice, giftCard, labelPrice, override].some((each) => each !== undefined)) return line;
  const price = priceOf(line.variant);
  if (price === null || price.amount.currency !== line.unitPrice.currency) return line;
  const { amount, tiers } = price;
  if (weighed !== undefined) {
    const { grams } = weighed;
    return {
      ...line,
      weighed: { grams, perKilo: amount },
      unitPrice: weighedPrice({ perKilo: amount, grams }),
    };
  }
  const { tiers: _before, ...plain } = line;
  const counted =
    tiers === undefined || line.linked !== undefined ? {} : { tiers: { single: amount, tiers } };
  return { ...plain, unitPrice: amount, ...counted };
}
