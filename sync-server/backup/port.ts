import type { Instant } from "#domain/ids.ts";

/** Where the shop of a database went, from which nothing is served any more. */
export interface MovedAway {
  /** As people name it: host and database, or a file. */
  readonly to: string;
  readonly at: Instant;
  /** Which move it was: the same stands at the database it went to. */
  readonly move: string;
}

export interface MoveReads {
  /** Null: the shop is here. */
  movedAway(): Promise<MovedAway | null>;
  /** The last move by which the shop came here; null: it came by none. */
  movedHere(): Promise<string | null>;
}

export interface MoveWrites {
  setMovedAway(moved: MovedAway | null): Promise<void>;
  setMovedHere(move: string): Promise<void>;
}
