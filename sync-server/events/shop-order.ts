import { idOf, type StoreId } from "#domain/ids.ts";
import type { Fulfilment, Order } from "#domain/orders/order.ts";
import { pickupQr } from "#domain/orders/pickup-code.ts";
import { statusOf } from "#domain/orders/routing.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import type { ShopOrder } from "#protocol/shop/order.ts";
import type { Placed } from "../orders/order-desk.ts";

/** An order as its shop sees it: the stores by their codes, and nothing of who handed it out. */
export function shopOrderOf({
  order,
  stores,
  pickupCode = null,
  remarks = [],
}: Pick<Placed, "order"> &
  Partial<Pick<Placed, "pickupCode" | "remarks">> & {
    readonly stores: readonly StoreSettings[];
  }): ShopOrder {
  const byId = new Map(stores.map((store) => [store.store, store]));
  return {
    id: order.id,
    channel: order.channel,
    externalId: order.externalId,
    number: order.number,
    customer: order.contact.customer,
    status: statusOf(order),
    placedAt: order.placedAt,
    payment: order.payment,
    pickupCode,
    pickupQr: pickupCode === null ? null : pickupQr({ number: order.number, code: pickupCode }),
    fulfilments: order.fulfilments.map((fulfilment) => partOf(order, fulfilment, byId)),
    remarks: [...remarks],
  };
}

function partOf(
  order: Order,
  fulfilment: Fulfilment,
  stores: ReadonlyMap<StoreId, StoreSettings>,
): ShopOrder["fulfilments"][number] {
  const store = stores.get(fulfilment.store);
  const orderedAs = new Map(order.lines.map((line) => [line.id, line]));
  return {
    id: fulfilment.id,
    kind: fulfilment.kind,
    store: store?.code ?? fulfilment.store,
    storeName: store?.name ?? "",
    state: fulfilment.state,
    promisedAt: fulfilment.promisedAt,
    collectBy: fulfilment.collectBy,
    parcels: fulfilment.parcels.map((parcel) => ({ ...parcel })),
    lines: fulfilment.lines.map(({ line, quantity, handed, missing }) => ({
      sku: orderedAs.get(line)?.sku ?? idOf<"Sku">(line),
      name: orderedAs.get(line)?.name ?? "",
      quantity,
      handed,
      missing,
    })),
  };
}
