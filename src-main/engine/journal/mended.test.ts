import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { JournalEntry } from "#domain/journal/entry.ts";
import { JOURNAL_FILE } from "../database.ts";
import { JournalBench } from "../testing/journal-bench.ts";
import type { Recovery } from "./recovery.ts";
import { COPY_FILE } from "./second-copy.ts";

const SALES = 24;
const DATABASE = JOURNAL_FILE;
const LOG = `${JOURNAL_FILE}-wal`;
const DRAFT = { id: "basket:half-rung", value: '{"lines":3}' };
const SEALED_DRAFT = { id: "customerKey:mira", value: "sealed:c2VhbGVkIGJ5LXRoZV90aWxs" };
const DRAFTS = [DRAFT, SEALED_DRAFT];

/** A till's folder with sales in it, as it lies there: `off` was closed, `on` was cut off with the last of it in the database's log. */
const folders = { off: "", on: "" };
let written: readonly JournalEntry[];
beforeAll(async () => {
  const bench = await JournalBench.open();
  for (let sale = 0; sale < SALES - 3; sale += 1) await bench.sell();
  await bench.journal.carryOver({ epoch: 2, register: 3 });
  await bench.shut();
  await bench.reopen();
  for (let sale = 0; sale < 3; sale += 1) await bench.sell();
  await bench.drafts.bulkInsert(DRAFTS);
  folders.on = copied(bench.folder);
  written = await bench.entries();
  await bench.shut();
  folders.off = copied(bench.folder);
  await bench.close();
  return () => {
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
  };
});

let open: JournalBench | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

function copied(folder: string): string {
  const to = mkdtempSync(join(tmpdir(), "onetill-mended-"));
  cpSync(folder, to, { recursive: true });
  return to;
}

/** Starts a till on a folder that was hurt before. */
async function start(state: "on" | "off", hurt: (folder: string) => void): Promise<JournalBench> {
  const folder = copied(folders[state]);
  hurt(folder);
  open = await JournalBench.on(folder, "later");
  return open;
}

/** Every sale is there, in both copies, and the till goes on behind the last one. */
async function expectWhole(bench: JournalBench): Promise<void> {
  expect(await bench.entries()).toEqual(written);
  expect((await bench.sell()).number).toBe(`BER1-03-${String(SALES + 1).padStart(6, "0")}`);
  const entries = await bench.entries();
  bench.checkChain(entries);
  await bench.reopen();
  expect(bench.recovery).toBeNull();
  await bench.shut();
  rmSync(join(bench.folder, DATABASE));
  await bench.reopen();
  expect(await bench.entries()).toEqual(entries);
}

/** What was under way is there as it was, whatever is sealed among it too. */
async function expectDrafts(bench: JournalBench): Promise<void> {
  for (const { id, value } of DRAFTS) expect((await bench.drafts.findOne(id).exec())?.value).toBe(value);
}

/** How much of a file holds something: behind the second copy's lines is room for more. */
function held(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return end;
}

const flip =
  (file: string, where: number | ((size: number) => number)) =>
  (folder: string): void => {
    const path = join(folder, file);
    const bytes = readFileSync(path);
    const size = file === COPY_FILE ? held(bytes) : bytes.length;
    const at = typeof where === "number" ? where : Math.floor(where(size));
    bytes[at] = (bytes[at] ?? 0) ^ 0x11;
    writeFileSync(path, bytes);
  };
const cut =
  (file: string, to: (size: number) => number) =>
  (folder: string): void => {
    const path = join(folder, file);
    const bytes = readFileSync(path);
    truncateSync(path, Math.floor(to(file === COPY_FILE ? held(bytes) : bytes.length)));
  };
const remove =
  (...files: readonly string[]) =>
  (folder: string): void => {
    for (const file of files) rmSync(join(folder, file));
  };
const garbage = (file: string) => (folder: string) => writeFileSync(join(folder, file), "x".repeat(100_000));
const sql = (statement: string) => (folder: string) => {
  const database = new DatabaseSync(join(folder, DATABASE));
  database.exec(statement);
  database.close();
};
const all =
  (...hurts: readonly ((folder: string) => void)[]) =>
  (folder: string): void => {
    for (const hurt of hurts) hurt(folder);
  };
/** Where an entry's line stands in the second copy. */
const inLine = (line: number) => (folder: string) => {
  const path = join(folder, COPY_FILE);
  const lines = readFileSync(path, "utf8").split("\n");
  lines[line] = (lines[line] ?? "").replace('"minor":850', '"minor":840');
  writeFileSync(path, lines.join("\n"));
};
/** Written behind the last line of the second copy. */
const scrawl = (text: string) => (folder: string) => {
  const path = join(folder, COPY_FILE);
  const bytes = readFileSync(path);
  bytes.write(text, held(bytes));
  writeFileSync(path, bytes);
};
const row = '"journal/journal/0"';

type Kind = readonly [
  name: string,
  state: "on" | "off",
  hurt: (folder: string) => void,
  said: Pick<Recovery, "database" | "copy"> | null,
];
const database = (was: Recovery["database"]) => ({ database: was, copy: "whole" }) as const;
const copy = (was: Recovery["copy"]) => ({ database: "whole", copy: was }) as const;

