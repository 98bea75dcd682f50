import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import fc from "fast-check";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { JournalEntry } from "#domain/journal/entry.ts";
import type { AppliedUpTo } from "#domain/journal/fold.ts";
import { isAfter } from "#domain/journal/order-of-entries.ts";
import { JOURNAL_FILE } from "../database.ts";
import { IdentityFile, PLAIN_VAULT } from "../identity.ts";
import { hurtPages } from "../storage/testing/hurt-pages.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { JournalBench } from "../testing/journal-bench.ts";
import { ACKNOWLEDGED_DRAFT } from "./acknowledged.ts";
import { givenFor } from "./given.ts";
import { sha256Hex } from "./journal.ts";
import { documentId } from "./journal-document.ts";
import { JournalLacks } from "./lacking.ts";
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
  written = await bench.entries();
  const { epoch, seq } = written.at(-2)!;
  await bench.drafts.bulkInsert([
    ...DRAFTS,
    { id: ACKNOWLEDGED_DRAFT, value: JSON.stringify({ epoch, seq }) },
  ]);
  folders.on = copied(bench.folder);
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
  lines[line] = (lines[line] ?? "").replace('"seq":', '"sea":');
  writeFileSync(path, lines.join("\n"));
};
/** The newest lines of the second copy never came to lie on the disk: where they were to be are zeros, but for what came there of the first of them. */
const unwritten =
  (lines: number, came = 0) =>
  (folder: string): void => {
    const path = join(folder, COPY_FILE);
    const bytes = readFileSync(path);
    let from = held(bytes);
    for (let line = 0; line < lines; line += 1) from = bytes.lastIndexOf("\n", from - 2) + 1;
    bytes.fill(0, from + came);
    writeFileSync(path, bytes);
  };
/** Written behind the last line of the second copy. */
const scrawl = (text: string) => (folder: string) => {
  const path = join(folder, COPY_FILE);
  const bytes = readFileSync(path);
  bytes.write(text, held(bytes));
  writeFileSync(path, bytes);
};
/** An entry's line vanished from the second copy. */
const lineGone = (line: number) => (folder: string) => {
  const path = join(folder, COPY_FILE);
  const lines = readFileSync(path, "latin1").split("\n");
  lines.splice(line, 1);
  writeFileSync(path, lines.join("\n"), "latin1");
};
const row = '"journal/journal/0"';
const pages = (having: string) => (folder: string) => hurtPages(join(folder, DATABASE), having);
const LAST = "000002-000000000025";
/** The row of the last entry, or also each index in which its id stands: nobody can tell then how far the database went. */
const lastRow = pages(`{"id":"${LAST}"`);
const lastRowAndId = pages(LAST);
const lastLine = flip(COPY_FILE, (size) => size - 9);

