import type { Instant, Sku, StoreId } from "#domain/ids.ts";
import { doesOrders, orderPolicyOf } from "#domain/orders/policy.ts";
import type { AvailabilityAnswer } from "#protocol/shop/order.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { isSilent, lastWordOf, promisable } from "./candidates.ts";
import { promiseOf } from "./promise.ts";

/** What each store (or the one that was named) can promise of these articles, and how fresh that figure is. */
export async function availabilityOf(
  tx: ReadTransaction,
  {
    skus,
    store: only,
    at,
  }: { readonly skus: readonly Sku[]; readonly store: StoreId | null; readonly at: Instant },
): Promise<AvailabilityAnswer> {
  const stores = (await tx.stores()).filter(({ store }) => only === null || store === only);
  const devices = await tx.devices();
  const readyBy = new Map<StoreId, Instant | null>();
  for (const store of stores) {
    readyBy.set(
      store.store,
      doesOrders(store, "pickup") ? await promiseOf(tx, store, { at, kind: "pickup" }) : null,
    );
  }
  const items: AvailabilityAnswer["items"] = [];
  const unknown: string[] = [];
  for (const sku of new Set(skus)) {
    const owner = await tx.variantBySku(sku);
    if (owner === null) {
      unknown.push(sku);
      continue;
    }
    const figures: AvailabilityAnswer["items"][number]["stores"] = [];
    for (const store of stores) {
      const policy = orderPolicyOf(store);
      const lastWord = lastWordOf(devices, store.store);
      figures.push({
        store: store.code,
        id: store.store,
        name: store.name,
        available: await promisable(tx, store, owner.variant),
        pickup: doesOrders(store, "pickup"),
        readyBy: readyBy.get(store.store) ?? null,
        asOf: lastWord,
        silent: isSilent({ lastWord, policy, at }),
      });
    }
    items.push({ sku, stores: figures });
  }
  return { items, unknown };
}
