import type { DeviceId, ImageHash, Instant, LineId, StaffId, VariantId } from "#domain/ids.ts";
import { isZero, zeroMoney } from "#domain/money/arithmetic.ts";
import { reservedBy } from "#domain/orders/goods.ts";
import { dueAtPickup, holdsLease } from "#domain/orders/hand-over.ts";
import type { Actor, FulfilmentLine, OrderLease, StoreOrder, Trace } from "#domain/orders/order.ts";
import { isOpen } from "#domain/orders/transitions.ts";
import { addressLines } from "#domain/receipt/order-rows.ts";
import type { Item } from "#protocol/till/catalog.ts";
import type { OrderCard, OrderLineView } from "#protocol/till/orders.ts";

/** What showing an order takes besides the order. */
export interface OrderScene {
  readonly device: DeviceId | null;
  /** Who is on duty; null when nobody is. */
  readonly staff: StaffId | null;
  /** By the server's clock. */
  readonly now: Instant;
  readonly nameOf: (staff: StaffId) => string;
  readonly itemOf: (variant: VariantId) => Item | null;
  /** What was counted here so far; null when nothing was. */
  readonly counts: ReadonlyMap<LineId, number> | null;
  readonly unsent: boolean;
}

/** A store's part of an order as the collect queue shows it. */
export function orderCard(order: StoreOrder, scene: OrderScene): OrderCard {
  const { fulfilment } = order;
  const { state, lines } = fulfilment;
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
    isLate: isLate(order, scene.now),
    pieces: lines.reduce((sum, line) => sum + line.quantity - line.missing, 0),
    lines: lines.map((line) => lineView(order, line, scene)),
    due: isOpen(state) ? dueAtPickup(order) : zeroMoney(order.payment.total.currency),
    total: order.payment.total,
    shelf: fulfilment.shelf,
    claimedBy: claimView(order, scene),
    lease: leaseWord(order.lease, scene),
    leaseRegister: order.lease === null || isLapsed(order.lease, scene) ? null : order.lease.register,
    hasCode: fulfilment.pickup !== null,
    toRestock: isToRestock(order),
    unsent: scene.unsent,
    address: order.address === null ? null : [...addressLines(order.address)],
    parcels: [...fulfilment.parcels],
    note: order.note,
    trace: fulfilment.trace.map((trace) => traceView(trace, scene)),
  };
}

/** Not ready although it was promised to be. */
export function isLate({ fulfilment: { state, promisedAt } }: StoreOrder, now: Instant): boolean {
  return isOpen(state) && state !== "ready" && now > promisedAt;
}

/** Goods of an order that is off, still on the collect shelf. */
export function isToRestock({ fulfilment }: StoreOrder): boolean {
  return !isOpen(fulfilment.state) && reservedBy(fulfilment).size > 0;
}

/** Whether the one on duty is the one who claimed it. */
export function isClaimedByAnother(
  { fulfilment: { claimedBy } }: StoreOrder,
  { staff, device }: Pick<OrderScene, "staff" | "device">,
): boolean {
  if (claimedBy === null) return false;
  return claimedBy.staff === null ? claimedBy.device !== device : claimedBy.staff !== staff;
}

/** Pieces of a line that were found: what was counted here while the pick goes on, what was picked once it is over. */
export function countedOf(
  { fulfilment: { state } }: StoreOrder,
  line: FulfilmentLine,
  counts: OrderScene["counts"],
): number {
  const isCounting = state === "allocated" || state === "accepted" || state === "picking";
  if (isCounting) return counts?.get(line.line) ?? 0;
  return state === "short" ? (counts?.get(line.line) ?? line.picked) : line.picked;
}

function lineView(order: StoreOrder, line: FulfilmentLine, scene: OrderScene): OrderLineView {
  const ordered = order.lines.find(({ id }) => id === line.line);
  const item = scene.itemOf(line.variant);
  const isSubstitute = line.insteadOf !== null;
  const asOrdered = isSubstitute ? undefined : ordered;
  return {
    line: line.line,
    variant: line.variant,
    sku: item?.sku ?? ordered?.sku ?? skuOfLast(order),
    name: asOrdered?.name ?? item?.name ?? ordered?.name ?? "",
    options: [...(asOrdered?.options ?? item?.options ?? [])],
    image: imageOf(item),
    quantity: line.quantity,
    counted: countedOf(order, line, scene.counts),
    handed: line.handed,
    missing: line.missing,
    isSubstitute,
  };
}

function imageOf(item: Item | null): ImageHash | null {
  return item?.image ?? null;
}

function skuOfLast({ lines }: StoreOrder) {
  const last = lines.at(-1);
  if (last === undefined) throw new RangeError("an order without lines");
  return last.sku;
}

function claimView(order: StoreOrder, scene: OrderScene): OrderCard["claimedBy"] {
  const { claimedBy } = order.fulfilment;
  if (claimedBy === null) return null;
  const name = claimedBy.staff === null ? "" : scene.nameOf(claimedBy.staff);
  return { name, isMine: !isClaimedByAnother(order, scene) };
}

function isLapsed(lease: OrderLease, { now }: OrderScene): boolean {
  return now >= lease.expiresAt;
}

function leaseWord(lease: OrderLease | null, scene: OrderScene): OrderCard["lease"] {
  if (lease === null || isLapsed(lease, scene)) return "none";
  const { device, now } = scene;
  return device !== null && holdsLease({ lease, device, now }) ? "mine" : "other";
}

function traceView({ at, act, by, reason, fits }: Trace, scene: OrderScene): OrderCard["trace"][number] {
  return { at, act, who: whoWas(by, scene), reason, fits };
}

function whoWas(by: Actor, { nameOf }: OrderScene): string {
  switch (by.kind) {
    case "staff":
      return by.staff === null ? "" : nameOf(by.staff);
    case "hq":
      return by.who;
    case "shop":
      return by.channel;
    case "server":
      return "";
  }
}

/** Whether nothing is to be paid before the goods change hands. */
export function isSettled(order: StoreOrder): boolean {
  return isZero(dueAtPickup(order));
}
