import { beforeEach, expect, test } from "vitest";
import { canonicalJson } from "#domain/journal/canonical-json.ts";
import type { JournalDocument } from "../database.ts";
import { begunEntry } from "../testing/begun-entry.ts";
import { JournalDamaged, toDocument } from "./journal-document.ts";
import { KeptEntries } from "./kept-entries.ts";

let kept: KeptEntries;

beforeEach(() => {
  kept = new KeptEntries();
});

/** An entry of this number, its text with blanks behind it, which say nothing, for as long as it is to be. */
function documentOf(seq: number, characters = 0): JournalDocument {
  const entry = begunEntry(seq);
  return toDocument(entry, canonicalJson(entry).padEnd(characters));
}

/** What is kept is the very same, what is not is made anew. */
function isKept(document: JournalDocument): boolean {
  const read = kept.read(document);
  return read === kept.read(document);
}

test("an entry is what its text says, also where one like it is kept", () => {
  for (const seq of [1, 2, 1]) expect(kept.keep(documentOf(seq))).toMatchObject({ seq });
});

test("what is only read is not kept", () => {
  kept.read(documentOf(1));
  expect(isKept(documentOf(1))).toBe(false);
  kept.keep(documentOf(1));
  expect(isKept(documentOf(1))).toBe(true);
});

test("what is no entry is refused each time", () => {
  const hurt = { ...documentOf(1), entry: documentOf(1).entry.replace("epoch.begun", "epoch.began!") };
  for (let time = 0; time < 2; time += 1) expect(() => kept.keep(hurt)).toThrow(JournalDamaged);
});

test("long ones are few: those used longest ago are let go of at two million characters", () => {
  const documents = [1, 2, 3, 4, 5].map((seq) => documentOf(seq, 500_000));
  for (const document of documents.slice(0, 4)) kept.keep(document);
  expect(documents.map(isKept)).toEqual([true, true, true, true, false]);
  kept.keep(documents[0]!);
  kept.keep(documents[4]!);
  expect(documents.map(isKept)).toEqual([true, false, true, true, true]);
});

test("one that is longer than all that may be kept drives nothing away", () => {
  kept.keep(documentOf(1));
  const long = documentOf(2, 2_000_001);
  expect(kept.keep(long)).toMatchObject({ seq: 2 });
  expect([documentOf(1), long].map(isKept)).toEqual([true, false]);
});

test("of what a journal begins with, the newest are kept, and the very newest the longest", () => {
  const documents = [6, 5, 4, 3, 2, 1].map((seq) => documentOf(seq, 500_000));
  const seqs: number[] = [];
  for (const { seq } of kept.keepNewest(documents)) {
    seqs.push(seq);
    if (seq === 2) break;
  }
  expect(seqs).toEqual([6, 5, 4, 3, 2]);
  expect(documents.map(isKept)).toEqual([true, true, true, true, false, false]);
  kept.keep(documentOf(7, 500_000));
  expect(documents.map(isKept)).toEqual([true, true, true, false, false, false]);
});
