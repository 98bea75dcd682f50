import type { Instant } from "#domain/ids.ts";
import { reservedBy } from "#domain/orders/goods.ts";
import type { Fulfilment, Order, PickupVerifier } from "#domain/orders/order.ts";
import { orderPolicyOf } from "#domain/orders/policy.ts";
import { storeOrderOf } from "#domain/orders/routing.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { noteKnownAt } from "../customers/known-at.ts";
import { orderEvent } from "../events/order-events.ts";
import { earnForOrder } from "../loyalty/earn-orders.ts";
import { takePointsBack } from "../loyalty/take-back.ts";
import { countOrder } from "../reports/book-across.ts";
import { withKnownReturns } from "../returns/order-returns.ts";
import { publishOrderPurchase } from "../returns/publish.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { nextMoment } from "./moments.ts";
import { eventsBetween } from "./order-changes.ts";
import { closeLate } from "./order-exceptions.ts";
import type { FulfilmentRow } from "./port.ts";
import { isHeld, leaseSubject, settleLease } from "./standing-lease.ts";

/**
 * Writes an order as it has become, with all that follows from it in the same transaction: what is reserved, who may hand it out, what tills see
 * of it and of their stock, when time next matters, and what other programs are told. `before` is null for a new order.
 */
export async function saveOrder(
  publication: Publication,
  {
    before,
    after: wanted,
    pickup = null,
    newId,
  }: {
    readonly before: Order | null;
    readonly after: Order;
    readonly pickup?: PickupVerifier | null;
    readonly newId: () => string;
  },
): Promise<void> {
  const { tx, at } = publication;
  // An order that a till placed offline may have come back at another till before this one told of it.
  const after = before === null ? await withKnownReturns(tx, wanted) : wanted;
  await tx.putOrder(after, pickup);
  await countOrder(tx, after, at);
  const isToldOtherwise = before === null || whatPartsShow(before) !== whatPartsShow(after);
  for (const fulfilment of after.fulfilments) {
    const known = before?.fulfilments.find(({ id }) => id === fulfilment.id) ?? null;
    if (known !== fulfilment) await saveFulfilment(publication, { order: after, known, fulfilment });
    else if (isToldOtherwise) await publishStoreOrder(publication, after, fulfilment);
  }
  await noteCollector(publication, after);
  await publishOrderPurchase(publication, { before, after });
  await earnForOrder(publication, after);
  await takePointsBack(publication, { kind: "order", id: after.id });
  const types = eventsBetween(before, after);
  const stores = types.length === 0 ? [] : await tx.stores();
  for (const type of types) await tx.addEvent(orderEvent({ id: newId(), type, order: after, stores, at }));
}

/** Who collected something of an order at a store is known there from then on. */
async function noteCollector(publication: Publication, order: Order): Promise<void> {
  if (order.delivery.kind !== "pickup") return;
  const { customer } = order.contact;
  const handing = order.fulfilments.filter(({ lines }) => lines.some(({ handed }) => handed > 0));
  await noteKnownAt(
    publication,
    handing.map(({ store }) => ({ customer, store })),
  );
}

/** What every part of an order shows of the order itself. */
function whatPartsShow({ payment, contact, delivery, note }: Order): string {
  return JSON.stringify([payment, contact, delivery, note]);
}

async function saveFulfilment(
  publication: Publication,
  {
    order,
    known,
    fulfilment,
  }: { readonly order: Order; readonly known: Fulfilment | null; readonly fulfilment: Fulfilment },
): Promise<void> {
  const { tx } = publication;
  const store = await storeOf(tx, fulfilment);
  const row = await tx.fulfilmentRow(fulfilment.id);
  const seenTo = row?.seenTo ?? publication.at;
  await tx.putFulfilmentRow(rowOf({ order, fulfilment, store, seenTo }));
  await reserve(publication, fulfilment);
  await settleLease(publication, { known, fulfilment, policy: orderPolicyOf(store) });
  await closeLate(publication, order, fulfilment);
  await publishStoreOrder(publication, order, fulfilment);
}

/** Notes that everything up to `seenTo` that time brought about was seen to. */
export async function noteSeen(
  publication: Publication,
  {
    order,
    fulfilment,
    seenTo,
  }: { readonly order: Order; readonly fulfilment: Fulfilment; readonly seenTo: Instant },
): Promise<void> {
  const store = await storeOf(publication.tx, fulfilment);
  await publication.tx.putFulfilmentRow(rowOf({ order, fulfilment, store, seenTo }));
}

function rowOf({
  order,
  fulfilment,
  store,
  seenTo,
}: {
  readonly order: Order;
  readonly fulfilment: Fulfilment;
  readonly store: StoreSettings;
  readonly seenTo: Instant;
}): FulfilmentRow {
  return {
    id: fulfilment.id,
    order: order.id,
    store: fulfilment.store,
    state: fulfilment.state,
    day: businessDayOf({ at: fulfilment.trace[0]?.at ?? order.placedAt, timeZone: store.timeZone }),
    seenTo,
    nextAt: nextMoment(fulfilment, orderPolicyOf(store), seenTo),
  };
}

async function storeOf(tx: ReadTransaction, { store: id }: Fulfilment): Promise<StoreSettings> {
  const store = await tx.store(id);
  if (store === null) throw new Error(`a fulfilment of a store that is not there: ${id}`);
  return store;
}

async function reserve(publication: Publication, fulfilment: Fulfilment): Promise<void> {
  const { tx } = publication;
  const { id, store } = fulfilment;
  const before = new Map((await tx.reservationsOf(id)).map(({ variant, pieces }) => [variant, pieces]));
  const after = reservedBy(fulfilment);
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (variant) => before.get(variant) !== after.get(variant),
  );
  if (changed.length === 0) return;
  const reservations = [...after].map(([variant, pieces]) => ({ variant, pieces }));
  await tx.putReservations({ fulfilment: id, store }, reservations);
  for (const variant of changed) await publication.republishStock({ store, variant });
}

/** Tells the tills of its store how a fulfilment stands and who may hand it out. What was over for long is not told again. */
export async function publishStoreOrder(
  publication: Publication,
  order: Order,
  fulfilment: Fulfilment,
): Promise<void> {
  const { tx, at } = publication;
  const row = await tx.fulfilmentRow(fulfilment.id);
  const isForgotten = row !== null && row.nextAt === null && isOver(fulfilment);
  if (isForgotten) return;
  const lease = await tx.lease(leaseSubject(fulfilment.id));
  const holder = lease !== null && isHeld(lease, at) ? await tx.device(lease.holder) : null;
  const told =
    lease === null || holder === null
      ? null
      : {
          holder: holder.id,
          register: holder.register,
          expiresAt: lease.expiresAt,
          wantedBy: lease.wantedBy,
        };
  await publication.putStoreOrder(storeOrderOf({ order, fulfilment, lease: told }));
}

function isOver(fulfilment: Fulfilment): boolean {
  return !isOpen(fulfilment.state) && reservedBy(fulfilment).size === 0;
}
