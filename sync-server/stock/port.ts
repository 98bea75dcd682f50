import type { AreaCountId, CountId, Instant, Sku, StoreId, VariantId } from "#domain/ids.ts";
import type { AreaCount, CountedLine, CountPlan, CountState } from "#domain/stock/count-plan.ts";
import type { Shelf } from "#domain/stock/shelf.ts";
import type { MovementReason } from "#domain/stock/stock.ts";
import type { LevelSort, LevelState } from "#protocol/hq/stock.ts";

/** Which levels HQ looks at. */
export interface LevelsAsk {
  /** Null: of all stores. */
  readonly stores: readonly StoreId[] | null;
  /** Empty: all. */
  readonly category: string;
  readonly search: string;
  readonly state: LevelState;
  /** Where `low`: pieces at most. */
  readonly atMost: number;
  /** Where `idle`: nothing moved since. */
  readonly idleSince: Instant;
  readonly sort: LevelSort;
  readonly descending: boolean;
}

/** What there is of one variant in one store, and what it is called. */
export interface LevelRecord {
  readonly store: StoreId;
  readonly variant: VariantId;
  readonly sku: Sku;
  readonly title: string;
  readonly options: readonly string[];
  readonly category: string;
  readonly onHand: number;
  readonly reserved: number;
  /** On their way here from other stores. */
  readonly inTransit: number;
  /** Null: never. */
  readonly soldAt: Instant | null;
  readonly countedAt: Instant | null;
  readonly movedAt: Instant | null;
}

/** A movement in its place among those of a level: by when it happened, then by its cause. */
export interface MovementPlace {
  readonly at: Instant;
  readonly cause: string;
}

export interface MovementRecord extends MovementPlace {
  readonly bookedAt: Instant;
  readonly quantity: number;
  readonly reason: MovementReason;
}

export interface StockReads {
  levels(
    ask: LevelsAsk & { readonly offset: number; readonly limit: number },
  ): Promise<readonly LevelRecord[]>;
  /** How many there are; never more than `limit`. */
  levelCount(ask: LevelsAsk & { readonly limit: number }): Promise<number>;
  /** Null where the variant is not known, or nothing of it ever moved there. */
  level(of: Shelf): Promise<LevelRecord | null>;
  /** The newest first; those before a place where one is given. */
  movements(
    ask: Shelf & { readonly before: MovementPlace | null; readonly limit: number },
  ): Promise<readonly MovementRecord[]>;
  /** What all movements up to a place come to, itself included. */
  levelUpTo(ask: Shelf & { readonly upTo: MovementPlace }): Promise<number>;
}

/** A count that HQ planned, and how far it is. */
export interface CountRecord extends CountPlan {
  readonly state: CountState;
  /** When its store was done, and by whose word; null: not yet. */
  readonly finished: { readonly at: Instant; readonly by: string } | null;
}

/** What one till told of one area. */
export interface AreaRecord extends Omit<AreaCount, "lines"> {
  readonly register: number;
  readonly staff: string;
  readonly at: Instant;
  /** HQ took its figures out. */
  readonly leftOut: boolean;
  readonly articles: number;
  readonly pieces: number;
}

/** What was found of one article, and what the books said at that moment; kept right as movements come in that happened before it, until it is booked. */
export interface CountResult {
  readonly count: CountId;
  readonly store: StoreId;
  readonly variant: VariantId;
  readonly counted: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly expected: number;
  /** Pieces that moved between the first and the last look: nobody knows whether they are in the figure. */
  readonly between: number;
  /** What was booked of it; null: nothing yet. */
  readonly booked: number | null;
  /** Another count was asked for instead: this one is not booked. */
  readonly again: boolean;
}

export type NamedResult = CountResult & Pick<LevelRecord, "sku" | "title" | "options" | "category">;

export interface CountTotals {
  readonly areas: number;
  readonly counted: number;
  /** Articles that are off and not booked yet. */
  readonly off: number;
  /** Pieces that are there and not in the books, and the other way round; of what is booked, as it was booked. */
  readonly surplus: number;
  readonly missing: number;
  /** Articles that wait to be booked. */
  readonly open: number;
}

export interface CountReads {
  count(id: CountId): Promise<CountRecord | null>;
  /** The newest first. */
  counts(ask: {
    readonly stores: readonly StoreId[] | null;
    readonly limit: number;
  }): Promise<readonly CountRecord[]>;
  /** In the order in which they were told. */
  countAreas(count: CountId): Promise<readonly AreaRecord[]>;
  areaCount(id: AreaCountId): Promise<CountId | null>;
  countLines(ask: {
    readonly count: CountId;
    readonly variants: readonly VariantId[];
  }): Promise<readonly (CountedLine & { readonly area: AreaCountId })[]>;
  variantsOfArea(area: AreaCountId): Promise<readonly VariantId[]>;
  countTotals(count: CountId): Promise<CountTotals>;
  /** What is furthest off first; `off`: what is off alone. */
  countResults(ask: {
    readonly count: CountId;
    readonly off: boolean;
    readonly offset: number;
    readonly limit: number;
  }): Promise<readonly NamedResult[]>;
  /** Those that wait to be booked, in the order of their articles' ids. */
  openResults(ask: {
    readonly count: CountId;
    readonly after: string;
    readonly limit: number;
  }): Promise<readonly CountResult[]>;
  countResult(of: { readonly count: CountId; readonly variant: VariantId }): Promise<CountResult | null>;
  /** What is to be counted, is in the books and was found nowhere. */
  uncounted(ask: {
    readonly count: CountRecord;
    readonly offset: number;
    readonly limit: number;
  }): Promise<readonly LevelRecord[]>;
  uncountedTotal(count: CountRecord): Promise<number>;
  /** Pieces that moved, in or out, after one moment and up to another. */
  movedBetween(ask: Shelf & { readonly after: Instant; readonly upTo: Instant }): Promise<number>;
  /** What a count itself booked of an article as of later than a moment, with what that took back of what was told late. */
  correctionsAfter(ask: Shelf & { readonly count: CountId; readonly after: Instant }): Promise<number>;
  /** Articles of a store that were not counted for the longest time, those that never were first. */
  longestUncounted(ask: { readonly store: StoreId; readonly limit: number }): Promise<readonly VariantId[]>;
}

export interface CountWrites {
  putCount(count: CountRecord): Promise<void>;
  /** False where it was told before. */
  addArea(area: AreaRecord, lines: readonly CountedLine[]): Promise<boolean>;
  leaveOutArea(area: AreaCountId, leftOut: boolean): Promise<void>;
  putCountResult(result: CountResult): Promise<void>;
  dropCountResult(of: { readonly count: CountId; readonly variant: VariantId }): Promise<void>;
}
