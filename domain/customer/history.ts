import type { Instant, OrderId, ReceiptNumber, TicketId } from "../ids.ts";
import { addMoney, isZero, sumMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import type { TillOrder } from "../orders/facts.ts";
import type { Order, OrderLine, OrderPayment, StoreOrder } from "../orders/order.ts";
import { type OrderStatus, statusOf } from "../orders/routing.ts";
import { TILL_CHANNEL } from "../orders/till-channel.ts";
import { type FulfilmentState, isOpen } from "../orders/transitions.ts";
import { variantLabel } from "../product/variant-label.ts";
import { orderLineOf, type SaleLine, type Ticket } from "../ticket/ticket.ts";

/** Articles that an entry names; `pieces` counts all of them. */
const MAX_GOODS_NAMED = 5;

interface Goods {
  readonly name: string;
  readonly quantity: number;
}

interface EntryBase {
  readonly at: Instant;
  readonly pieces: number;
  readonly total: Money;
  readonly goods: readonly Goods[];
  /** What was given back of it, in whatever channel and way. Absent: nothing that is known. */
  readonly refunded?: Money;
}

/** Bought at a till and taken along. */
export interface PurchaseEntry extends EntryBase {
  readonly kind: "purchase";
  readonly id: TicketId;
  readonly number: ReceiptNumber;
  readonly storeName: string;
}

/** Ordered online, or at a till for another way to the customer. */
export interface OrderEntry extends EntryBase {
  readonly kind: "order";
  readonly id: OrderId;
  readonly number: string;
  readonly channel: Order["channel"];
  readonly status: OrderStatus;
  /** Stores that have a part of it, as far as whoever made the entry knows. */
  readonly storeNames: readonly string[];
}

/** One line of a customer's history. Whatever else becomes part of it is another kind, and whoever shows or checks entries has to say how. */
export type HistoryEntry = PurchaseEntry | OrderEntry;

/** What a ticket adds to its customer's history. Lines that pay an order are the order's: nothing stands there twice. */
export function historyOfTicket(ticket: Ticket, storeName: string): readonly HistoryEntry[] {
  const sold = ticket.lines.filter(
    (line): line is SaleLine => line.kind === "sale" && orderLineOf(line) === null,
  );
  if (sold.length === 0) return [];
  const { id, number, completedAt } = ticket;
  return [
    {
      kind: "purchase",
      id,
      number,
      at: completedAt,
      storeName,
      ...goodsOf(sold),
      total: sold.length === ticket.lines.length ? ticket.totals.due : paidFor(sold, ticket),
    },
  ];
}

/** What an order adds to its customer's history. */
export function historyOfOrder(order: Order, storeNames: readonly string[]): OrderEntry {
  const { id, number, channel, placedAt, payment, lines } = order;
  return {
    kind: "order",
    id,
    number,
    channel,
    at: placedAt,
    status: statusOf(order),
    storeNames,
    ...goodsOf(lines),
    total: payment.total,
    ...refundedOf(payment),
  };
}

/** The same from one store's parts of an order, which is what its tills have: what other stores do of it is not in it. Throws without any part. */
export function historyOfParts(parts: readonly StoreOrder[], storeName: string): OrderEntry {
  const [first] = parts;
  if (first === undefined) throw new RangeError("an order without parts");
  const lines = new Map(parts.flatMap((part) => part.lines.map((line) => [line.id, line])));
  const { order, number, channel, placedAt, payment } = first;
  return {
    kind: "order",
    id: order,
    number,
    channel,
    at: placedAt,
    status: statusOfParts(parts.map(({ fulfilment }) => fulfilment.state)),
    storeNames: [storeName],
    ...goodsOf([...lines.values()]),
    total: payment.total,
    ...refundedOf(payment),
  };
}

/** The same of an order that was just placed at a till, which the server has not heard of yet. */
export function historyOfPlaced({
  order: { id, lines },
  ticket,
}: {
  readonly order: TillOrder;
  readonly ticket: Ticket;
}): OrderEntry {
  return {
    kind: "order",
    id,
    number: ticket.number,
    channel: TILL_CHANNEL,
    at: ticket.completedAt,
    status: "placed",
    storeNames: [],
    ...goodsOf(lines),
    // It pays for nothing else.
    total: ticket.totals.total,
  };
}

/** Two views of one history as one, the newest first; what both have is as the first has it. */
export function mergeHistories(
  first: readonly HistoryEntry[],
  second: readonly HistoryEntry[],
): readonly HistoryEntry[] {
  const merged = new Map<string, HistoryEntry>();
  for (const entry of [...first, ...second]) {
    const key = `${entry.kind}:${entry.id}`;
    if (!merged.has(key)) merged.set(key, entry);
  }
  return [...merged]
    .toSorted(([keyOfA, a], [keyOfB, b]) => b.at - a.at || (keyOfA < keyOfB ? 1 : -1))
    .map(([, entry]) => entry);
}

function refundedOf({ refunded }: OrderPayment): Pick<OrderEntry, "refunded"> {
  return isZero(refunded) ? {} : { refunded };
}

function statusOfParts(states: readonly FulfilmentState[]): OrderStatus {
  const here = states.filter((state) => state !== "declined");
  // Another store has it now.
  if (here.length === 0) return "inProgress";
  if (here.some((state) => isOpen(state) && state !== "ready")) return "inProgress";
  if (here.includes("ready")) return "ready";
  return here.some((state) => state === "collected" || state === "shipped") ? "completed" : "cancelled";
}

function goodsOf(
  all: readonly (Pick<OrderLine, "name" | "options" | "quantity"> & Pick<SaleLine, "linked">)[],
): Pick<EntryBase, "pieces" | "goods"> {
  // A deposit or a bag is part of what it came with.
  const lines = all.filter(({ linked }) => linked === undefined);
  return {
    pieces: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    goods: lines.slice(0, MAX_GOODS_NAMED).map(({ name, options, quantity }) => ({
      name: [name, variantLabel(options)].filter((text) => text !== "").join(" · "),
      quantity,
    })),
  };
}

/** With the tax that comes on top, where prices are without it. */
function paidFor(lines: readonly SaleLine[], { taxMode, currency }: Ticket): Money {
  const totals = sumMoney(
    lines.map(({ total }) => total),
    currency,
  );
  if (taxMode === "inclusive") return totals;
  const taxes = lines.flatMap((line) => line.taxes.map(({ tax }) => tax));
  return addMoney(totals, sumMoney(taxes, currency));
}
