import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { idOf } from "#domain/ids.ts";
import { REPLICA_COLLECTIONS } from "#protocol/documents/collections.ts";
import { openCatalog } from "../catalog/catalog.ts";
import { REPLICA_FILE } from "../database.ts";
import { markOf, OpenMark } from "../open-mark.ts";
import { CheckpointThread } from "../storage/checkpoint-thread.ts";
import type { OpenFile } from "../storage/connection.ts";
import { hurtPages, indexLeavesWith } from "../storage/testing/hurt-pages.ts";
import { countingIds, FakeClock } from "../testing/fake-clock.ts";
import { FakeJournal } from "../testing/fake-journal.ts";
import { FakeTimers } from "../testing/fake-timers.ts";
import { newKeys } from "../testing/new-keys.ts";
import { DEVICE, JOHANNA, MIRA, price, product, SETTINGS, STORE, stock } from "../testing/shop-fixture.ts";
import { type OpenedReplica, openReplica } from "./open-replica.ts";

const SECTOR_BYTES = 512;
/** No page holds a multiple of it: of each page another one is looked at. */
const EACH_SO_MANY = 7;
const keys = newKeys();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "onetill-hurt-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** `damage`: what a till says of it. */
async function opened(
  dataDir: string,
  openFile?: OpenFile,
): Promise<OpenedReplica & { readonly damage: readonly string[] }> {
  const damage: string[] = [];
  const acknowledged = { epoch: 1, seq: 0 };
  const onDamaged = (_error: unknown, state: string) => void damage.push(state);
  return { ...(await openReplica({ dataDir, keys, acknowledged, onDamaged, openFile })), damage };
}

/** All that a replica says, and how far it has come. */
async function saidBy({ replica }: Pick<OpenedReplica, "replica">): Promise<string> {
  const said: unknown[] = [];
  for (const collection of REPLICA_COLLECTIONS) {
    said.push(collection, replica.position(collection));
    for await (const chunk of replica.scan(collection)) said.push(...chunk);
  }
  return JSON.stringify(said);
}

interface Left {
  readonly folder: string;
  readonly said: string;
  /** As it was before the last that was written. */
  readonly saidBefore: string;
}

const position = { checkpoint: "@1", applied: { epoch: 1, seq: 1 }, complete: true };

function rows(documents: readonly { readonly id: string }[]) {
  return documents.map((data) => ({ id: data.id, deleted: false as const, data }));
}

/** What lies on the disk of a till whose power went, all of it written back from the log but for the last. */
async function afterPowerCut(): Promise<Left> {
  const live = join(folder, "live");
  mkdirSync(live);
  const { replica, database } = await opened(live);
  const articles = Array.from({ length: 40 }, (_, place) => product(`article-${place}`));
  await replica.write("settings", rows([SETTINGS]), position);
  await replica.write("staff", rows([MIRA, JOHANNA]), position);
  await replica.write("products", rows(articles), position);
  await database.scrub();
  const saidBefore = await saidBy({ replica });
  await replica.write("products", rows([product("last")]), { ...position, checkpoint: "@2" });
  const left = copied(live, "left");
  const said = await saidBy({ replica });
  await database.close();
  return { folder: left, said, saidBefore };
}

/** As a machine that was cut off leaves it. */
function copied(from: string, to: string): string {
  const made = join(folder, to);
  mkdirSync(made);
  for (const name of readdirSync(from))
    if (!name.endsWith("-shm")) copyFileSync(join(from, name), join(made, name));
  return made;
}

async function saidByNone(): Promise<string> {
  const none = await opened(folder);
  const said = await saidBy(none);
  await none.database.close();
  return said;
}

