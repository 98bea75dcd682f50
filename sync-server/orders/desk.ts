import { type Instant, idOf } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { type PlacingDoubt, placeOrder } from "#domain/orders/place.ts";
import { ok, refused } from "#domain/result.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import type { Publication, Publisher } from "../sync/publisher.ts";
import { availabilityOf } from "./availability.ts";
import { bookOrderFact } from "./book-fact.ts";
import { cancel } from "./cancel.ts";
import { editOrder, refundOrder } from "./hq-acts.ts";
import { dropLeases, publishLease } from "./lease-changes.ts";
import type { OrderDesk, OrderName, Placed } from "./order-desk.ts";
import { newPickupSecret } from "./pickup-secret.ts";
import { placeAndRoute } from "./place-and-route.ts";
import { wantedByShop } from "./placing.ts";
import { moveOn } from "./reroute.ts";
import { editForShop, newOrderOf, takeShopSnapshot } from "./shop-snapshot.ts";
import { bookShopUses } from "./shop-uses.ts";
import { tick } from "./tick.ts";

interface DeskParts {
  readonly storage: Storage;
  readonly publisher: Publisher;
  readonly now: () => Instant;
  readonly newId: () => string;
  /** A whole number from 0 to below the limit that nobody can guess. */
  readonly randomBelow: (limit: number) => number;
}

/** What the shop is told where something could not be settled at once. */
const REMARKS: Readonly<Record<PlacingDoubt, string>> = {
  unknownProduct: "A SKU is not in the catalogue. The order waits until people have settled it.",
  addressMissing: "There is no address to ship to. The order waits until people have settled it.",
  paidAmountDiffers: "What was paid, or the total, does not match the lines. People look into it.",
};
const NO_STORE = "No store can take the order at the moment. People look into it.";
const SILENT = "The store has not been heard of for longer than usual. It may take longer.";

/** The desk on one storage: every act in a transaction of its own, unless it is given one. */
export function createOrderDesk(parts: DeskParts): OrderDesk {
  const { storage, publisher, now, newId } = parts;
  return {
    place: (request) =>
      publisher.publish(async (publication) => {
        const name = { channel: request.channel, externalId: request.id };
        const known = await publication.tx.orderByExternalId(name);
        if (known !== null) return ok({ order: known, pickupCode: null, isNew: false, remarks: [] });
        const wanted = await wantedByShop(publication.tx, request);
        if (!wanted.ok) return wanted;
        const id = idOf<"Order">(newId());
        const placed = placeOrder({ wanted: wanted.value, id, at: publication.at });
        if (!placed.ok) return placed;
        const told = await placeForShop(publication, { ...placed.value, parts });
        await bookShopUses(publication, { order: told.order, request });
        return ok(told);
      }),

    takeSnapshot: async (publication, snapshot) => {
      const { channel, id: externalId } = snapshot.request;
      const order = await publication.tx.orderByExternalId({ channel, externalId });
      if (order !== null) return takeShopSnapshot(publication, { order, snapshot, newId });
      if (snapshot.cancelled !== null) return ok(null);
      const made = await newOrderOf(publication, { snapshot, newId });
      if (!made.ok) return made;
      const placed = await placeForShop(publication, { ...made.value, parts });
      return ok(placed.order);
    },

    editForShop: (publication, { order, edit }) => editForShop(publication, { order, edit, newId }),

    find: (name) => storage.read((tx) => orderNamed(tx, name)),

    cancel: ({ name, reason, by }) =>
      publisher.publish(async (publication) => {
        const order = await orderNamed(publication.tx, name);
        if (order === null) return refused("noSuchOrder");
        return cancel(publication, { order, reason, by, newId });
      }),

    edit: ({ order: id, edit, by }) =>
      publisher.publish(async (publication) => {
        const order = await publication.tx.order(id);
        if (order === null) return refused("noSuchOrder");
        return editOrder(publication, { order, edit, by, newId });
      }),

    refund: ({ order: of, by, ...refund }) =>
      publisher.publish(async (publication) => {
        const order = await publication.tx.order(of);
        if (order === null) return refused("noSuchOrder");
        return refundOrder(publication, { ...refund, order, by, newId });
      }),

    reroute: ({ order: id, fulfilment, store, reason, by }) =>
      publisher.publish(async (publication) => {
        const order = await publication.tx.order(id);
        if (order === null) return refused("noSuchOrder");
        const wish = store === null ? "byRules" : { store };
        return moveOn(publication, { order, fulfilment, wish, reason, by, newId });
      }),

    book: (publication, device, entry) => bookOrderFact(publication, { device, entry, newId }),
    tick: () => tick({ publisher, read: (work) => storage.read(work), now, newId }),
    availability: ({ skus, store }) => storage.read((tx) => availabilityOf(tx, { skus, store, at: now() })),
    leaseChanged: publishLease,
    dropLeasesOf: dropLeases,
  };
}

async function placeForShop(
  publication: Publication,
  {
    order,
    doubts,
    parts,
  }: { readonly order: Order; readonly doubts: readonly PlacingDoubt[]; readonly parts: DeskParts },
): Promise<Placed> {
  const secret = order.delivery.kind === "pickup" ? newPickupSecret(parts.randomBelow) : null;
  const pickup = secret?.verifier ?? null;
  const placed = await placeAndRoute(publication, { order, doubts, pickup, newId: parts.newId });
  const isSilent = (await publication.tx.exceptionsOf(order.id)).some((id) => id.startsWith("storeSilent:"));
  return {
    order: placed.order,
    pickupCode: secret?.code ?? null,
    isNew: true,
    remarks: [
      ...doubts.map((doubt) => REMARKS[doubt]),
      ...(placed.hasNoStore ? [NO_STORE] : []),
      ...(isSilent ? [SILENT] : []),
    ],
  };
}

function orderNamed(tx: ReadTransaction, name: OrderName): Promise<Order | null> {
  return "id" in name ? tx.order(name.id) : tx.orderByExternalId(name);
}
