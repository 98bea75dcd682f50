import { orderLineOf, type Ticket } from "../ticket/ticket.ts";
import { effectsOf } from "./effects.ts";
import type { JournalEntry } from "./entry.ts";

/**
 * The ticket of a sale that goods and money alone are moved by: to nobody who is known, of no order, with nothing that comes back, no credit, coupon or points. Null for
 * all else. What such sales change are sums, so that of several tills they may be booked together, in any order.
 */
export function plainSaleOf(
  entry: Pick<JournalEntry, "fact" | "store" | "device" | "staff" | "at">,
): Ticket | null {
  if (entry.fact.type !== "ticket.completed") return null;
  const { ticket } = entry.fact;
  if (ticket.customer !== null) return null;
  if (!ticket.lines.every((line) => line.kind === "sale" && orderLineOf(line) === null)) return null;
  const { returns, credits, coupons, points } = effectsOf(entry);
  return [returns, credits, coupons, points].every(({ length }) => length === 0) ? ticket : null;
}
