import type { Instant } from "#domain/ids.ts";
import type { PricePlace } from "#domain/pricing/price-place.ts";
import { settingsAt } from "#domain/store/store.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** Stores and web channels, those together that ask the same lists in the same order and tax alike at a moment. The first store's place comes first. */
export async function pricePlaces(tx: ReadTransaction, at: Instant): Promise<readonly PricePlace[]> {
  const stores = (await tx.stores()).map((store) => settingsAt(store, at));
  const [first] = stores;
  if (first === undefined) return [];
  const alone: PricePlace[] = stores.map(({ store, code, priceLists, currency, tax }) => ({
    names: [code],
    stores: [store],
    channels: [],
    lists: priceLists,
    currency,
    tax,
  }));
  for (const { channel, lists } of await tx.channelLists())
    alone.push({
      names: [channel],
      stores: [],
      channels: [channel],
      lists,
      currency: first.currency,
      tax: first.tax,
    });
  const places = new Map<string, PricePlace>();
  for (const place of alone) {
    const { lists, currency, tax } = place;
    const key = JSON.stringify([lists, currency, tax.mode, tax.classes]);
    const known = places.get(key);
    places.set(key, known === undefined ? place : together(known, place));
  }
  return [...places.values()];
}

function together(one: PricePlace, other: PricePlace): PricePlace {
  return {
    ...one,
    names: [...one.names, ...other.names],
    stores: [...one.stores, ...other.stores],
    channels: [...one.channels, ...other.channels],
  };
}