test.each(["lies there", "is lost as well"] as const)(
  "whichever sector of the replica a power cut leaves empty, and its log %s, a till starts, and what it has then is whole, or nothing at all, and then it says so",
  async (log) => {
    const left = await afterPowerCut();
    const { said, saidBefore } = left;
    if (log === "is lost as well") rmSync(join(left.folder, `${REPLICA_FILE}-wal`));
    const all = log === "lies there" ? said : saidBefore;
    const bytes = readFileSync(join(left.folder, REPLICA_FILE));
    const nothing = await saidByNone();
    let thrownAway = 0;
    for (let at = 0; at < bytes.length; at += EACH_SO_MANY * SECTOR_BYTES) {
      const till = copied(left.folder, `till-${at}`);
      writeFileSync(join(till, REPLICA_FILE), Buffer.from(bytes).fill(0, at, at + SECTOR_BYTES));
      const hurt = await opened(till);
      const says = await saidBy(hurt).catch(String);
      await hurt.database.close();
      const what = says === all ? "all of it" : says === nothing ? "nothing" : says;
      expect(`sector at ${at}: ${what}`).toBe(
        `sector at ${at}: ${hurt.damage.length === 0 ? "all of it" : "nothing"}`,
      );
      thrownAway += hurt.damage.length;
      rmSync(till, { recursive: true });
    }
    expect(thrownAway).toBeGreaterThan(5);
  },
  60_000,
);

test("a replica that was closed in order leaves no mark, and one that was left open is looked through once", async () => {
  const left = await afterPowerCut();
  expect(existsSync(markOf(join(folder, "live", REPLICA_FILE)))).toBe(false);
  expect(existsSync(markOf(join(left.folder, REPLICA_FILE)))).toBe(true);
  const again = await opened(left.folder);
  expect(await saidBy(again)).toBe(left.said);
  await again.database.close();
  expect(existsSync(markOf(join(left.folder, REPLICA_FILE)))).toBe(false);
});

test("one that is found damaged and is not thrown away yet when the till ends is thrown away at its next start", async () => {
  const left = await afterPowerCut();
  writeFileSync(markOf(join(left.folder, REPLICA_FILE)), "damaged");
  const next = await opened(left.folder);
  expect(next.damage).toHaveLength(1);
  expect(await saidBy(next)).toBe(await saidByNone());
  await next.database.close();
  const afterwards = await opened(left.folder);
  expect(afterwards.damage).toEqual([]);
  await afterwards.database.close();
});

/** One document more, of a table that nobody asks for: the file is so large that it is looked through behind the start. */
function enlarged(till: string): void {
  const database = new DatabaseSync(join(till, REPLICA_FILE));
  database.exec(`CREATE TABLE filler (id TEXT, data TEXT);
    INSERT INTO filler VALUES ('x', json_object('id', 'x', 'filler', hex(zeroblob(9000000))));
    PRAGMA wal_checkpoint(TRUNCATE);`);
  database.close();
}

/** Empties a sector in which a document is. */
function hurtDocument(till: string): void {
  const file = join(till, REPLICA_FILE);
  const bytes = readFileSync(file);
  const at = bytes.indexOf("article-20") & ~(SECTOR_BYTES - 1);
  writeFileSync(file, bytes.fill(0, at, at + SECTOR_BYTES));
}

test("a large replica that was left open is looked through behind the start: damage is said, and it is thrown away at the next start", async () => {
  const left = await afterPowerCut();
  enlarged(left.folder);
  hurtDocument(left.folder);
  const hurt = await opened(left.folder);
  expect(hurt.damage).toEqual([]);
  await vi.waitFor(() => expect(hurt.damage).toEqual(["replica"]), 20_000);
  await hurt.database.close();
  const next = await opened(left.folder);
  expect(next.damage).toEqual(["readAnew"]);
  expect(await saidBy(next)).toBe(await saidByNone());
  await next.database.close();
});