/** The server was last known to have the newest entry as well. */
const newestAcknowledged = (folder: string): void => {
  const { seq } = written.at(-1)!;
  sql(`UPDATE "journal/drafts/0" SET data = replace(data, 'seq\\":${seq - 1}', 'seq\\":${seq}')
    WHERE id = '${ACKNOWLEDGED_DRAFT}'`)(folder);
};

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
  ["the newest line never came into its second copy, as a power cut leaves it", "off", unwritten(1), null],
  ["half of it did", "on", unwritten(1, 512), null],
  [
    "the newest line of its second copy is gone, and the server has that entry",
    "off",
    all(unwritten(1), newestAcknowledged),
    copy("lagging"),
  ],
  ["two lines at the end of its second copy are gone", "off", unwritten(2), copy("lagging")],
  [
    "the newest line of its second copy is gone and something else stands there",
    "off",
    all(unwritten(1), scrawl("0badc0de")),
    copy("damaged"),
  ],
  [
    "a page of its database is hurt and half a line stands at the end of its second copy, as a kill leaves it",
    "off",
    all(pages('{"id":"000001-000000000007"'), scrawl("0badc0de 000000/000001 0000")),
    database("damaged"),
  ],
  [
    "a row of its database is found by another's id, and its second copy is hurt elsewhere",
    "off",
    all(inLine(11), sql(`UPDATE ${row} SET id = '000001-000000000099' WHERE id = '000001-000000000007'`)),
    { database: "damaged", copy: "damaged" },
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

test("a till whose disk does not say what the newest entry was, as it looks whether a power cut explains the file, starts all the same", async () => {
  const folder = copied(folders.off);
  open = await JournalBench.on(folder, "later");
  await open.shut();
  unwritten(1)(folder);
  let looks = 0;
  open.openFile = (file, options) => {
    const database = new DatabaseSync(file, options);
    const prepare = database.prepare.bind(database);
    database.prepare = (statement) => {
      if (statement.startsWith(`SELECT * FROM ${row} WHERE id`)) looks += 1;
      // The first looks at its seal, and the third brings it into the file.
      if (looks !== 2) return prepare(statement);
      looks += 1;
      throw Object.assign(new Error("unable to open database file"), { errcode: 14 });
    };
    return database;
  };
  await open.reopen();
  expect(looks).toBeGreaterThan(3);
  expect(open.recovery).toMatchObject(copy("lagging"));
  await expectWhole(open);
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

/** Every file of a folder, but for what an open database leaves beside it. */
function filesOf(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder).filter((name) => !name.endsWith("-shm") && !name.endsWith("-wal"));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), "base64")]));
}

const seventh = (id: string) => id.endsWith("000007");

describe("a till whose copies are both hurt at the same entry", () => {
  const HURT: readonly (readonly [string, (folder: string) => void])[] = [
    [
      "a line and a row of it cannot be read",
      all(inLine(6), sql(`UPDATE ${row} SET data = '{}' WHERE id = '000001-000000000007'`)),
    ],
    ["a line and a row of it are gone", all(lineGone(6), sql(`DELETE FROM ${row} WHERE id LIKE '%000007'`))],
    [
      "its amount is another in the database, and its line cannot be read",
      all(
        inLine(6),
        sql(
          `UPDATE ${row} SET data = replace(data, 'minor\\":850', 'minor\\":840') WHERE id LIKE '000001-%07'`,
        ),
      ),
    ],
    [
      "its amount is another in the database, and there is no second copy any more",
      all(
        remove(COPY_FILE),
        sql(
          `UPDATE ${row} SET data = replace(data, 'minor\\":850', 'minor\\":840') WHERE id LIKE '000001-%07'`,
        ),
      ),
    ],
  ];

  test.each(HURT)("(%s) does not start, says which sale is lost, and touches nothing", async (_, hurt) => {
    const folder = copied(folders.off);
    hurt(folder);
    const before = filesOf(folder);
    const failure = await JournalBench.on(folder, "later").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(JournalLacks);
    const [lack] = (failure as JournalLacks).lacks;
    expect(lack).toMatchObject({
      after: { epoch: 1, seq: 6 },
      before: { epoch: 1, seq: 8 },
      missing: { firstReceipt: "BER1-03-000006", lastReceipt: "BER1-03-000006" },
    });
    expect((failure as JournalLacks).message).toContain("between 1/6 and 1/8 (receipts BER1-03-000006 to");
    expect(filesOf(folder)).toEqual(before);
    rmSync(folder, { recursive: true });
  });

  test.each(HURT)("(%s) has every sale and sells on once the server gave it", async (_, hurt) => {
    const folder = copied(folders.off);
    hurt(folder);
    const given = written.filter((entry) => seventh(documentId(entry)));
    open = await JournalBench.on(folder, "later", given);
    expect(open.recovery).toMatchObject({ given: expect.any(Number), entries: written.length });
    expect(open.recovery?.given).toBeGreaterThan(0);
    await expectDrafts(open);
    await expectWhole(open);
  });

  test("at the end does not write under numbers that were given out", async () => {
    const last = `(SELECT max(id) FROM ${row})`;
    const hurt = all(
      flip(COPY_FILE, (size) => size - 9),
      sql(`UPDATE ${row} SET data = '{}' WHERE id = ${last}`),
    );
    const failure = await start("off", hurt).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(JournalLacks);
    expect((failure as JournalLacks).lacks).toMatchObject([
      {
        before: null,
        missing: { firstReceipt: `BER1-03-${String(SALES).padStart(6, "0")}`, lastReceipt: null },
      },
    ]);
  });
});

