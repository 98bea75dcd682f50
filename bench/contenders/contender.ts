import type { ShopDocument } from "../shop/document.ts";

export type ContenderName = "onetill" | "pouchdb" | "pouchdb-together" | "rxdb" | "rxdb-server";

/** What one round is about; the same for all. */
export interface Round {
  /** Empty, on the disk that is measured. */
  readonly folder: string;
  /** Where the pages of the peers lie, bundled. */
  readonly pagesDir: string;
  readonly skus: number;
  readonly tickets: readonly ShopDocument[];
  /** Tills that hear of a change. */
  readonly tills: number;
  readonly changes: number;
}

/** How a till with nothing in it came to have the shop, and how it got its tickets to the server. */
export interface SyncedAndPushed {
  /** Milliseconds. */
  readonly firstSyncMs: number;
  readonly pushMs: number;
  /** Bytes between till and server, both directions. */
  readonly firstSyncBytes: number;
  readonly pushBytes: number;
  /** Bytes that the till's programs weigh with the shop in them, and weighed before there was anything in them. */
  readonly till: number;
  readonly emptyTill: number;
  /** Bytes that the server weighs after both. */
  readonly server: number;
}

/** A till and a server of one kind, each measured in programs that were never used before. */
export interface Contender {
  readonly name: ContenderName;
  syncAndPush(round: Round): Promise<SyncedAndPushed>;
  /** Milliseconds from a change at the server until each of the tills had it: tills times changes of them. Left out where it is another's. */
  propagate?(round: Round): Promise<readonly number[]>;
}

/** Tills that hear of a change have a small shop: what is measured is one change, not what lies beside it. */
export const SMALL_SHOP_SKUS = 1_000;
/** Between two changes: longer than a till takes to calm down after one. */
export const BETWEEN_CHANGES_MS = 300;

/** Amounts that the first article does not have yet, cents. */
export function centsOfChange(change: number): number {
  return 30_000 + change;
}