const KINDS: readonly Kind[] = [
  ["its database was deleted", "off", remove(DATABASE), database("gone")],
  ["its database was deleted with its log", "on", remove(DATABASE, LOG), database("gone")],
  ["its database is empty", "off", cut(DATABASE, () => 0), database("gone")],
  ["its database was cut off", "off", cut(DATABASE, (size) => size / 2), database("damaged")],
  ["its database is no database any more", "off", garbage(DATABASE), database("damaged")],
  ["its database's header has a flipped byte", "off", flip(DATABASE, 3), database("damaged")],
  ["its database lost its log", "on", remove(LOG), database("lagging")],
  ["its database's log was cut off", "on", cut(LOG, (size) => size * 0.2), database("lagging")],
  ["its database's log has a flipped byte", "on", flip(LOG, (size) => size * 0.2), database("lagging")],
  [
    "an entry vanished from its database",
    "off",
    sql(`DELETE FROM ${row} WHERE id LIKE '%05'`),
    database("damaged"),
  ],
  [
    "an amount in its database is another",
    "off",
    sql(`UPDATE ${row} SET data = replace(data, 'minor\\":850', 'minor\\":840') WHERE id LIKE '%06'`),
    database("damaged"),
  ],
  [
    "a sale in its database is found by another's number",
    "off",
    sql(`UPDATE ${row} SET data = replace(data, '"ticketId":"id', '"ticketId":"xx') WHERE id LIKE '%06'`),
    database("damaged"),
  ],
  [
    "a collection in its database has another name",
    "off",
    sql(`UPDATE "journal/_rxdb_internal/0" SET data = replace(data, '"name":"drafts"', '"name":"dbafts"')`),
    database("damaged"),
  ],
  ["its second copy was deleted", "off", remove(COPY_FILE), copy("gone")],
  ["its second copy is empty", "off", cut(COPY_FILE, () => 0), copy("lagging")],
  ["its second copy was cut off within a line", "off", cut(COPY_FILE, (size) => size / 2), copy("damaged")],
  ["its second copy is something else", "off", garbage(COPY_FILE), copy("damaged")],
  ["its second copy has a flipped byte", "off", flip(COPY_FILE, (size) => size / 2), copy("damaged")],
  [
    "the last line of its second copy has a flipped byte",
    "off",
    flip(COPY_FILE, (size) => size - 9),
    copy("damaged"),
  ],
  ["an amount in its second copy is another", "off", inLine(5), copy("damaged")],
  [
    "half a line stands at the end of its second copy, as a power cut leaves it",
    "off",
    scrawl("0badc0de 000000/000001 0000"),
    null,
  ],
  [
    "both were hurt, each at another place",
    "off",
    all(inLine(5), sql(`DELETE FROM ${row} WHERE id LIKE '%000009'`)),
    { database: "damaged", copy: "damaged" },
  ],
  [
    "its database is gone and half a line stands at the end of its second copy",
    "off",
    all(remove(DATABASE), scrawl("half a li")),
    database("gone"),
  ],
];

describe("a till of which", () => {
  test.each(KINDS)("%s has every sale and sells on", async (_, state, hurt, said) => {
    const bench = await start(state, hurt);
    if (said === null) expect(bench.recovery).toBeNull();
    else expect(bench.recovery).toMatchObject({ ...said, entries: written.length });
    await expectWhole(bench);
  });
});

test("what was hurt is kept aside, and drafts that can be read in it are brought along", async () => {
  const bench = await start("off", sql(`DELETE FROM ${row} WHERE id LIKE '%05'`));
  expect(bench.recovery).toMatchObject({ restored: 2 });
  await expectDrafts(bench);
  const [time] = readdirSync(join(bench.folder, "set-aside"));
  const aside = new DatabaseSync(join(bench.folder, "set-aside", time ?? "", DATABASE), { readOnly: true });
  expect(aside.prepare(`SELECT count(*) AS entries FROM ${row}`).get()).toEqual({
    entries: written.length - 2,
  });
  aside.close();
});

test("a till of a version that had no second copy gets one without a word", async () => {
  const bench = await start("off", all(remove(COPY_FILE), sql(`DELETE FROM "journal/drafts/0"`)));
  expect(bench.recovery).toBeNull();
  await expectWhole(bench);
});

test("a journal of more entries than are read at a time comes whole into a second copy", {
  timeout: 120_000,
}, async () => {
  open = await JournalBench.open();
  for (let sale = 0; sale < 260; sale += 1) await open.sell();
  await open.journal.carryOver({ epoch: 2, register: 3 });
  const entries = await open.entries();
  expect(entries.length).toBeGreaterThan(500);
  await open.shut();
  rmSync(join(open.folder, COPY_FILE));
  await open.reopen();
  await open.shut();
  rmSync(join(open.folder, DATABASE));
  await open.reopen();
  expect(await open.entries()).toEqual(entries);
});

test("a till whose copies are both gone at the same place does not start, and touches neither", async () => {
  const hurt = all(remove(COPY_FILE), sql(`UPDATE ${row} SET data = '{}' WHERE id LIKE '%06'`));
  await expect(start("off", hurt)).rejects.toThrow("cannot be read");
});

test("whichever byte of the database is flipped, every sale is there", { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 0, max: 0.999_999, noNaN: true }), async (place) => {
      const bench = await start(
        "off",
        flip(DATABASE, (size) => size * place),
      );
      expect(await bench.entries()).toEqual(written);
      expect((await bench.sell()).number).toBe(`BER1-03-${String(SALES + 1).padStart(6, "0")}`);
      await bench.close();
      open = null;
    }),
    { numRuns: Number(process.env.RUNS ?? 60) },
  );
});
