import type { CountId, EntryId, Instant } from "../ids.ts";
import { movementOfCount } from "./movements.ts";
import type { StockCount, StockLevel, StockMovement } from "./stock.ts";

/** A count of one store and variant that is in the books, and when the shelf was counted, by the server's clock. */
export interface BookedCount {
  readonly entry: EntryId;
  readonly at: Instant;
  /** The planned count that it is of. Absent: a recount of one article. */
  readonly count?: CountId;
}

/**
 * As of when a result of a planned count is booked: when the shelf was counted, or else when the same count booked of it last. What is told late of
 * a count mends what that booked before; it was not counted again since.
 */
export function momentOfResult({
  count,
  counted,
  last,
}: {
  readonly count: CountId;
  readonly counted: Instant;
  readonly last: BookedCount | null;
}): Instant {
  return last !== null && last.count === count && last.at > counted ? last.at : counted;
}

/**
 * What a count books: the difference to `level`, which is the level as of the count's own moment, so that what was sold since stays sold. 0 where
 * the shelf was counted again since (`last`, the newest count in the books): that one saw whatever this one did.
 */
export function correctionOfCount({
  level,
  count,
  counted,
  last,
}: {
  readonly level: StockLevel;
  readonly count: Pick<StockCount, "counted">;
  readonly counted: BookedCount;
  readonly last: BookedCount | null;
}): StockMovement {
  const correction = movementOfCount({ level, count, entry: counted.entry });
  return last !== null && counted.at < last.at ? { ...correction, quantity: 0 } : correction;
}

/**
 * What is booked beside a movement that happened at `at` but is told of only after a later count: whoever counted found the shelf without those
 * goods already, so it is taken back. Null where there is nothing to take back. Two tills' acts of one millisecond are in the order they are told.
 */
export function alreadyCounted({
  movement,
  cause,
  at,
  last,
}: {
  readonly movement: StockMovement;
  readonly cause: string;
  readonly at: Instant;
  readonly last: BookedCount | null;
}): StockMovement | null {
  if (movement.quantity === 0 || last === null || at >= last.at) return null;
  return {
    ...movement,
    quantity: -movement.quantity,
    reason: { kind: "alreadyCounted", count: last.entry, cause },
  };
}
