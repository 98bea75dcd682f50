import type { PriceListId, Sku } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import { standingPrice, stillAhead } from "#domain/pricing/price-of.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { knownLists } from "../prices/lists.ts";
import { seqOfList } from "../prices/save-prices.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";

export type SetPriceRefusal = "unknownSku" | "unknownList" | "wrongCurrency" | "negative";

export interface PriceChange {
  readonly sku: Sku;
  readonly list: PriceListId;
  readonly from: Money | null;
  readonly to: Money;
}

/** Sets the price of a variant on a list from now on. A list that there is not would never be seen, so it is refused. Answers also where in its feed it stands. */
export function setPrice(
  publisher: Publisher,
  wanted: { readonly sku: Sku; readonly list: PriceListId; readonly amount: Money },
): Promise<Result<PriceChange & { readonly seq: number }, SetPriceRefusal>> {
  return publisher.publish(async (publication) => {
    const changed = await setPriceIn(publication, wanted);
    if (!changed.ok) return changed;
    return ok({ ...changed.value, seq: await seqOfList(publication.tx, wanted.list) });
  });
}

/** The same as part of what else is written. What costs that already is left as it is. */
export async function setPriceIn(
  publication: Publication,
  { sku, list, amount }: { readonly sku: Sku; readonly list: PriceListId; readonly amount: Money },
): Promise<Result<PriceChange, SetPriceRefusal>> {
  if (amount.minor < 0) return refused("negative");
  const owner = await publication.tx.variantBySku(sku);
  if (owner === null) return refused("unknownSku");
  const known = (await knownLists(publication.tx)).find(({ id }) => id === list);
  if (known === undefined) return refused("unknownList");
  if (known.currency !== amount.currency) return refused("wrongCurrency");
  const { at } = publication;
  const before = standingPrice({ prices: await publication.tx.pricesOf(owner.variant), list, at });
  const price = {
    list,
    variant: owner.variant,
    amount,
    compareAt: before?.compareAt ?? null,
    validFrom: before?.validFrom ?? null,
    validTo: stillAhead(before?.validTo ?? null, at),
    ...(before?.tiers === undefined ? {} : { tiers: before.tiers }),
  };
  const isSame = before?.amount.minor === amount.minor && before.validTo === price.validTo;
  if (!isSame) await publication.putPrice(price);
  return ok({ sku, list, from: before?.amount ?? null, to: amount });
}
