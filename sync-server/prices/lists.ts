import type { ChannelId, PriceListId } from "#domain/ids.ts";
import type { PriceList } from "#domain/pricing/price-list.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { PriceListsAnswer } from "#protocol/hq/prices.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { priceListsOf } from "../sync/feeds.ts";

/** Every list that HQ has named or that somebody asks: one that was only ever asked is called by its id. By their ids. */
export async function knownLists(tx: ReadTransaction): Promise<readonly PriceList[]> {
  const lists = new Map<PriceListId, PriceList>();
  for (const store of await tx.stores())
    for (const id of priceListsOf(store))
      lists.set(id, lists.get(id) ?? { id, name: id, currency: store.currency });
  for (const list of await tx.priceLists()) lists.set(list.id, list);
  return [...lists.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** The price lists that a web channel asks, in order. Null: HQ has said nothing of it, and it asks the first store's. */
export async function ownListsOfChannel(
  tx: ReadTransaction,
  channel: ChannelId,
): Promise<readonly PriceListId[] | null> {
  return (await tx.channelLists()).find((each) => each.channel === channel)?.lists ?? null;
}

/** In whose clocks it is said from when a list's prices hold: the first store's that asks it, else the first store's (IANA name). */
export function timeZoneOfList(stores: readonly StoreSettings[], list: PriceListId): string {
  const asking =
    stores.find(({ priceLists }) => priceLists.includes(list)) ??
    stores.find((store) => priceListsOf(store).includes(list)) ??
    stores[0];
  return asking?.timeZone ?? "UTC";
}

/** The lists there are, and who asks which of them. */
export async function priceListsAnswer(tx: ReadTransaction): Promise<PriceListsAnswer> {
  const stores = await tx.stores();
  const counts = await tx.priceCounts();
  const own = new Map((await tx.channelLists()).map(({ channel, lists }) => [channel, lists]));
  const channels = new Set([...own.keys(), ...(await channelsOfOrders(tx))]);
  return {
    lists: (await knownLists(tx)).map((list) => ({
      ...list,
      prices: counts.get(list.id) ?? 0,
      timeZone: timeZoneOfList(stores, list.id),
    })),
    stores: stores.map(({ store, code, name, currency, priceLists }) => ({
      id: store,
      code,
      name,
      currency,
      lists: [...priceLists],
    })),
    channels: [...channels].toSorted().map((channel) => ({
      channel,
      own: own.has(channel),
      lists: [...(own.get(channel) ?? stores[0]?.priceLists ?? [])],
    })),
    groups: (stores[0]?.customerGroups ?? []).map(({ id, name, priceLists }) => ({
      id,
      name,
      priceLists: [...priceLists],
    })),
  };
}

/** The web shops that are known: those with a key of their own and those on platforms. */
export async function channelsOfOrders(tx: ReadTransaction): Promise<readonly ChannelId[]> {
  const keys = (await tx.apiKeys()).flatMap(({ channels }) => channels);
  const connected = (await tx.connectors()).map(({ channel }) => channel);
  return [...new Set([...keys, ...connected])];
}
