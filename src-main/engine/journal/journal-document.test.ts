import { expect, test } from "vitest";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import { begunEntry } from "../testing/begun-entry.ts";
import { JournalDamaged, readEntry } from "./journal-document.ts";

const id = "000001-000000000001";
const textOf = (seq: number): string => canonicalJson(begunEntry(seq));

test("an entry is what its text says, also where one like it was read before", () => {
  for (const seq of [1, 2, 1]) expect(readEntry({ id, entry: textOf(seq) })).toEqual(begunEntry(seq));
});

test("what is no entry is refused each time, by its place", () => {
  const hurt = textOf(1).replace("epoch.begun", "epoch.began!");
  readEntry({ id, entry: textOf(1) });
  for (let time = 0; time < 2; time += 1) {
    expect(() => readEntry({ id, entry: hurt })).toThrow(JournalDamaged);
    expect(() => readEntry({ id, entry: "{" })).toThrow(id);
  }
});
