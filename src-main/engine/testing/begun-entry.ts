import { idOf, instant } from "#domain/ids.ts";
import { GENESIS_HASH, type JournalEntry } from "#domain/journal/entry.ts";

/** An entry as it is written, as far as its form goes: it is sealed by nobody. */
export function begunEntry(seq: number): JournalEntry {
  return {
    id: idOf<"Entry">(`e${seq}`),
    device: idOf<"Device">("d1"),
    epoch: 1,
    seq,
    store: idOf<"Store">("s1"),
    staff: null,
    at: instant(0),
    prev: GENESIS_HASH,
    fact: { type: "epoch.begun", register: 1, nextReceipt: 1, previous: null },
    hash: "0".repeat(64),
    signature: `${"A".repeat(85)}A`,
  };
}