describe("a till of which the last line of the second copy is hurt", () => {
  const last = () => written.at(-1)!;

  test.each([
    ["and the page of its row as well", all(lastLine, lastRow), { last: { epoch: 2, seq: 25 }, end: null }],
    ["and no id can be read of the database", all(lastLine, lastRowAndId), { last: null, end: "written" }],
    ["and whose database is no database", all(lastLine, garbage(DATABASE)), { last: null, end: "written" }],
    ["and whose database is gone", all(lastLine, remove(DATABASE)), { last: null, end: "written" }],
  ] as const)("%s gives no number out twice: it needs what the server has", async (_, hurt, known) => {
    const folder = copied(folders.off);
    hurt(folder);
    const failure = await JournalBench.on(folder, "later").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(JournalLacks);
    const [lack, ...others] = (failure as JournalLacks).lacks;
    expect(others).toEqual([]);
    expect(lack).toMatchObject({
      ...known,
      after: { epoch: 2, seq: 24 },
      before: null,
      missing: { firstReceipt: `BER1-03-${String(SALES).padStart(6, "0")}`, lastReceipt: null },
    });
    open = await JournalBench.on(folder, "later", [last()]);
    expect(open.recovery).toMatchObject({ given: 1, unsure: null });
    await expectWhole(open);
  });

  test("and whose file cannot be written has what the server gave in its database", async () => {
    const bench = await start("off", () => undefined);
    await bench.shut();
    all(lastLine, sql(`DELETE FROM ${row} WHERE id = '${LAST}'`))(bench.folder);
    bench.openAppend = () => {
      throw Object.assign(new Error("not yours"), { code: "EPERM" });
    };
    await bench.reopen(undefined, [last()]);
    expect(await bench.entries()).toEqual(written);
  });
});

const RECEIPT = `BER1-03-${String(SALES).padStart(6, "0")}`;

test.each([
  ["nothing", 0],
  ["a piece", 30],
])(
  "where the power went as the newest entry was written, %s of which is in the file, and its page of the database is hurt, the till asks, and sells on where the server has none",
  async (_, came) => {
    const folder = copied(folders.off);
    all(unwritten(1, came), lastRow)(folder);
    const failure = await JournalBench.on(folder, "later").catch((error: unknown) => error);
    const last = { epoch: 2, seq: 25 };
    expect((failure as JournalLacks).lacks).toMatchObject([{ after: { seq: 24 }, last, end: "perhaps" }]);
    open = await JournalBench.on(folder, "later", []);
    expect(open.recovery).toMatchObject({ unsure: { firstReceipt: RECEIPT, lastReceipt: null } });
    expect((await open.sell()).number).toBe(RECEIPT);
    open.checkChain(await open.entries());
    await open.reopen();
    expect(open.recovery).toBeNull();
  },
);

test("where the newest line is hurt, and in the database a row of long ago that does not even say which it was, the till starts", async () => {
  const bench = await start(
    "off",
    all(lastLine, sql(`UPDATE ${row} SET id = 'x', data = '{}' WHERE id = '000001-000000000007'`)),
  );
  expect(bench.recovery?.unsure).toBeNull();
  await expectWhole(bench);
});

test("where the newest two lines are hurt and the server has the first of them alone, it is said which sale nobody can tell of", async () => {
  const folder = copied(folders.off);
  all(inLine(written.length - 2), inLine(written.length - 1), garbage(DATABASE))(folder);
  open = await JournalBench.on(folder, "later", written.slice(-2, -1));
  expect(open.recovery).toMatchObject({ given: 1, unsure: { firstReceipt: RECEIPT, lastReceipt: null } });
});

