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

/** So many that ended are known at once: nearly every till that asks was here in the last one. */
const MOST_KNOWN = 16;

/**
 * Ends of eras, each looked up once: they say how far every feed had come, and after a start all tills ask for the same one, for each of their collections. An end does not change; should a
 * backup be put back under a server that goes on, the era that begins with it makes all of them be looked up anew.
 */
export class EraEnds {
  readonly #known = new Map<string, ReadonlyMap<string, number>>();
  #now: string | null = null;

  /** As `EraReads.endOfEra`; `now`: the newest era in this transaction. */
  async endOf(
    tx: EraReads,
    { era, now }: { readonly era: string; readonly now: string | null },
  ): ReturnType<EraReads["endOfEra"]> {
    if (now !== this.#now || this.#known.size > MOST_KNOWN) this.#known.clear();
    this.#now = now;
    const known = this.#known.get(era);
    if (known !== undefined) return known;
    const end = await tx.endOfEra(era);
    // Another transaction may have seen another era meanwhile.
    if (typeof end !== "string" && this.#now === now) this.#known.set(era, end);
    return end;
  }
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
