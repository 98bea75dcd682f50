import { idOf } from "#domain/ids.ts";
import type { EarnedShare } from "#domain/loyalty/earn.ts";
import { handedOf } from "#domain/orders/giving-up.ts";
import type { Order } from "#domain/orders/order.ts";
import { statusOf } from "#domain/orders/routing.ts";
import { orderLineOf, type Ticket } from "#domain/ticket/ticket.ts";
import { PROGRAMME } from "../retailer.ts";
import type { Books } from "./found.ts";
import { moved, type People, profilesById } from "./people.ts";

interface EarnedByOrder {
  readonly whose: string;
  readonly points: number;
  /** As the books share it over the order's lines. */
  readonly shares: readonly EarnedShare[];
}

/**
 * What orders earned of which it is known whose they are, by the cause under which that is booked: once, when all of one has come to them, a point for each euro of what they got that was paid in
 * anything but points. Whoever was merged since has it under another id; of one that is nobody's any more, for they were erased, the books say whose it was.
 */
export function earnedByOrders(
  { orders, tickets, exceptions }: Pick<Books, "orders" | "tickets" | "exceptions">,
  people: Pick<People, "points" | "profiles" | "erased">,
): ReadonlyMap<string, EarnedByOrder> {
  const profiles = profilesById(people);
  const holder = (id: string): string => profiles.get(idOf<"Customer">(id))?.id ?? id;
  const booked = new Map(people.points.map((entry) => [entry.id, entry]));
  const contradicted = new Set(exceptions.map(({ order }) => order));
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
    // What is told of it later, against what was so, changes no points any more.
    const points = contradicted.has(order.id) && isTheirs ? moved(entry) : earnedBy(order, tickets);
    if (points > 0) earned.set(cause, { whose, points, shares: entry?.shares ?? [] });
  }
  return earned;
}

function earnedBy(order: Order, tickets: readonly Ticket[]): number {
  if (statusOf(order) !== "completed") return 0;
  const goods = order.lines.reduce(
    (sum, { id, quantity, unitPrice }) => sum + Math.min(quantity, handedOf(order, id)) * unitPrice.minor,
    0,
  );
  const inPoints = tickets
    .filter(({ lines }) => lines.some((line) => orderLineOf(line)?.order === order.id))
    .flatMap(({ tenders }) => tenders)
    .reduce((sum, tender) => sum + (tender.kind === "points" ? tender.amount.minor : 0), 0);
  return Math.floor(Math.max(0, goods - inPoints) / PROGRAMME.earn.per.minor);
}
