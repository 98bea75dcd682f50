import { reachesStore, type StoreReach } from "#domain/access/roles.ts";
import type { StoreId } from "#domain/ids.ts";
import { type AttributionRules, type Credit, creditsOf } from "#domain/orders/attribution.ts";
import { refundableOf } from "#domain/orders/hq-edit.ts";
import type { Order } from "#domain/orders/order.ts";
import { returnsOf } from "#domain/orders/order-return.ts";
import { statusOf } from "#domain/orders/routing.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { OrderDetail, OrderRow } from "#protocol/hq/orders.ts";

/** Names that HQ reads instead of ids. */
export interface Names {
  readonly stores: readonly StoreSettings[];
  readonly staff: ReadonlyMap<string, string>;
  /** Whoever reads it learns nothing of other stores. */
  readonly reach: StoreReach;
}

/** An order as one line of HQ's list. */
export function orderRowOf(order: Order, { stores, reach }: Pick<Names, "stores" | "reach">): OrderRow {
  const codes = order.fulfilments
    .filter(({ state, store }) => state !== "declined" && reachesStore(reach, store))
    .map(({ store }) => codeOf(store, stores));
  return {
    id: order.id,
    number: order.number,
    channel: order.channel,
    status: statusOf(order),
    placedAt: order.placedAt,
    customerName: order.contact.name,
    stores: [...new Set(codes)],
    pieces: order.lines.reduce((sum, { quantity }) => sum + quantity, 0),
    payment: order.payment,
  };
}

/** An order with its whole history, who is credited with it, and the exceptions about it. */
export function orderDetailOf(
  order: Order,
  {
    names,
    rules,
    exceptions,
  }: { readonly names: Names; readonly rules: AttributionRules; readonly exceptions: readonly string[] },
): OrderDetail {
  const isOwn = ({ store }: { readonly store: StoreId }) => reachesStore(names.reach, store);
  const { id, number, channel, externalId, placedAt, cancelledAt, contact, delivery, shipping } = order;
  return {
    id,
    number,
    channel,
    externalId,
    status: statusOf(order),
    placedAt,
    cancelledAt,
    contact,
    delivery,
    lines: [...order.lines],
    shipping,
    payment: order.payment,
    fulfilments: order.fulfilments.filter(isOwn).map((fulfilment) => ({
      store: codeOf(fulfilment.store, names.stores),
      storeName: nameOf(fulfilment.store, names.stores),
      fulfilment,
    })),
    credits: creditsOf(order, rules)
      .filter(({ to }) => isCreditShown(to, names))
      .map((credit) => creditOf(credit, names)),
    returns: returnsOf(order)
      .filter(({ store }) => store === null || reachesStore(names.reach, store))
      .map(({ number, at, store, staff, lines, amount, byShop }) => ({
        number,
        at,
        storeName: store === null ? "" : nameOf(store, names.stores),
        staff: staff === null ? "" : (names.staff.get(staff) ?? staff),
        lines: lines.map((line) => ({ ...line })),
        amount,
        byShop,
      })),
    exceptions: [...exceptions],
    refundable: refundableOf(order),
    changes: (order.changes ?? []).map(({ at, by, reason, what }) => ({
      at,
      by: by.kind === "hq" ? by.who : "",
      reason,
      fields: what.kind === "edited" ? [...what.fields] : [],
      amount: what.kind === "refunded" ? what.amount : null,
    })),
    note: order.note,
  };
}

const STORE_ROLES = {
  placed: "placingStore",
  fulfilled: "fulfillingStore",
  returned: "returningStore",
} as const;

/** Colleagues of other stores are in no list of names of whoever works for some. */
function isCreditShown(to: Credit["to"], { staff, reach }: Names): boolean {
  if (reach === null || to.kind === "channel") return true;
  return to.kind === "staff" ? staff.has(to.staff) : reachesStore(reach, to.store);
}

function creditOf({ to, amount }: Credit, { stores, staff }: Names): OrderDetail["credits"][number] {
  switch (to.kind) {
    case "channel":
      return { to: "channel", name: to.channel, amount };
    case "staff":
      return { to: "staff", name: staff.get(to.staff) ?? to.staff, amount };
    case "store":
      return {
        to: STORE_ROLES[to.role],
        name: nameOf(to.store, stores),
        amount,
      };
  }
}

function codeOf(store: StoreId, stores: readonly StoreSettings[]): string {
  return stores.find((each) => each.store === store)?.code ?? store;
}

function nameOf(store: StoreId, stores: readonly StoreSettings[]): string {
  return stores.find((each) => each.store === store)?.name ?? store;
}
