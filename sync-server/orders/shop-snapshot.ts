import { type ChannelId, type Instant, idOf } from "#domain/ids.ts";
import type { ActContext } from "#domain/orders/act.ts";
import { isAnonymous } from "#domain/orders/anonymous.ts";
import type { DeliveryWish, Order } from "#domain/orders/order.ts";
import { type PlacingDoubt, placeOrder } from "#domain/orders/place.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import {
  type EditedOrder,
  editedByShop,
  type Pieces,
  SAYS_NOTHING,
  type ShopEdit,
  type ShopEditDoubts,
  takeSnapshot,
} from "#domain/orders/shop-edit.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { ShopOrderRequest } from "#protocol/shop/order.ts";
import { raiseException } from "../exceptions/raise.ts";
import { judgeShopRefund } from "../returns/judge.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import type { SnapshotRefusal } from "./order-desk.ts";
import { wantedByShop } from "./placing.ts";
import { saveEdited } from "./save-edited.ts";

/** An order as its shop has it at one moment, whole. */
export interface ShopSnapshot extends Pick<ShopEdit, "stillWanted" | "refunded" | "cancelled"> {
  readonly request: ShopOrderRequest;
  readonly updatedAt: Instant;
  /** When the newest snapshot of this order that was taken in was made. */
  readonly newest: Instant | null;
}

/** An order that is not known yet, with what its shop has changed since it was placed there; nothing of it is written. */
export async function newOrderOf(
  publication: Publication,
  { snapshot, newId }: { readonly snapshot: ShopSnapshot; readonly newId: () => string },
): Promise<Result<{ readonly order: Order; readonly doubts: readonly PlacingDoubt[] }, SnapshotRefusal>> {
  const { request, updatedAt, stillWanted, refunded, cancelled } = snapshot;
  if (refunded.currency !== request.currency) return refused("wrongCurrency");
  const wanted = await wantedByShop(publication.tx, request);
  if (!wanted.ok) return wanted;
  const id = idOf<"Order">(newId());
  const placed = placeOrder({ wanted: wanted.value, id, at: publication.at });
  if (!placed.ok) return placed;
  const edit = { ...SAYS_NOTHING, stillWanted, refunded, cancelled };
  const context = byShop(publication, request.channel);
  const { order } = takeSnapshot({ order: placed.value.order, newest: null, updatedAt, edit, context });
  return ok({ order, doubts: placed.value.doubts });
}

/** Changes an order that is known to what its shop has now. */
export async function takeShopSnapshot(
  publication: Publication,
  {
    order,
    snapshot,
    newId,
  }: { readonly order: Order; readonly snapshot: ShopSnapshot; readonly newId: () => string },
): Promise<Result<Order, SnapshotRefusal>> {
  const { request, updatedAt, newest, stillWanted, refunded, cancelled } = snapshot;
  const { currency } = order;
  if (request.currency !== currency || refunded.currency !== currency) return refused("wrongCurrency");
  // Whether a store still hands out parcels matters to new orders alone.
  const anywhere = { kind: "ship", address: null } as const;
  const wanted = await wantedByShop(publication.tx, { ...request, delivery: anywhere });
  if (!wanted.ok) return wanted;
  const delivery = await deliveryOf(publication.tx, request.delivery);
  if (delivery === null) return refused("noSuchStore");
  const { contact, lines, payment: kind, paid } = wanted.value;
  if (paid.currency !== currency) return refused("wrongCurrency");
  const { name, email, phone } = contact;
  const isForgotten = isAnonymous(order);
  const said = order.contact.customer === null ? contact : { name, email, phone };
  const edit: ShopEdit = {
    // Whose order it is stays as it was said first.
    contact: isForgotten ? order.contact : said,
    delivery: isForgotten ? order.delivery : delivery,
    payment: { kind, paid },
    lines,
    stillWanted,
    refunded,
    cancelled,
  };
  const context = byShop(publication, order.channel);
  const edited = takeSnapshot({ order, newest, updatedAt, edit, context });
  return ok(await saveEdit(publication, { order, edited, edit, newId }));
}

/** Does to an order what a message says that does not carry it whole. Refused for amounts in another currency. */
export async function editForShop(
  publication: Publication,
  { order, edit, newId }: { readonly order: Order; readonly edit: ShopEdit; readonly newId: () => string },
): Promise<Result<Order, SnapshotRefusal>> {
  if (edit.refunded.currency !== order.currency) return refused("wrongCurrency");
  const said = isAnonymous(order) ? { ...edit, contact: null } : edit;
  const edited = editedByShop({ order, edit: said, context: byShop(publication, order.channel) });
  return ok(await saveEdit(publication, { order, edited, edit: said, newId }));
}

function byShop({ at }: Publication, channel: ChannelId): ActContext {
  // Nothing becomes ready by what a shop changes: how long a store keeps parcels does not matter.
  return { at, by: { kind: "shop", channel }, keepReadyMs: DEFAULT_ORDER_POLICY.keepReadyMs };
}

async function deliveryOf(
  tx: ReadTransaction,
  wish: ShopOrderRequest["delivery"],
): Promise<DeliveryWish | null> {
  if (wish.kind === "ship") return wish;
  const store = await tx.storeByCode(wish.store);
  return store === null ? null : { kind: "pickup", store: store.store };
}

async function saveEdit(
  publication: Publication,
  {
    order,
    edited,
    edit,
    newId,
  }: {
    readonly order: Order;
    readonly edited: EditedOrder;
    readonly edit: ShopEdit;
    readonly newId: () => string;
  },
): Promise<Order> {
  const after = await saveEdited(publication, {
    before: order,
    after: edited.order,
    by: order.channel,
    reason: edit.cancelled?.reason ?? "",
    newId,
  });
  await raiseEditDoubts(publication, after, edited.doubts);
  await judgeShopRefund(publication, { order: after, byShop: edit.refunded });
  return after;
}

/** Says to people what the order could not follow, once for the same thing. */
async function raiseEditDoubts(
  publication: Publication,
  { id, number }: Pick<Order, "id" | "number">,
  { handed, added, delivery }: ShopEditDoubts,
): Promise<void> {
  const details: readonly (readonly [string, string])[] = [
    ["handed", listed(handed)],
    ["added", listed(added)],
    ["delivery", delivery === null ? "" : await placeOf(publication.tx, delivery)],
  ];
  for (const [name, what] of details) {
    if (what === "") continue;
    await raiseException(publication, {
      id: `changedInShop:${id}:${name}:${what}`,
      kind: "changedInShop",
      store: null,
      subject: { order: id, fulfilment: null },
      detail: { number, [name]: what },
    });
  }
}

function listed(pieces: readonly Pieces[]): string {
  return pieces.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(", ");
}

async function placeOf(tx: ReadTransaction, delivery: DeliveryWish): Promise<string> {
  if (delivery.kind === "pickup") return (await tx.store(delivery.store))?.name ?? delivery.store;
  const { address } = delivery;
  return address === null ? "" : [address.name, ...address.lines, address.postcode, address.city].join(", ");
}
