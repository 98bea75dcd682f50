import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { JOURNAL_FILE } from "../database.ts";
import { hurtPages } from "../storage/testing/hurt-pages.ts";
import { JournalBench } from "../testing/journal-bench.ts";
import { readDatabase, textsInDatabase } from "./database-marks.ts";
import { documentId } from "./journal-document.ts";

let bench: JournalBench;
/** Of the beginning and twelve sales. */
let ids: readonly string[];
beforeEach(async () => {
  bench = await JournalBench.open();
  for (let sale = 0; sale < 12; sale += 1) await bench.sell();
  ids = (await bench.entries()).map(documentId);
  await bench.shut();
});
afterEach(() => bench.close());

const file = () => join(bench.folder, JOURNAL_FILE);
const read = () => readDatabase(file(), "journal", undefined);
const texts = (of?: readonly string[]) =>
  textsInDatabase({ file: file(), name: "journal", openFile: undefined }, of);

function sql(statement: string): void {
  const database = new DatabaseSync(file());
  database.exec(`UPDATE "journal/journal/0" ${statement}`);
  database.close();
}

const rowOf = (id: string) => `{"id":"${id}"`;
const [fifth, last] = ["000001-000000000005", "000001-000000000013"];

describe("a journal's database", () => {
  test("of which a page is hurt tells what is on the others, and how far it went", () => {
    hurtPages(file(), rowOf(fifth));
    const { marks, unread, isLossy, isSound } = read();
    expect(unread).toContain(fifth);
    expect([...marks.map(({ id }) => id), ...unread].sort()).toEqual(ids);
    expect(marks.map(({ id }) => id)).toContain(last);
    expect([isLossy, isSound]).toEqual([false, false]);
    expect(texts().size).toBe(marks.length);
  });

  test("of which the newest page is hurt tells the newest id", () => {
    hurtPages(file(), rowOf(last));
    const { unread, isLossy } = read();
    expect([unread.at(-1), isLossy]).toEqual([last, false]);
  });

  test("of which the newest page and the index of its ids are hurt does not tell how far it went", () => {
    hurtPages(file(), rowOf(last), last);
    expect(read().isLossy).toBe(true);
  });

  test("calls a row by the id that two of its three say", () => {
    sql(`SET id = '000001-000000000099' WHERE id = '${fifth}'`);
    expect(read().unread).toEqual([fifth]);
    sql(
      `SET id = '${fifth}', data = replace(data, '${rowOf(fifth)}', '${rowOf("000001-000000000099")}') WHERE id LIKE '%99'`,
    );
    expect(read().unread).toEqual([fifth]);
    sql(`SET data = '{}' WHERE id = '${fifth}'`);
    expect(read().unread).toEqual([fifth]);
  });

  test("reads the texts that are asked for and no others, however far they lie apart", () => {
    expect([...texts([ids[0]!, last]).keys()]).toEqual([ids[0], last]);
  });
});
