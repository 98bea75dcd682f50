import type { Instant, OrderId } from "#domain/ids.ts";
import type { DeliveryWish } from "#domain/orders/order.ts";
import { earliestPromise, type PromiseScene, pickupPromise } from "#domain/orders/pickup-promise.ts";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ReadTransaction } from "../storage/port.ts";

/** By when a store has what it is given now. `except`: an order whose own parts take no room from it. */
export async function promiseOf(
  tx: ReadTransaction,
  store: StoreSettings,
  {
    at,
    kind,
    except = null,
  }: { readonly at: Instant; readonly kind: DeliveryWish["kind"]; readonly except?: OrderId | null },
): Promise<Instant> {
  const { timeZone, hours = null } = store;
  const scene: PromiseScene = { at, policy: orderPolicyOf(store), hours, timeZone };
  if (kind !== "pickup" || scene.policy.pickupsPerHour === undefined) return earliestPromise(scene);
  return pickupPromise(scene, await promisedPickups(tx, store, except));
}

/** What is still to be handed out in a store, by when it was promised. */
async function promisedPickups(
  tx: ReadTransaction,
  { store }: StoreSettings,
  except: OrderId | null,
): Promise<readonly Instant[]> {
  const promised: Instant[] = [];
  for (const { id, order } of await tx.openFulfilments(store)) {
    const found = order === except ? null : await tx.order(order);
    const part = found?.fulfilments.find((each) => each.id === id);
    if (part?.kind === "pickup") promised.push(part.promisedAt);
  }
  return promised;
}
