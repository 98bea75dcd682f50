import type { FulfilmentId, StoreId, VariantId } from "../ids.ts";
import type { StockMovement } from "../stock/stock.ts";
import type { HandedLine } from "./act.ts";
import type { Fulfilment } from "./order.ts";
import { isOpen } from "./transitions.ts";

/** Every piece that left the store is a movement of its own, named after the piece: handing the same piece out twice moves stock once. */
export function movementsOfHanded({
  fulfilment,
  store,
  lines,
}: {
  readonly fulfilment: FulfilmentId;
  readonly store: StoreId;
  readonly lines: readonly HandedLine[];
}): readonly StockMovement[] {
  return lines.flatMap(({ line, variant, from, quantity }) =>
    Array.from({ length: quantity }, (_, index) => ({
      store,
      variant,
      quantity: -1,
      reason: { kind: "order", fulfilment, line, piece: from + index + 1 } as const,
    })),
  );
}

/** Pieces per variant that a fulfilment keeps from being sold: all that is due while it is open, then what was picked until it is back on sale. */
export function reservedBy(fulfilment: Fulfilment): ReadonlyMap<VariantId, number> {
  const reserved = new Map<VariantId, number>();
  const open = isOpen(fulfilment.state);
  for (const line of fulfilment.lines) {
    const kept = open ? line.quantity - line.missing : picksNotYetBack(fulfilment, line.picked);
    const pieces = kept - line.handed;
    if (pieces > 0) reserved.set(line.variant, (reserved.get(line.variant) ?? 0) + pieces);
  }
  return reserved;
}

function picksNotYetBack({ state, restocked }: Fulfilment, picked: number): number {
  return state === "collected" || state === "shipped" || restocked ? 0 : picked;
}

/** What is promised to nobody: on hand - reserved - safety stock, never below zero. */
export function availableToPromise({
  onHand,
  reserved,
  safetyStock,
}: {
  readonly onHand: number;
  readonly reserved: number;
  readonly safetyStock: number;
}): number {
  return Math.max(0, onHand - reserved - safetyStock);
}

/** What is still to be handed over or sent, piece by piece, as a hand-out of all of it names it. */
export function allThatIsDue(fulfilment: Fulfilment): readonly HandedLine[] {
  return fulfilment.lines
    .map(({ line, variant, quantity, missing, handed }) => ({
      line,
      variant,
      from: handed,
      quantity: quantity - missing - handed,
    }))
    .filter(({ quantity }) => quantity > 0);
}
