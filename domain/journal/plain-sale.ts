import { couponUsesOf } from "../coupons/uses.ts";
import { pointsMovesOf } from "../loyalty/moves.ts";
import { orderLineOf, type Ticket } from "../ticket/ticket.ts";
import { creditMovesOf } from "../value/moves.ts";
import type { Fact } from "./entry.ts";

/**
 * The ticket of a sale that goods and money alone are moved by, and the points that whoever is known earns by it: of no order, with nothing that comes back, nothing paid
 * with credit or points, no gift card and no coupon. Null for all else. What such sales change are rows of their own, sums, and what follows from those of one customer in
 * their order; so that of several tills they may be booked together.
 */
export function plainSaleOf(fact: Fact): Ticket | null {
  if (fact.type !== "ticket.completed") return null;
  const { ticket } = fact;
  if (!ticket.lines.every((line) => line.kind === "sale" && orderLineOf(line) === null)) return null;
  if (!pointsMovesOf(ticket).every(({ kind }) => kind === "earned")) return null;
  return creditMovesOf(ticket).length + couponUsesOf(ticket).length === 0 ? ticket : null;
}
