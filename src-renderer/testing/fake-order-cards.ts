import type { FulfilmentId, Instant, LineId } from "#domain/ids.ts";
import { dueAtPickup } from "#domain/orders/hand-over.ts";
import type { Actor, Fulfilment, FulfilmentLine, StoreOrder } from "#domain/orders/order.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import type { OrderCard, OrderLineView } from "#protocol/till/orders.ts";
import { THIS_TILL } from "./fake-order-shop.ts";
import { ITEMS, JOHANNA, MIRA } from "./fake-shop.ts";

const COUNTED_NOW: readonly Fulfilment["state"][] = ["allocated", "accepted", "picking"];

export interface CardParts {
  readonly order: StoreOrder;
  readonly counts: ReadonlyMap<LineId, number>;
  readonly unsent: ReadonlySet<FulfilmentId>;
  readonly now: Instant;
}

/** The order as the collect queue shows it. */
export function cardOf({ order, counts, unsent, now }: CardParts): OrderCard {
  const { fulfilment } = order;
  const { state, claimedBy } = fulfilment;
  const pieces = fulfilment.lines.reduce((sum, line) => sum + line.quantity - line.missing, 0);
  const isOver = state === "cancelled" || state === "expired";
  const isPicked = fulfilment.lines.some((line) => line.picked > line.handed);
  return {
    id: order.id,
    order: order.order,
    number: order.number,
    channel: order.channel,
    kind: fulfilment.kind,
    state,
    customerName: order.contact.name,
    phone: order.contact.phone,
    placedAt: order.placedAt,
    promisedAt: fulfilment.promisedAt,
    collectBy: fulfilment.collectBy,
    isLate: isOpen(state) && state !== "ready" && now > fulfilment.promisedAt,
    pieces,
    lines: fulfilment.lines.map((line) => lineOf(order, line, counts)),
    due: dueAtPickup(order),
    total: order.payment.total,
    shelf: fulfilment.shelf,
    claimedBy:
      claimedBy === null
        ? null
        : {
            name: claimedBy.staff === JOHANNA.id ? JOHANNA.name : MIRA.name,
            isMine: claimedBy.device === THIS_TILL,
          },
    lease: order.lease === null ? "none" : order.lease.holder === THIS_TILL ? "mine" : "other",
    leaseRegister: order.lease?.register ?? null,
    hasCode: fulfilment.pickup !== null,
    toRestock: isOver && isPicked && !fulfilment.restocked,
    unsent: unsent.has(order.id),
    address:
      order.address === null
        ? null
        : [
            order.address.name,
            ...order.address.lines,
            `${order.address.postcode} ${order.address.city}`,
            order.address.country,
          ],
    parcels: [...fulfilment.parcels],
    note: order.note,
    trace: fulfilment.trace.map(({ at, act, by, reason, fits }) => ({
      at,
      act,
      who: nameOf(by),
      reason,
      fits,
    })),
  };
}

function nameOf(by: Actor): string {
  if (by.kind === "staff") return by.staff === JOHANNA.id ? JOHANNA.name : MIRA.name;
  if (by.kind === "shop") return "Online shop";
  return by.kind === "hq" ? by.who : "";
}

function lineOf(order: StoreOrder, line: FulfilmentLine, counts: ReadonlyMap<LineId, number>): OrderLineView {
  const ordered = order.lines.find((each) => each.id === line.line);
  const item = ITEMS.find((each) => each.variant === line.variant);
  return {
    line: line.line,
    variant: line.variant,
    sku: item?.sku ?? ordered?.sku ?? order.lines[0]?.sku ?? raise(),
    name: item?.name ?? ordered?.name ?? "",
    options: item?.options ?? [],
    image: item?.image ?? null,
    quantity: line.quantity,
    counted: countedOf(order, line, counts),
    handed: line.handed,
    missing: line.missing,
    isSubstitute: line.insteadOf !== null,
  };
}

/** Found so far; an order that fell short goes on from what was picked. */
export function countedOf(
  { fulfilment }: StoreOrder,
  { line, picked }: FulfilmentLine,
  counts: ReadonlyMap<LineId, number>,
): number {
  if (COUNTED_NOW.includes(fulfilment.state)) return counts.get(line) ?? 0;
  return fulfilment.state === "short" ? (counts.get(line) ?? picked) : picked;
}

function raise(): never {
  throw new Error("an order of the fake shop has lines");
}
