import { type FulfilmentId, type Instant, idOf, instant, type StoreId } from "#domain/ids.ts";
import { type Allocation, allocate } from "#domain/orders/allocate.ts";
import { canBeDoneIn } from "#domain/orders/hand-over.ts";
import type { Order, PickupVerifier } from "#domain/orders/order.ts";
import { DEFAULT_ORDER_POLICY, doesOrders } from "#domain/orders/policy.ts";
import { maySplit } from "#domain/orders/retailer-rules.ts";
import { newFulfilment, openNeeds, withFulfilment } from "#domain/orders/routing.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { raiseException } from "../exceptions/raise.ts";
import type { Publication } from "../sync/publisher.ts";
import { candidatesFor, lastWordOf } from "./candidates.ts";
import type { Reservation } from "./port.ts";
import { promiseOf } from "./promise.ts";

/** Which stores may be asked: one that was named, whichever the rules choose, or none without people. */
export type Wish = { readonly store: StoreId } | "byRules" | "nobody";

/**
 * Gives what no store has been given yet to stores, all of it or nothing; nothing of it is written. A store that declined is not asked again unless it
 * is named. `free` counts as available in its store: what this very order keeps reserved there and is about to give back.
 */
export async function route(
  publication: Publication,
  {
    order,
    wish,
    newId,
    free = [],
    pickup: fresh = null,
  }: {
    readonly order: Order;
    readonly wish: Wish;
    readonly newId: () => string;
    readonly free?: readonly (Reservation & { readonly store: StoreId })[];
    /** What the pickup code of an order that is not written yet is checked against. */
    readonly pickup?: PickupVerifier | null;
  },
): Promise<Result<Order, "noStoreHasIt">> {
  const { tx, at } = publication;
  const needs = openNeeds(order);
  if (needs.length === 0) return ok(order);
  if (wish === "nobody") return refused("noStoreHasIt");
  const stores = await tx.stores();
  const candidates = (await candidatesFor(tx, { order, needs, at }))
    .filter(({ store }) => (wish === "byRules" ? takesPart(order, stores, store) : store === wish.store))
    .filter(({ store }) => stores.some((each) => each.store === store && canBeDoneIn(order, each)))
    .map((candidate) => ({
      ...candidate,
      available: new Map(
        [...candidate.available].map(([variant, pieces]) => [
          variant,
          pieces + freeIn(free, { store: candidate.store, variant }),
        ]),
      ),
    }));
  const { routing, split, silentStores } = await tx.retailerRules();
  const allocated = allocate({
    needs,
    candidates,
    rules: routing,
    maySplit: maySplit(order, split),
    // Whoever named a store knows what they ask for.
    silent: wish === "byRules" ? silentStores : "last",
  });
  if (!allocated.ok) return refused("noStoreHasIt");
  const pickup = order.delivery.kind === "pickup" ? (fresh ?? (await tx.pickupVerifier(order.id))) : null;
  let routed = order;
  for (const { store, lines } of allocated.value) {
    const settings = stores.find((each) => each.store === store);
    const id = idOf<"Fulfilment">(newId());
    const promisedAt =
      settings === undefined
        ? instant(at + DEFAULT_ORDER_POLICY.promiseMs)
        : await promiseOf(tx, settings, { at, kind: order.delivery.kind, except: order.id });
    routed = withFulfilment(
      routed,
      newFulfilment({ id, order, store, needs: lines, pickup, at, promisedAt }),
    );
  }
  await saySilent(publication, routed, allocated.value);
  return ok(routed);
}

function takesPart(order: Order, stores: readonly StoreSettings[], id: StoreId): boolean {
  const store = stores.find((each) => each.store === id);
  if (store === undefined || order.declinedBy.includes(id)) return false;
  return doesOrders(store, order.delivery.kind);
}

function freeIn(
  free: readonly (Reservation & { readonly store: StoreId })[],
  { store, variant }: { readonly store: StoreId; readonly variant: string },
): number {
  return free
    .filter((each) => each.store === store && each.variant === variant)
    .reduce((sum, { pieces }) => sum + pieces, 0);
}

async function saySilent(
  publication: Publication,
  order: Order,
  allocations: readonly Allocation[],
): Promise<void> {
  for (const { store } of allocations.filter((each) => each.isSilent)) {
    const fulfilment = order.fulfilments.findLast((each) => each.store === store);
    if (fulfilment !== undefined) await raiseSilent(publication, order, fulfilment);
  }
}

/** Once for each silence: a store that was heard again may fall silent anew. */
export function silenceId(fulfilment: FulfilmentId, lastWord: Instant | null): string {
  return `storeSilent:${fulfilment}:${lastWord}`;
}

/** An order lies with a store whose tills are silent: people should know, once. */
export async function raiseSilent(
  publication: Publication,
  { id, number }: Pick<Order, "id" | "number">,
  { id: fulfilment, store, state }: Order["fulfilments"][number],
): Promise<boolean> {
  const lastWord = lastWordOf(await publication.tx.devices(), store);
  return raiseException(publication, {
    id: silenceId(fulfilment, lastWord),
    kind: "storeSilent",
    store,
    subject: { order: id, fulfilment },
    detail: { number, state },
  });
}
