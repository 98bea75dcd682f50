import type { JournalEntry } from "./entry.ts";

/** Where an entry stands in its till's journal. */
type Place = Pick<JournalEntry, "epoch" | "seq">;

/** Whether a place in a till's journal comes after another of the same till: by the epoch, and within one by the number. */
export function isAfter(one: Place, other: Place): boolean {
  return one.epoch > other.epoch || (one.epoch === other.epoch && one.seq > other.seq);
}

export function earlier(one: Place, other: Place): Place {
  return isAfter(one, other) ? other : one;
}

export function later(one: Place, other: Place): Place {
  return isAfter(one, other) ? one : other;
}
