import type { Ticket } from "../ticket/ticket.ts";
import type { StockLevel, StockMovement } from "./stock.ts";

/** What a ticket does to its store's stock: one movement per variant, however many lines it stands on. */
export function movementsOfTicket(ticket: Ticket): readonly StockMovement[] {
  const sold = new Map<string, StockMovement>();
  for (const line of ticket.lines) {
    const before = sold.get(line.variant)?.quantity ?? 0;
    sold.set(line.variant, {
      store: ticket.store,
      variant: line.variant,
      quantity: before - line.quantity,
      reason: { kind: "sale", ticket: ticket.id },
    });
  }
  return [...sold.values()];
}

/** A level after one movement of its variant and store. Throws when they are not about the same stock. */
export function applyMovement(level: StockLevel, movement: StockMovement): StockLevel {
  if (level.store !== movement.store || level.variant !== movement.variant) {
    throw new RangeError("a movement of other stock");
  }
  return { ...level, onHand: level.onHand + movement.quantity };
}
