import type { VariantId } from "../ids.ts";
import { applyMovement } from "../stock/movements.ts";
import type { StockLevel } from "../stock/stock.ts";
import { effectsOf } from "./effects.ts";
import type { Fact, JournalEntry } from "./entry.ts";

/** The highest entry of a till whose effects a replica contains. */
export interface AppliedUpTo {
  readonly epoch: number;
  readonly seq: number;
}

/** Entries that a replica does not contain yet: of later epochs, or of its epoch beyond its seq. */
export function pendingEntries({
  entries,
  applied,
}: {
  readonly entries: readonly JournalEntry[];
  readonly applied: AppliedUpTo;
}): readonly JournalEntry[] {
  return entries.filter(
    (entry) => entry.epoch > applied.epoch || (entry.epoch === applied.epoch && entry.seq > applied.seq),
  );
}

/** fold(replica, pending): stock levels as they are with the till's own entries that the replica does not contain yet. */
export function foldStock({
  levels,
  pending,
}: {
  readonly levels: ReadonlyMap<VariantId, StockLevel>;
  readonly pending: readonly JournalEntry[];
}): ReadonlyMap<VariantId, StockLevel> {
  const folded = new Map(levels);
  for (const movement of pending.flatMap((entry) => effectsOf(entry).movements)) {
    const level = folded.get(movement.variant) ?? {
      store: movement.store,
      variant: movement.variant,
      onHand: 0,
    };
    folded.set(movement.variant, applyMovement(level, movement));
  }
  return folded;
}

/** The counter of the next receipt number after a fact; it lives in the journal and nowhere else. */
export function receiptCounterAfter({
  counter,
  fact,
}: {
  readonly counter: number;
  readonly fact: Fact;
}): number {
  switch (fact.type) {
    case "epoch.begun":
      return fact.nextReceipt;
    case "ticket.completed":
      return counter + 1;
    case "staff.signedIn":
    case "staff.signedOut":
    case "receipt.reprinted":
      return counter;
  }
}
