import { type Instant, idOf, instant, type PriceListId, type VariantId } from "#domain/ids.ts";
import { isReduction, lowestBefore } from "#domain/pricing/price-history.ts";
import type { Price } from "#domain/product/product.ts";
import type { PriceKey, PriceReads } from "./port.ts";

/** The id of a price's document at the tills. */
export function priceId({ list, variant, validFrom }: PriceKey): string {
  return validFrom === null ? `${list}:${variant}` : `${list}:${variant}:${validFrom}`;
}

/** The variant that a price's document on a list may be of: one of these is, which only who knows the variants can tell. */
export function variantsOfPriceId(id: string, list: PriceListId): readonly VariantId[] {
  const rest = id.slice(list.length + 1);
  return [rest, rest.replace(/:\d+$/, "")].map((each) => idOf<"Variant">(each));
}

/** The price with the lowest of the 30 days before it, where it is a reduction that begins at `at` or later; else without. */
export async function withLowest(
  tx: PriceReads,
  { price, at }: { readonly price: Price; readonly at: Instant },
): Promise<Price> {
  const { lowest30: _, ...plain } = price;
  if (!isReduction(plain)) return plain;
  const writes = await tx.priceWrites(plain);
  const begins = instant(Math.max(at, plain.validFrom ?? at));
  const lowest = lowestBefore({ writes, reduced: plain, begins });
  return lowest === null ? plain : { ...plain, lowest30: lowest };
}
