import type { EntryId } from "../ids.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { MovementReason, StockCount, StockLevel, StockMovement } from "./stock.ts";

/** What makes a movement count once for its store and variant; null where nothing of the kind is known and the caller says it. */
export function causeOf(reason: MovementReason): string | null {
  switch (reason.kind) {
    case "sale":
      return reason.ticket;
    case "order":
      return `order:${reason.fulfilment}:${reason.line}:${reason.piece}`;
    case "counted":
      return `counted:${reason.entry}`;
    case "alreadyCounted":
      return `alreadyCounted:${reason.cause}`;
    case "initial":
    case "import":
      return null;
  }
}

/** What a ticket does to its store's stock: one movement per variant, however many lines it stands on. */
export function movementsOfTicket(ticket: Ticket): readonly StockMovement[] {
  const sold = new Map<string, StockMovement>();
  for (const line of ticket.lines) {
    // Goods of an order move when the order does, in whichever store that is.
    if (line.order !== undefined) continue;
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

/** What brings a level to what was counted: the difference, 0 where the books were right. */
export function movementOfCount({
  level,
  count,
  entry,
}: {
  readonly level: StockLevel;
  readonly count: StockCount;
  readonly entry: EntryId;
}): StockMovement {
  const { store, variant, onHand } = level;
  return { store, variant, quantity: count.counted - onHand, reason: { kind: "counted", entry } };
}

/** A level after one movement of its variant and store. Throws when they are not about the same stock. */
export function applyMovement(level: StockLevel, movement: StockMovement): StockLevel {
  if (level.store !== movement.store || level.variant !== movement.variant) {
    throw new RangeError("a movement of other stock");
  }
  return { ...level, onHand: level.onHand + movement.quantity };
}
