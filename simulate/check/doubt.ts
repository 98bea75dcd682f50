import type { EntryId } from "#domain/ids.ts";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { Told } from "../day/day.ts";

/** While an entry has not been acknowledged. */
const UNSENT = Number.POSITIVE_INFINITY;

/** What is known of a till at a moment, from outside. */
export interface Seen {
  readonly now: number;
  /** Its journal, oldest first. */
  readonly own: readonly JournalEntry[];
  /** How many of the newest of them it has not told. */
  readonly unsent: number;
  /** When it asked what was answered to it last about its stock. */
  readonly askedAt: number;
  /** Whether the server's newest entry of its device is its own newest. */
  readonly isInStep: boolean;
  readonly hasTwin: boolean;
}

/**
 * Of which of its entries a till cannot know whether the server has them. Put back, beside a twin, or with a server that went back, it counts what it tells anew once
 * more rather than not at all, until what it asks after it has told it is answered. In doubt are entries that were there at that moment, and those that join until
 * till and server are in step again.
 */
export class Doubt {
  /** Until when each was not told. */
  readonly #entries = new Map<EntryId, number>();
  #since = NEVER;
  /** The newest of its entries at the last look, by its hash: one that is carried over has another. */
  #newest: string | undefined;
  #isOver = true;

  /** Takes note of a till at a look; `since`: see `partedSo`. */
  look(since: string, seen: Seen): void {
    const { now, own, unsent, askedAt } = seen;
    if (this.isOver(since)) return;
    const parts = since !== this.#since;
    this.#since = since;
    if (parts) this.#isOver = false;
    const told = own.slice(0, own.length - unsent);
    const untold = own.slice(told.length);
    const known = parts ? 0 : 1 + own.findLastIndex(({ hash }) => hash === this.#newest);
    this.#newest = own.at(-1)?.hash;
    for (const { id } of told) if (this.#entries.get(id) === UNSENT) this.#entries.set(id, now);
    if (!this.#isOver) {
      // What joined may have been told, and asked for, since the last look.
      for (const { id } of told.slice(known)) this.#entries.set(id, now);
      for (const { id } of untold) this.#entries.set(id, UNSENT);
    }
    for (const [id, toldAt] of this.#entries) if (toldAt < askedAt) this.#entries.delete(id);
    this.#isOver ||= seen.isInStep && unsent === 0 && !seen.hasTwin;
  }

  isOver(since: string): boolean {
    return since === this.#since && this.#isOver && this.#entries.size === 0;
  }

  has(id: EntryId): boolean {
    return this.#entries.has(id);
  }
}

/** Nothing happened yet that brings doubt. */
export const NEVER = "0/0/0";

/**
 * How often a device's journal, and the server, parted from what was, and how often the device lost since what it knew of that; another text each time that they do. One that never
 * parted has one epoch, in which nothing is told anew.
 */
export function partedSo(
  { forked, serverWentBack, mended }: Pick<Told, "forked" | "serverWentBack" | "mended">,
  deviceName: string,
): string {
  const forks = forked.get(deviceName) ?? 0;
  // Where its epoch ends, a till that does not know any more what was acknowledged in it tells all of it anew.
  const mends = forks + serverWentBack > 0 ? (mended.get(deviceName) ?? 0) : 0;
  return `${forks}/${serverWentBack}/${mends}`;
}
