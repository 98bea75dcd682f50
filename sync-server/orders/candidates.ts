import type { Instant, StoreId, VariantId } from "#domain/ids.ts";
import type { Candidate, Need } from "#domain/orders/allocate.ts";
import { distanceKm, type Place } from "#domain/orders/distance.ts";
import { availableToPromise } from "#domain/orders/goods.ts";
import type { Order } from "#domain/orders/order.ts";
import { type OrderPolicy, orderPolicyOf, safetyStockOf } from "#domain/orders/policy.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { DeviceRecord, ReadTransaction } from "../storage/port.ts";

/** The last word from a store's tills; null when there never was one, and then nobody can say that they fell silent. */
export function lastWordOf(devices: readonly DeviceRecord[], store: StoreId): Instant | null {
  return devices
    .filter((device) => device.store === store && device.revokedAt === null)
    .reduce<Instant | null>(
      (latest, { lastSeenAt }) => (lastSeenAt !== null && lastSeenAt > (latest ?? 0) ? lastSeenAt : latest),
      null,
    );
}

/** Whether a store's tills have been heard of before, and not for longer than its policy allows. */
export function isSilent({
  lastWord,
  policy,
  at,
}: {
  readonly lastWord: Instant | null;
  readonly policy: OrderPolicy;
  readonly at: Instant;
}): boolean {
  return lastWord !== null && at - lastWord > policy.silentAfterMs;
}

/** What a store can promise of a variant: on hand - reserved - safety stock; of one that was closed for good nothing. */
export async function promisable(
  tx: ReadTransaction,
  store: StoreSettings,
  variant: VariantId,
): Promise<number> {
  const place = { store: store.store, variant };
  return availableToPromise({
    onHand: await tx.onHand(place),
    reserved: await tx.reserved(place),
    safetyStock: safetyStockOf(store),
  });
}

/** Every store as the routing of an order sees it, whether or not it takes part in orders of this kind. */
export async function candidatesFor(
  tx: ReadTransaction,
  { order, needs, at }: { readonly order: Order; readonly needs: readonly Need[]; readonly at: Instant },
): Promise<readonly Candidate[]> {
  const stores = await tx.stores();
  const devices = await tx.devices();
  const customers = customersStoreOf(order);
  const home = stores.find(({ store }) => store === customers);
  const from = placeOf(order) ?? (home === undefined ? null : orderPolicyOf(home).location);
  const candidates: Candidate[] = [];
  for (const store of stores) {
    const policy = orderPolicyOf(store);
    const available = new Map<VariantId, number>();
    for (const { variant } of needs) available.set(variant, await promisable(tx, store, variant));
    candidates.push({
      store: store.store,
      available,
      isCustomersStore: store.store === customers,
      distanceKm: from === null || policy.location === null ? null : distanceKm(from, policy.location),
      capacityLeft: await capacityLeft(tx, store, at),
      costMinor: policy.shippingCost?.minor ?? null,
      isSilent: isSilent({ lastWord: lastWordOf(devices, store.store), policy, at }),
    });
  }
  return candidates;
}

/** Where the customer wants to collect, or was helped to order. */
function customersStoreOf({ delivery, placedBy }: Order): StoreId | null {
  return delivery.kind === "pickup" ? delivery.store : (placedBy?.store ?? null);
}

/** Where a parcel goes to; null where nobody said. */
function placeOf({ delivery }: Order): Place | null {
  return delivery.kind === "ship" ? (delivery.place ?? null) : null;
}

async function capacityLeft(tx: ReadTransaction, store: StoreSettings, at: Instant): Promise<number | null> {
  const { ordersPerDay } = orderPolicyOf(store);
  if (ordersPerDay === null) return null;
  const day = businessDayOf({ at, timeZone: store.timeZone });
  return Math.max(0, ordersPerDay - (await tx.fulfilmentsOn({ store: store.store, day })));
}