test("an article that makes no sense is left out once the replica is open: that is said once, and the replica is thrown away at the next start", async () => {
  const { folder: till } = await afterPowerCut();
  const hurt = await opened(till);
  const other = new DatabaseSync(join(till, REPLICA_FILE));
  other.exec(`UPDATE "replica/products/0" SET data = '{' WHERE id = 'article-20'`);
  other.close();
  const ids: string[] = [];
  for await (const chunk of hurt.replica.scan("products")) ids.push(...chunk.map(({ id }) => id));
  expect(ids).toHaveLength(40);
  expect(ids).not.toContain("article-20");
  await expect(hurt.replica.get("products", "article-20")).rejects.toThrow(SyntaxError);
  expect(hurt.damage).toEqual(["replica"]);
  await hurt.database.close();
  const next = await opened(till);
  expect(next.damage).toEqual(["readAnew"]);
  await next.database.close();
});

const ARTICLES = Array.from({ length: 120 }, (_, place) => `article-${String(place).padStart(3, "0")}`);
const variantOf = (article: string) => idOf<"Variant">(`${article}-v`);
/** More than a page holds of any of them. */
const LOST_AT_MOST = 60;

/** The folder of a till that was closed in order: nobody looks its replica through at the next start. */
async function closedInOrder(): Promise<string> {
  const till = join(folder, "closed");
  mkdirSync(till);
  const { replica, database } = await opened(till);
  await replica.write("settings", rows([SETTINGS]), position);
  await replica.write("staff", rows([MIRA, JOHANNA]), position);
  await replica.write("products", rows(ARTICLES.map((id) => product(id))), position);
  await replica.write("prices", rows(ARTICLES.map((id) => price(variantOf(id), 500))), position);
  await replica.write("stock", rows(ARTICLES.map((id) => stock(variantOf(id), 3))), position);
  await database.scrub();
  await database.close();
  return till;
}

/** Fails so many times, as a disk does, as it is asked for this. `errcode`: left out, a disk that does not read. */
function failing(times: number, asked: string, errcode = 266): OpenFile {
  let left = times;
  return (file, options) =>
    new (class extends DatabaseSync {
      override prepare(sql: string): StatementSync {
        if (!sql.includes(asked) || left === 0) return super.prepare(sql);
        left -= 1;
        throw Object.assign(new Error("disk I/O error"), { errcode });
      }
    })(file, options);
}

test.each([
  ["opened", "sqlite_schema"],
  ["looked through", "quick_check"],
])(
  "a disk that fails for a moment as a replica is %s takes nothing away: only one that fails again does",
  async (_, asked) => {
    const left = await afterPowerCut();
    const other = copied(left.folder, "other");
    const once = await opened(left.folder, failing(1, asked));
    expect([once.damage, await saidBy(once)]).toEqual([[], left.said]);
    await once.database.close();
    const twice = await opened(other, failing(2, asked));
    expect(twice.damage).toEqual(["readAnew"]);
    await twice.database.close();
  },
);

test("a disk that is full as a replica is opened takes nothing away: it is all there once there is room", async () => {
  const left = await afterPowerCut();
  const noRoomToShare = failing(Number.POSITIVE_INFINITY, "sqlite_schema", 4_874);
  await expect(opened(left.folder, noRoomToShare)).rejects.toThrow("disk I/O error");
  const next = await opened(left.folder);
  expect([next.damage, await saidBy(next)]).toEqual([[], left.said]);
  await next.database.close();
});

/** What is lost at an offset of a file: of a page of documents a sector, any other page as a whole; null in the first page of a table, by which all others of it are found. */
function lossesIn(file: string): (at: number) => readonly [number, number] | null {
  const database = new DatabaseSync(file, { readOnly: true });
  const size = Number(database.prepare("PRAGMA page_size").get()?.page_size);
  const tables = database.prepare("SELECT rootpage FROM sqlite_schema WHERE type = 'table'").all();
  const first = new Set(tables.map(({ rootpage }) => (Number(rootpage) - 1) * size));
  database.close();
  const bytes = readFileSync(file);
  return (at) => {
    const page = at - (at % size);
    if (first.has(page)) return null;
    const isOfDocuments = bytes.subarray(page, page + size).includes('{"id":');
    return isOfDocuments ? [at, at + SECTOR_BYTES] : [page, page + size];
  };
}

