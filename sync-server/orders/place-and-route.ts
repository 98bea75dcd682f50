import type { Order, PickupVerifier } from "#domain/orders/order.ts";
import type { PlacingDoubt } from "#domain/orders/place.ts";
import type { Publication } from "../sync/publisher.ts";
import { saveOrder } from "./ledger.ts";
import { raiseDoubts, raiseNoStore } from "./order-exceptions.ts";
import { automaticWish } from "./perform.ts";
import { route } from "./route.ts";

/** People have to say what these mean before a store can do anything. */
const WAITS_FOR_PEOPLE: readonly PlacingDoubt[] = ["unknownProduct", "addressMissing"];

/** Writes a new order and gives it to stores at once, unless something about it has to be settled first or no store has the goods. */
export async function placeAndRoute(
  publication: Publication,
  {
    order: wanted,
    doubts,
    pickup,
    newId,
  }: {
    readonly order: Order;
    readonly doubts: readonly PlacingDoubt[];
    readonly pickup: PickupVerifier | null;
    readonly newId: () => string;
  },
): Promise<{ readonly order: Order; readonly hasNoStore: boolean }> {
  const { attribution } = await publication.tx.retailerRules();
  const order: Order = { ...wanted, attribution };
  const waits = doubts.some((doubt) => WAITS_FOR_PEOPLE.includes(doubt));
  const routed = waits
    ? null
    : await route(publication, { order, wish: automaticWish(order), newId, pickup });
  const after = routed?.ok === true ? routed.value : order;
  await saveOrder(publication, { before: null, after, pickup, newId });
  await raiseDoubts(publication, after, doubts);
  const hasNoStore = routed?.ok === false;
  if (hasNoStore) await raiseNoStore(publication, after);
  return { order: after, hasNoStore };
}
