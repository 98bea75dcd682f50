import type { Instant, LineId, StoreId } from "../ids.ts";
import { sumMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { type ActContext, actOn, type FulfilmentAct } from "./act.ts";
import type { Need } from "./allocate.ts";
import { givenUpOf, giveUp, handedOf, withAllBack } from "./giving-up.ts";
import { chargedLines, totalOfPieces } from "./line-total.ts";
import type { Fulfilment, Order, OrderLease, OrderLine, OrderPayment, StoreOrder } from "./order.ts";
import { paymentAfter } from "./payment.ts";
import { isOpen } from "./transitions.ts";

/** Where an order as a whole stands, for the customer and for HQ. */
export type OrderStatus = "placed" | "inProgress" | "ready" | "completed" | "cancelled";

export function statusOf(order: Order): OrderStatus {
  const states = order.fulfilments.map(({ state }) => state).filter((state) => state !== "declined");
  if (states.some((state) => isOpen(state) && state !== "ready")) return "inProgress";
  if (isUnplaced(order) && order.cancelledAt === null) return "placed";
  if (states.includes("ready")) return "ready";
  return states.some((state) => state === "collected" || state === "shipped") ? "completed" : "cancelled";
}

/** Whether some of it is with no store: routing has yet to place it, or people to say what it is. */
function isUnplaced(order: Order): boolean {
  return order.lines.some((line) => unplacedOf(order, line) > 0);
}

function unplacedOf(order: Order, { id, quantity }: OrderLine): number {
  return quantity - givenUpOf(order, id) - placedOf(order, id);
}

/** Pieces that no store has been given: what routing still has to place. Lines of unknown products wait for people. */
export function openNeeds(order: Order): readonly Need[] {
  return order.lines.flatMap((line) => {
    const { id, variant } = line;
    const open = unplacedOf(order, line);
    return variant === null || open <= 0 ? [] : [{ line: id, variant, quantity: open }];
  });
}

/** What stores have taken on or handed over; what a store declined, or gave up as missing, is open again, and so is what was cancelled unless it was given up. */
export function placedOf(order: Order, line: LineId): number {
  return order.fulfilments
    .map((fulfilment) => ({ fulfilment, due: fulfilment.lines.find((each) => each.line === line) }))
    .reduce((sum, { fulfilment, due }) => {
      if (due === undefined) return sum;
      const isOff = fulfilment.state === "declined" || fulfilment.state === "cancelled";
      // More may have left than was due of it: it was cut off as pieces were given up, or given to another store.
      const kept = isOff ? due.handed : Math.max(due.handed, due.quantity - due.missing);
      return sum + kept;
    }, 0);
}

export function withFulfilment(order: Order, changed: Fulfilment): Order {
  const known = order.fulfilments.some((each) => each.id === changed.id);
  const fulfilments = known
    ? order.fulfilments.map((each) => (each.id === changed.id ? changed : each))
    : [...order.fulfilments, changed];
  return { ...order, fulfilments };
}

/** An order after an act on one of its fulfilments. A store that declines is not asked again. */
export function actOnOrder({
  order,
  fulfilment,
  act,
  context,
}: {
  readonly order: Order;
  readonly fulfilment: Fulfilment;
  readonly act: FulfilmentAct;
  readonly context: ActContext;
}): Order {
  const changed = actOn(fulfilment, act, context);
  const acted = withFulfilment(order, changed);
  const rejects = act.type === "declined" || (act.type === "picked" && act.rest === "rerouteRest");
  const declinedBy: readonly StoreId[] = rejects
    ? [...new Set([...order.declinedBy, changed.store])]
    : order.declinedBy;
  const gaveUp = act.type === "picked" && act.rest === "refundRest" ? newlyMissing(fulfilment, changed) : [];
  return giveUp({ ...acted, declinedBy }, gaveUp);
}

function newlyMissing(before: Fulfilment, after: Fulfilment): Order["givenUp"] {
  return after.lines
    .map(({ line, missing }) => ({
      line,
      quantity: missing - (before.lines.find((each) => each.line === line)?.missing ?? 0),
    }))
    .filter(({ quantity }) => quantity > 0);
}

/** Cancels what was not handed over yet. Refused when nothing is left to cancel: then the goods are gone. */
export function cancelOrder({
  order,
  reason,
  context,
}: {
  readonly order: Order;
  readonly reason: string;
  readonly context: ActContext;
}):
  | { readonly ok: true; readonly value: Order }
  | { readonly ok: false; readonly reason: "nothingToCancel" } {
  const open = order.fulfilments.filter(({ state }) => isOpen(state) || state === "expired");
  const needs = openNeeds(order);
  if (order.cancelledAt !== null || (open.length === 0 && needs.length === 0 && !hasUnknownLines(order)))
    return { ok: false, reason: "nothingToCancel" };
  const acted = open.reduce(
    (so, fulfilment) => withFulfilment(so, actOn(fulfilment, { type: "cancelled", reason }, context)),
    order,
  );
  const undelivered = order.lines.map(({ id, quantity }) => ({
    line: id,
    quantity: quantity - handedOf(order, id) - givenUpOf(order, id),
  }));
  const given = giveUp(
    acted,
    undelivered.filter(({ quantity }) => quantity > 0),
  );
  return { ok: true, value: { ...withAllBack(given), cancelledAt: context.at } };
}

function hasUnknownLines(order: Order): boolean {
  return order.lines.some(({ variant }) => variant === null);
}

/** A fulfilment as it begins, in the store that routing chose. */
export function newFulfilment({
  id,
  order,
  store,
  needs,
  pickup,
  at,
  promisedAt,
}: {
  readonly id: Fulfilment["id"];
  readonly order: Order;
  readonly store: StoreId;
  readonly needs: readonly Need[];
  readonly pickup: Fulfilment["pickup"];
  readonly at: Instant;
  readonly promisedAt: Instant;
}): Fulfilment {
  return {
    id,
    kind: order.delivery.kind,
    store,
    state: "allocated",
    lines: needs.map(({ line, variant, quantity }) => ({
      line,
      variant,
      quantity,
      picked: 0,
      handed: 0,
      missing: 0,
      insteadOf: null,
    })),
    promisedAt,
    collectBy: null,
    shelf: null,
    claimedBy: null,
    pickup,
    parcels: [],
    restocked: false,
    trace: [
      {
        at,
        act: "allocated",
        by: { kind: "server" },
        from: "allocated",
        to: "allocated",
        reason: null,
        fits: true,
      },
    ],
  };
}

/** What the tills of a fulfilment's store are told. */
export function storeOrderOf({
  order,
  fulfilment,
  lease,
}: {
  readonly order: Order;
  readonly fulfilment: Fulfilment;
  readonly lease: OrderLease | null;
}): StoreOrder {
  const mine = new Set(fulfilment.lines.map(({ line }) => line));
  return {
    id: fulfilment.id,
    order: order.id,
    number: order.number,
    channel: order.channel,
    placedAt: order.placedAt,
    contact: order.contact,
    address: order.delivery.kind === "ship" ? order.delivery.address : null,
    payment: paymentOfPart(order, fulfilment),
    shipping: order.shipping,
    lines: order.lines.filter(({ id }) => mine.has(id)),
    fulfilment: withoutSignatures(fulfilment),
    lease,
    note: order.note,
  };
}

/**
 * Where it is paid as it is collected, what other stores have of it is not to be paid here: the total is that of the part's own lines, and what was paid at
 * their counters is for theirs. A part is paid for in one go, with its first piece that changes hands.
 */
function paymentOfPart(order: Order, { id, lines: due }: Fulfilment): OrderPayment {
  const { payment, lines, shipping, currency, fulfilments } = order;
  if (payment.state !== "toPayAtPickup") return payment;
  if (isHandedIn({ lines: due })) return { ...payment, state: "paid" };
  const charged = chargedLines(order);
  const mine = new Set(due.map(({ line }) => line));
  const totals = charged.flatMap((line) => (mine.has(line.id) ? [line.total] : []));
  const total = lines.every((line) => mine.has(line.id))
    ? payment.total
    : sumMoney([shipping, ...totals], currency);
  const elsewhere = sumMoney(
    fulfilments.flatMap((other) => (other.id !== id && isHandedIn(other) ? worthsOf(charged, other) : [])),
    currency,
  );
  return { ...payment, total, paid: money(Math.max(0, payment.paid.minor - elsewhere.minor), currency) };
}

function worthsOf(charged: Order["lines"], { lines }: Fulfilment): readonly Money[] {
  return charged.flatMap((line) => {
    const due = lines.find((each) => each.line === line.id);
    return due === undefined ? [] : [totalOfPieces(line, due.quantity - due.missing)];
  });
}

function isHandedIn({ lines }: Pick<Fulfilment, "lines">): boolean {
  return lines.some(({ handed }) => handed > 0);
}

/** An order after a ticket that one of its parts was paid by, if it pays any; what others have of it, or will have, is still to be paid at theirs. */
export function withPaidPart(order: Order, { id }: Pick<Fulfilment, "id">, ticket: Ticket | null): Order {
  const { payment: before } = order;
  const payment = paymentAfter(before, ticket);
  const isMoreToPay =
    isUnplaced(order) ||
    order.fulfilments.some((part) => part.id !== id && isOpen(part.state) && !isHandedIn(part));
  const isLeft = payment !== before && before.state === "toPayAtPickup" && isMoreToPay;
  return { ...order, payment: isLeft ? { ...payment, state: before.state } : payment };
}

/** A signature is for whoever has to settle a dispute: no till needs to have it. */
function withoutSignatures(fulfilment: Fulfilment): Fulfilment {
  if (fulfilment.trace.every(({ signature }) => signature === undefined)) return fulfilment;
  return { ...fulfilment, trace: fulfilment.trace.map(({ signature: _, ...trace }) => trace) };
}