test("a page of articles that is lost takes no others with it: they are sold at their prices, and that it was lost is said", async () => {
  const till = await closedInOrder();
  hurtPages(join(till, REPLICA_FILE), '"handle":"article-060"');
  const hurt = await opened(till);
  expect(hurt.damage).toEqual([]);
  const clock = new FakeClock();
  const catalog = openCatalog({
    replica: hurt.replica,
    journal: new FakeJournal({ clock, newId: countingIds(), store: STORE, device: DEVICE }),
    clock,
    server: { clockOffsetMs: () => 0 },
    timers: new FakeTimers(),
    onTrouble: (error) => {
      throw error;
    },
  });
  await catalog.loaded;
  const sold = ARTICLES.filter((id) => catalog.peek(variantOf(id))?.price?.minor === 500);
  expect(ARTICLES.length - sold.length).toBeLessThan(LOST_AT_MOST);
  expect(sold).toEqual(expect.arrayContaining([ARTICLES[0], ARTICLES.at(-1)]));
  expect(sold).not.toContain("article-060");
  expect(catalog.view()).toMatchObject({ products: sold.length, searchReady: "full" });
  expect(hurt.damage).toEqual(["replica"]);
  catalog.close();
  await hurt.database.close();
});

test("whatever sector of documents or other page is lost of a replica that nobody looks through, a till that goes on with it has all but what lay there, and says so", async () => {
  const closed = await closedInOrder();
  const bytes = readFileSync(join(closed, REPLICA_FILE));
  const lossAt = lossesIn(join(closed, REPLICA_FILE));
  let kept = 0;
  for (let at = 0; at < bytes.length; at += EACH_SO_MANY * SECTOR_BYTES) {
    const loss = lossAt(at);
    if (loss === null) continue;
    const till = copied(closed, `closed-${at}`);
    writeFileSync(join(till, REPLICA_FILE), Buffer.from(bytes).fill(0, ...loss));
    const hurt = await opened(till);
    if (hurt.damage.length === 0) {
      for (const collection of ["products", "prices", "stock"] as const) {
        const ids = new Set<string>();
        for await (const chunk of hurt.replica.scan(collection)) for (const { id } of chunk) ids.add(id);
        const lost = ARTICLES.length - ids.size;
        const said = hurt.damage.join();
        expect(`sector at ${at}, ${collection}: ${lost < LOST_AT_MOST ? "" : "all gone"}`).toBe(
          `sector at ${at}, ${collection}: `,
        );
        if (lost > 0) expect(`sector at ${at}, ${collection}: ${said}`).toContain("replica");
      }
      kept += hurt.damage.length;
    }
    await hurt.database.close();
    rmSync(till, { recursive: true });
  }
  expect(kept).toBeGreaterThan(5);
}, 60_000);

/** Offsets of all sectors of a file's pages that are leaves of an index and name an article, but the first of each, by which a page is known. */
function sectorsOfIndexLeaves(bytes: Buffer): readonly number[] {
  const found: number[] = [];
  for (const { from, until } of indexLeavesWith(bytes, "article-"))
    for (let at = from + SECTOR_BYTES; at < until; at += SECTOR_BYTES)
      if (bytes.subarray(at, at + SECTOR_BYTES).some((byte) => byte !== 0)) found.push(at);
  return found;
}

