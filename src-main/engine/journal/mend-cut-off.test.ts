import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { JOURNAL_FILE } from "../database.ts";
import { JournalBench } from "../testing/journal-bench.ts";

const DRAFTS = [
  { id: "basket:parked", value: '{"lines":3}' },
  { id: "customerKey:mira", value: "sealed:c2VhbGVkIGJ5LXRoZV90aWxs" },
];

let bench: JournalBench;
beforeEach(async () => {
  bench = await JournalBench.open();
  for (let sale = 0; sale < 3; sale += 1) await bench.sell();
  await bench.drafts.bulkInsert(DRAFTS);
});
afterEach(() => bench.close());

const lying = (...path: string[]): string => join(bench.folder, ...path);

/** An entry vanishes from the database: it is set aside at the next start, and made anew. */
async function hurt(): Promise<void> {
  await bench.shut();
  const database = new DatabaseSync(lying(JOURNAL_FILE));
  database.exec(`DELETE FROM "journal/journal/0" WHERE id LIKE '%03'`);
  database.close();
}

/** A disk that is full from the so-manieth thing on that is done to a database, for ever. */
function fullFrom(place: number): { readonly wasReached: () => boolean } {
  let done = 0;
  bench.openFile = (file, options) =>
    new (class extends DatabaseSync {
      override exec(sql: string): void {
        done += 1;
        const isFull = done >= place;
        if (!isFull || sql.startsWith("ROLLBACK")) super.exec(sql);
        if (isFull) throw Object.assign(new Error("database or disk is full"), { errcode: 13 });
      }
    })(file, options);
  return { wasReached: () => done >= place };
}

async function expectAllThere(): Promise<void> {
  const values = await Promise.all(DRAFTS.map(({ id }) => bench.drafts.findOne(id).exec()));
  expect(values.map((found) => found?.value)).toEqual(DRAFTS.map(({ value }) => value));
  const entries = await bench.entries();
  bench.checkChain(entries);
  expect(entries.filter(({ fact }) => fact.type === "ticket.completed")).toHaveLength(3);
}

test("a start that is cut off anywhere while it makes a database anew loses no draft", {
  timeout: 120_000,
}, async () => {
  await hurt();
  for (let place = 1; ; place += 1) {
    bench.clock.pass(1);
    const disk = fullFrom(place);
    await bench.reopen().catch(() => undefined);
    await bench.shut();
    bench.openFile = undefined;
    await bench.reopen();
    await expectAllThere();
    await hurt();
    if (!disk.wasReached()) break;
  }
});

test("a database whose log alone was moved aside gets it back", async () => {
  await bench.drafts.insert({ id: "basket:of-the-log", value: "7" });
  await bench.shut();
  const [database, log] = [JOURNAL_FILE, `${JOURNAL_FILE}-wal`];
  const writer = new DatabaseSync(lying(database));
  // Somebody else has it open: what is written now stays in the log.
  const kept = new DatabaseSync(lying(database));
  writer.exec(`UPDATE "journal/drafts/0" SET data = replace(data, '"7"', '"8"')`);
  mkdirSync(lying("copied"));
  for (const file of [database, log]) copyFileSync(lying(file), lying("copied", file));
  writer.close();
  kept.close();
  mkdirSync(lying("set-aside", "5"), { recursive: true });
  writeFileSync(lying("set-aside", "5", "unfinished"), "");
  for (const suffix of ["-wal", "-shm"]) rmSync(lying(database + suffix), { force: true });
  renameSync(lying("copied", database), lying(database));
  renameSync(lying("copied", log), lying("set-aside", "5", log));
  await bench.reopen();
  expect((await bench.drafts.findOne("basket:of-the-log").exec())?.value).toBe("8");
  expect(bench.recovery).toBeNull();
  expect(existsSync(lying("set-aside", "5", "unfinished"))).toBe(false);
});

test("a draft that was removed after a database was made anew does not come back", async () => {
  await hurt();
  await bench.reopen();
  await (await bench.drafts.findOne("basket:parked").exec())?.remove();
  await bench.reopen();
  expect(await bench.drafts.findOne("basket:parked").exec()).toBeNull();
  const [time] = readdirSync(lying("set-aside"));
  expect(existsSync(lying("set-aside", time ?? "", JOURNAL_FILE))).toBe(true);
});
