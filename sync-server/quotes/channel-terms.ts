import type { ChannelId, PriceListId } from "#domain/ids.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { ownListsOfChannel } from "../prices/lists.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** By which rules a channel sells: taxes, currency and clocks are those of its home store. */
export interface ChannelTerms {
  readonly home: StoreSettings;
  readonly priceLists: readonly PriceListId[];
}

/** The home of every channel is the retailer's first store. Null before there is any. */
export async function channelTerms(tx: ReadTransaction, channel: ChannelId): Promise<ChannelTerms | null> {
  const [home] = await tx.stores();
  if (home === undefined) return null;
  return { home, priceLists: (await ownListsOfChannel(tx, channel)) ?? home.priceLists };
}
