import type { Instant } from "#domain/ids.ts";

/** Where the shop of a database went, from which nothing is served any more. */
export interface MovedAway {
  /** As people name it: host and database, or a file. */
  readonly to: string;
  readonly at: Instant;
}

export interface MoveReads {
  /** Null: the shop is here. */
  movedAway(): Promise<MovedAway | null>;
}

export interface MoveWrites {
  setMovedAway(moved: MovedAway | null): Promise<void>;
}
