import { generateKeyPairSync, sign } from "node:crypto";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { sealEntry } from "#domain/journal/seal.ts";
import { JournalBench } from "../testing/journal-bench.ts";
import { sha256Hex } from "./journal.ts";
import { JournalDamaged, toDocument } from "./journal-document.ts";
import { COPY_FILE } from "./second-copy.ts";

let bench: JournalBench;
beforeEach(async () => {
  bench = await JournalBench.open();
  for (let count = 0; count < 5; count += 1) await bench.sell();
});
afterEach(() => bench.close());

/** Changes the text of an entry on disk, as a bad sector or a wrong hand does. */
async function rewrite(seq: number, change: (text: string) => string): Promise<void> {
  const document = await documentOf(seq);
  await document.incrementalPatch({ entry: change(document.entry) });
}

async function documentOf(seq: number) {
  const documents = await bench.documents.find({ sort: [{ id: "asc" }] }).exec();
  const found = documents[seq - 1];
  if (found === undefined) throw new Error(`there is no entry ${seq}`);
  return found;
}

/** The entry once more, with other content, hashed anew and signed with any key. */
function resealed(entry: JournalEntry, changes: Partial<JournalEntry>, own: boolean): JournalEntry {
  const stranger = generateKeyPairSync("ed25519").privateKey;
  const { hash: _, signature: __, ...content } = { ...entry, ...changes };
  return sealEntry({
    content,
    sha256Hex,
    sign: own ? bench.identity.sign : (text) => sign(null, Buffer.from(text), stranger).toString("base64url"),
  });
}

async function replace(seq: number, with_: (entry: JournalEntry) => JournalEntry): Promise<void> {
  await rewrite(seq, (text) => toDocument(with_(JSON.parse(text))).entry);
}

describe("a journal whose end is not what this till wrote, and that has no second copy, is found at opening:", () => {
  test.each<[string, string, () => Promise<void>]>([
    [
      "an amount was changed in the last sale",
      "the entries between 1/5 and the end (receipts BER1-03-000005 to the last",
      () => rewrite(6, (text) => text.replaceAll('"minor":850', '"minor":85')),
    ],
    [
      "the text of an entry is cut off",
      "between 1/5 and the end",
      () => rewrite(6, (text) => text.slice(0, -20)),
    ],
    ["an entry is no entry", "between 1/5 and the end", () => rewrite(6, () => '{"seq":6}')],
    [
      "an entry was changed and hashed anew, but another key signed it",
      "between 1/5 and the end",
      () => replace(6, (entry) => resealed(entry, { staff: null }, false)),
    ],
    [
      "an entry hangs on another past",
      "does not follow",
      () => replace(6, (entry) => resealed(entry, { prev: "f".repeat(64) }, true)),
    ],
    [
      "an entry in between is gone",
      "between 1/4 and 1/6 (receipts BER1-03-000004 to BER1-03-000004",
      async () => void (await (await documentOf(5)).incrementalRemove()),
    ],
    [
      "an entry in between was changed and signed anew, so that the next no longer hangs on it",
      "does not follow",
      () => replace(5, (entry) => resealed(entry, { staff: null }, true)),
    ],
  ])("%s", async (_, why, damage) => {
    await damage();
    await bench.shut();
    // Where the second copy is left, the till puts itself right: mended.test.ts.
    rmSync(join(bench.folder, COPY_FILE));
    await expect(bench.reopen()).rejects.toThrow(JournalDamaged);
    await expect(bench.reopen()).rejects.toThrow(why);
  });

  test("the till was given another key, after its own was lost", async () => {
    await bench.shut();
    rmSync(join(bench.folder, "identity.json"));
    await expect(JournalBench.on(bench.folder)).rejects.toThrow(JournalDamaged);
  });

  test("and one that nobody hurt opens", async () => {
    await bench.reopen();
    expect(bench.journal.head).toMatchObject({ epoch: 1, seq: 6, nextReceipt: 6 });
  });
});
