import { randomInt } from "node:crypto";
import type { Instant } from "#domain/ids.ts";
import type { Storage } from "../storage/port.ts";

/** Of a number that a checkpoint can carry. */
const ERAS = 2 ** 47;

/** A time in which a server handed out sequence numbers, from one start of it to the next. */
export interface EraReads {
  /** The one that is now; null where none was ever begun. */
  newestEra(): Promise<string | null>;
  /** How far the feeds had come when an era ended: as the next one began. `goesOn`: it is the newest; `unknown`: this database never had it. */
  endOfEra(era: string): Promise<ReadonlyMap<string, number> | "goesOn" | "unknown">;
}

export interface EraWrites {
  /** From now on it is this era. */
  beginEra(era: { readonly era: string; readonly at: Instant }): Promise<void>;
  /** Forgets eras that began before, but for the newest. */
  purgeEras(before: Instant): Promise<void>;
}

/**
 * Begins an era: a server that starts may be one whose backup was put back. What it hands out from now on are numbers that a till may know from a time which this
 * database never had: by its era a checkpoint of that time is told from one of this, however far the feeds have come again.
 */
export function beginEra({
  storage,
  now,
}: {
  readonly storage: Pick<Storage, "write">;
  readonly now: () => Instant;
}): Promise<void> {
  return storage.write((tx) => tx.beginEra({ era: String(randomInt(1, ERAS)), at: now() }));
}
