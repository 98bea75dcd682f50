import { couponUsesOf } from "../coupons/uses.ts";
import { pointsMovesOf } from "../loyalty/moves.ts";
import { orderLineOf, type Ticket } from "../ticket/ticket.ts";
import { creditMovesOf } from "../value/moves.ts";
import type { Fact } from "./entry.ts";

/**
 * The ticket of a sale that goods and money alone are moved by: to nobody who is known, of no order, with nothing that comes back, no credit, coupon or points. Null for
 * all else. What such sales change are sums, so that of several tills they may be booked together, in any order.
 */
export function plainSaleOf(fact: Fact): Ticket | null {
  if (fact.type !== "ticket.completed") return null;
  const { ticket } = fact;
  if (ticket.customer !== null) return null;
  if (!ticket.lines.every((line) => line.kind === "sale" && orderLineOf(line) === null)) return null;
  const more = [creditMovesOf(ticket), couponUsesOf(ticket), pointsMovesOf(ticket)];
  return more.every(({ length }) => length === 0) ? ticket : null;
}
