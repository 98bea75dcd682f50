import type { ChannelId, Instant } from "#domain/ids.ts";
import type { Attribute } from "#domain/product/catalogue-product.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { type ChannelTerms, channelTerms } from "../quotes/channel-terms.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** By which rules a channel shows and sells goods at a moment: the same by which its baskets are quoted. */
export interface ShopTerms extends ChannelTerms {
  readonly channel: ChannelId;
  readonly at: Instant;
  readonly stores: readonly StoreSettings[];
  readonly attributes: readonly Attribute[];
}

/** Null before there is any store. */
export async function shopTerms(
  tx: ReadTransaction,
  { channel, at }: { readonly channel: ChannelId; readonly at: Instant },
): Promise<ShopTerms | null> {
  const terms = await channelTerms(tx, channel);
  if (terms === null) return null;
  return { ...terms, channel, at, stores: await tx.stores(), attributes: await tx.productAttributes() };
}

/** What every answer says of the channel. */
export function channelHead({ channel, home }: ShopTerms) {
  return { channel, currency: home.currency, taxIncluded: home.tax.mode === "inclusive" };
}
