import type { Instant, StoreId } from "#domain/ids.ts";
import type { Money } from "#domain/money/money.ts";
import type { ValuedPart } from "#protocol/hq/stock-value.ts";

/** Pieces of one part at what they cost in one currency; null: nobody knows. */
export interface PartValue {
  readonly part: ValuedPart;
  readonly pieces: number;
  readonly amount: Money | null;
}

/** What is read beside the server's thread. */
export interface StockValueAsideReads {
  /** `stores` null: all. Adjustments and counts since a moment. What is sold by weight has a cost per kilogram, and so none per piece. */
  stockValue(ask: {
    readonly stores: readonly StoreId[] | null;
    readonly since: Instant;
  }): readonly PartValue[];
}
