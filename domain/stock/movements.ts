import type { EntryId, VariantId } from "../ids.ts";
import { UNKNOWN_VARIANT } from "../returns/return-lines.ts";
import { sellsGoods, type Ticket, type TicketLine } from "../ticket/ticket.ts";
import type { MovementReason, StockCount, StockLevel, StockMovement } from "./stock.ts";

/** What makes a movement count once for its store and variant; null where nothing of the kind is known and the caller says it. */
export function causeOf(reason: MovementReason): string | null {
  switch (reason.kind) {
    case "sale":
      return reason.ticket;
    case "return":
      return `return:${reason.act}`;
    case "order":
      return `order:${reason.fulfilment}:${reason.line}:${reason.piece}`;
    case "counted":
      return `counted:${reason.entry}`;
    case "alreadyCounted":
      return `alreadyCounted:${reason.cause}`;
    case "adjusted":
      return `adjusted:${reason.act}`;
    case "transferOut":
    case "received":
    case "writtenOff":
      return `${reason.kind}:${reason.act}`;
    case "initial":
    case "import":
      return null;
  }
}

/** What a ticket does to its store's stock: one movement per variant sold and one per variant put back on sale, however many lines it stands on. */
export function movementsOfTicket({ id, store, lines }: Ticket): readonly StockMovement[] {
  // Goods of an order move when the order does, in whichever store that is.
  const sold = lines.filter(sellsGoods);
  const back = lines.filter(
    (line) => line.kind === "return" && line.disposition === "stock" && line.variant !== UNKNOWN_VARIANT,
  );
  return [
    ...[...piecesByVariant(sold)].map(([variant, pieces]) => ({
      store,
      variant,
      quantity: -pieces,
      reason: { kind: "sale", ticket: id } as const,
    })),
    ...[...piecesByVariant(back)].map(([variant, quantity]) => ({
      store,
      variant,
      quantity,
      reason: { kind: "return", act: id } as const,
    })),
  ];
}

function piecesByVariant(
  lines: readonly Pick<TicketLine, "variant" | "quantity">[],
): ReadonlyMap<VariantId, number> {
  const pieces = new Map<VariantId, number>();
  for (const { variant, quantity } of lines) pieces.set(variant, (pieces.get(variant) ?? 0) + quantity);
  return pieces;
}

/** What brings a level to what was counted: the difference, 0 where the books were right. */
export function movementOfCount({
  level,
  count,
  entry,
}: {
  readonly level: StockLevel;
  readonly count: Pick<StockCount, "counted">;
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