test("where the file is cut off within a line and the database does not tell how far it went, the till asks, and then says that it cannot know", async () => {
  const folder = copied(folders.off);
  all(
    cut(COPY_FILE, (size) => size - 100),
    lastRowAndId,
  )(folder);
  const failure = await JournalBench.on(folder, "later").catch((error: unknown) => error);
  expect((failure as JournalLacks).lacks).toMatchObject([{ after: { seq: 24 }, last: null, end: "perhaps" }]);
  open = await JournalBench.on(folder, "later", []);
  expect(open.recovery).toMatchObject({
    given: 0,
    unsure: { firstReceipt: `BER1-03-${String(SALES).padStart(6, "0")}`, lastReceipt: null, until: null },
  });
  expect(await open.entries()).toEqual(written.slice(0, -1));
  await open.reopen();
  expect(open.recovery).toBeNull();
});

test("a mend that fails again and again lets go of nothing that was set aside before", async () => {
  const folder = copied(folders.off);
  all(inLine(5), sql(`DELETE FROM ${row} WHERE id LIKE '%000009'`))(folder);
  const kept = ["1", "2", "3"].map((time) => join(folder, "set-aside", time));
  for (const time of kept) mkdirSync(time, { recursive: true });
  const inTheWay = join(folder, `${COPY_FILE}.new`);
  mkdirSync(inTheWay);
  for (let tries = 0; tries < 4; tries += 1) await expect(JournalBench.on(folder)).rejects.toThrow("EISDIR");
  expect(readdirSync(join(folder, "set-aside"))).toEqual(["1", "2", "3"]);
  rmSync(inTheWay, { recursive: true });
  open = await JournalBench.on(folder, "later");
  const now = String(open.clock.now());
  expect(readdirSync(join(folder, "set-aside"))).toEqual([now, "2", "3"]);
  expect(readdirSync(join(folder, "set-aside", now))).toContain(COPY_FILE);
});

test("whatever entries both copies lost, in whatever way, the server's make the journal whole again", {
  timeout: 300_000,
}, async () => {
  const gone = fc.uniqueArray(fc.integer({ min: 0, max: written.length - 1 }), {
    minLength: 1,
    maxLength: 8,
  });
  const ways = fc.record({
    file: fc.constantFrom("changed", "gone", "noFile"),
    row: fc.constantFrom("{}", "other"),
  });
  await fc.assert(
    fc.asyncProperty(gone, ways, async (places, way) => {
      const ids = places.map((place) => documentId(written[place]!));
      const rows = ids.map((id) => `'${id}'`).join(",");
      const folder = copied(folders.off);
      const change = way.row === "{}" ? "'{}'" : "replace(data, 'hash', 'hesh')";
      sql(`UPDATE ${row} SET data = ${change} WHERE id IN (${rows})`)(folder);
      if (way.file === "noFile") remove(COPY_FILE)(folder);
      else
        for (const place of [...places].sort((a, b) => b - a))
          (way.file === "gone" ? lineGone : inLine)(place)(folder);
      const failure = await JournalBench.on(folder, "later").catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(JournalLacks);
      const asked: JournalEntry[] = [];
      for (const lack of (failure as JournalLacks).lacks) {
        const ask = async (place: AppliedUpTo) =>
          written
            .filter((entry) => isAfter(place, entry))
            .reverse()
            .slice(0, 3);
        const identity = await IdentityFile.load(folder, PLAIN_VAULT, new FakeClock());
        const found = await givenFor(lack, { ask, crypto: { sha256Hex, verify: identity.verify } });
        asked.push(...(found ?? []));
      }
      const bench = await JournalBench.on(folder, "later", asked);
      open = bench;
      await expectWhole(bench);
      await bench.close();
      open = null;
    }),
    { numRuns: Number(process.env.RUNS ?? 25) },
  );
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
