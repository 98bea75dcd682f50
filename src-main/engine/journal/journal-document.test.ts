import { expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import { GENESIS_HASH, type JournalEntry } from "#domain/journal/entry.ts";
import { JournalDamaged, readEntry } from "./journal-document.ts";

const entry: JournalEntry = {
  id: idOf<"Entry">("e1"),
  device: idOf<"Device">("d1"),
  epoch: 1,
  seq: 1,
  store: idOf<"Store">("s1"),
  staff: null,
  at: instant(0),
  prev: GENESIS_HASH,
  fact: { type: "epoch.begun", register: 1, nextReceipt: 1, previous: null },
  hash: "0".repeat(64),
  signature: `${"A".repeat(85)}A`,
};
const id = "000001-000000000001";
const textOf = (more: Partial<JournalEntry> = {}): string => canonicalJson({ ...entry, ...more });

test("an entry is what its text says, also where one like it was read before", () => {
  for (const seq of [1, 2, 1]) expect(readEntry({ id, entry: textOf({ seq }) })).toEqual({ ...entry, seq });
});

test("what is no entry is refused each time, by its place", () => {
  const hurt = textOf().replace("epoch.begun", "epoch.began!");
  readEntry({ id, entry: textOf() });
  for (let time = 0; time < 2; time += 1) {
    expect(() => readEntry({ id, entry: hurt })).toThrow(JournalDamaged);
    expect(() => readEntry({ id, entry: "{" })).toThrow(id);
  }
});