test("whatever sector is lost within an index of a replica that was closed in order, it is said once the till rests, and the replica is thrown away at the next start", async () => {
  const closed = await closedInOrder();
  const bytes = readFileSync(join(closed, REPLICA_FILE));
  const sectors = sectorsOfIndexLeaves(bytes);
  expect(sectors.length).toBeGreaterThan(5);
  let silent = 0;
  for (const at of sectors) {
    const till = copied(closed, `closed-${at}`);
    writeFileSync(join(till, REPLICA_FILE), Buffer.from(bytes).fill(0, at, at + SECTOR_BYTES));
    const hurt = await opened(till);
    for (const id of ARTICLES)
      if ((await hurt.replica.get("products", id).catch(() => id)) === null) silent += 1;
    await hurt.lookThrough();
    expect(`sector at ${at}: ${hurt.damage.join()}`).toBe(`sector at ${at}: replica`);
    await hurt.database.close();
    const next = await opened(till);
    expect(next.damage).toEqual(["readAnew"]);
    await next.database.close();
    rmSync(till, { recursive: true });
  }
  // Without that nobody would have been told of these.
  expect(silent).toBeGreaterThan(0);
});

test("a disk that fails while the till rests is no damage: it is told, the replica stays, and is looked through again", async () => {
  const till = await closedInOrder();
  const whole = await opened(till, failing(1, "quick_check"));
  await expect(whole.lookThrough()).rejects.toThrow("disk I/O error");
  await whole.lookThrough();
  await whole.database.close();
  expect(whole.damage).toEqual([]);
  expect(existsSync(markOf(join(till, REPLICA_FILE)))).toBe(false);
});

test("one that is wiped as somebody comes to look through it is not said to be damaged", async () => {
  const whole = await opened(await closedInOrder());
  const wiping = whole.replica.wipe();
  await Promise.all([whole.lookThrough(), wiping]);
  await whole.lookThrough();
  expect(whole.damage).toEqual([]);
  await whole.database.close();
});

test("nobody begins to look through one that is being closed", async () => {
  const whole = await opened(await closedInOrder());
  let release: () => void = () => undefined;
  const looked = new Promise<null>((resolve) => {
    release = () => resolve(null);
  });
  const looks = vi.spyOn(CheckpointThread.prototype, "lookThrough").mockReturnValue(looked);
  const looking = [whole.lookThrough(), whole.lookThrough()];
  await vi.waitFor(() => expect(looks).toHaveBeenCalled());
  const closing = whole.database.close();
  release();
  await Promise.all([closing, ...looking]);
  expect(looks).toHaveBeenCalledOnce();
  expect(whole.damage).toEqual([]);
  looks.mockRestore();
});

test("that one is damaged is noted by whoever comes upon it next where the disk did not take that at first", async () => {
  const till = await closedInOrder();
  const { database } = await opened(till);
  const damaged = vi.spyOn(OpenMark.prototype, "damaged").mockRejectedValueOnce(new Error("no room"));
  await database.foundDamaged();
  const mark = markOf(join(till, REPLICA_FILE));
  expect(readFileSync(mark, "utf8")).toBe("");
  await database.foundDamaged();
  expect(readFileSync(mark, "utf8")).toBe("damaged");
  damaged.mockRestore();
  await database.close();
});

test("one that is whole is looked through as the till rests, and nothing is said", async () => {
  const till = await closedInOrder();
  const whole = await opened(till);
  await whole.lookThrough();
  expect(whole.damage).toEqual([]);
  await whole.database.close();
  expect(existsSync(markOf(join(till, REPLICA_FILE)))).toBe(false);
});

test("a large one that is whole is closed in order once it was looked through, and is looked through anew where it was closed before", async () => {
  const left = await afterPowerCut();
  enlarged(left.folder);
  const mark = markOf(join(left.folder, REPLICA_FILE));
  const hasty = await opened(left.folder);
  await hasty.database.close();
  expect(existsSync(mark)).toBe(true);
  const patient = await opened(left.folder);
  expect(await patient.database.lookThrough()).toBeNull();
  await patient.database.close();
  expect(existsSync(mark)).toBe(false);
  expect([...hasty.damage, ...patient.damage]).toEqual([]);
});
