import { idOf } from "#domain/ids.ts";
import type { EarnedShare } from "#domain/loyalty/earn.ts";
import { handedOf } from "#domain/orders/giving-up.ts";
import type { Order, OrderLine } from "#domain/orders/order.ts";
import { statusOf } from "#domain/orders/routing.ts";
import { orderLineOf, type Ticket } from "#domain/ticket/ticket.ts";
import { PROGRAMME } from "../retailer.ts";
import type { Books } from "./found.ts";
import { type People, profilesById } from "./people.ts";

interface EarnedByOrder {
  readonly whose: string;
  readonly points: number;
  /** As the books share it over the order's lines. */
  readonly shares: readonly EarnedShare[];
}

/**
 * What orders earned of which it is known whose they are, by the cause under which that is booked: once, when all of one has come to them, a point for each euro of what they got that was paid in
 * anything but points. Whoever was merged since has it under another id; of one that is nobody's any more, for they were erased, the books say whose it was. What is told of an order later, against what was so, changes
 * no points any more: of one with an exception it counts how it stood as they were booked.
 */
export function earnedByOrders(
  books: Pick<Books, "orders" | "tickets" | "receivedAt" | "exceptions" | "stood">,
  people: Pick<People, "points" | "profiles" | "erased">,
): ReadonlyMap<string, EarnedByOrder> {
  const profiles = profilesById(people);
  const holder = (id: string): string => profiles.get(idOf<"Customer">(id))?.id ?? id;
  const booked = new Map(people.points.map((entry) => [entry.id, entry]));
  const { orders, tickets } = books;
  const contradicted = new Set(books.exceptions.map(({ order }) => order));
  const earned = new Map<string, EarnedByOrder>();
  for (const order of orders) {
    const cause = `earned:order:${order.id}`;
    const entry = booked.get(cause);
    const { customer } = order.contact;
    const isTheirs =
      entry !== undefined &&
      (customer === null ? people.erased.has(entry.customer) : holder(entry.customer) === holder(customer));
    const whose = isTheirs ? entry.customer : customer;
    if (whose === null) continue;
    const points =
      contradicted.has(order.id) && isTheirs
        ? earnedAt(entry.bookedAt, order, books)
        : earnedNow(order, tickets);
    if (points > 0) earned.set(cause, { whose, points, shares: entry?.shares ?? [] });
  }
  return earned;
}

function earnedNow(order: Order, tickets: readonly Ticket[]): number {
  return statusOf(order) === "completed" ? earnedBy(order, ({ id }) => handedOf(order, id), tickets) : 0;
}

/** By how it stood as its points were booked: as it was completed, or, where it had earned nothing by that, last before them. */
function earnedAt(
  bookedAt: number,
  order: Order,
  { stood, tickets, receivedAt }: Pick<Books, "stood" | "tickets" | "receivedAt">,
): number {
  const completed = stood.filter(
    (each) => each.order.id === order.id && each.order.status === "completed" && each.at <= bookedAt,
  );
  const first = completed[0];
  const was = first?.at === bookedAt ? first : completed.at(-1);
  if (was === undefined) return 0;
  const parts = was.order.fulfilments.flatMap(({ lines }) => lines);
  const handed = ({ sku }: OrderLine) =>
    parts.reduce((sum, part) => sum + (part.sku === sku ? part.handed : 0), 0);
  const known = tickets.filter(({ id }) => (receivedAt.get(id) ?? 0) <= bookedAt);
  return earnedBy(order, handed, known);
}

function earnedBy(order: Order, handed: (line: OrderLine) => number, tickets: readonly Ticket[]): number {
  const goods = order.lines.reduce(
    (sum, line) => sum + Math.min(line.quantity, handed(line)) * line.unitPrice.minor,
    0,
  );
  const inPoints = tickets
    .filter(({ lines }) => lines.some((line) => orderLineOf(line)?.order === order.id))
    .flatMap(({ tenders }) => tenders)
    .reduce((sum, tender) => sum + (tender.kind === "points" ? tender.amount.minor : 0), 0);
  return Math.floor(Math.max(0, goods - inPoints) / PROGRAMME.earn.per.minor);
}
