import { idOf, type LineId, type StoreId } from "#domain/ids.ts";
import type { Fulfilment, Order } from "#domain/orders/order.ts";
import { refundedByShop, returnsOf } from "#domain/orders/order-return.ts";
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
    refundedByShop: refundedByShop(order),
    returns: returnsOf(order).map(({ number, at, store, lines, amount, byShop }) => ({
      number,
      at,
      store: store === null ? null : (byId.get(store)?.code ?? store),
      lines: lines.map(({ line, quantity }) => ({ ...nameOfLine(order, line), quantity })),
      amount,
      byShop,
    })),
    pickupCode,
    pickupQr: pickupCode === null ? null : pickupQr({ number: order.number, code: pickupCode }),
    fulfilments: order.fulfilments.map((fulfilment) => partOf(order, fulfilment, byId)),
    remarks: [...remarks],
  };
}

function nameOfLine({ lines }: Order, line: LineId): Pick<Order["lines"][number], "sku" | "name"> {
  const ordered = lines.find(({ id }) => id === line);
  return { sku: ordered?.sku ?? idOf<"Sku">(line), name: ordered?.name ?? "" };
}

function partOf(
  order: Order,
  fulfilment: Fulfilment,
  stores: ReadonlyMap<StoreId, StoreSettings>,
): ShopOrder["fulfilments"][number] {
  const store = stores.get(fulfilment.store);
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
      ...nameOfLine(order, line),
      quantity,
      handed,
      missing,
    })),
  };
}
