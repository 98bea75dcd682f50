import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { StorageAway } from "../../../sync-server/storage/port.ts";
import { type OwnPostgres, startOwnPostgres } from "../../../sync-server/storage/postgres/own-process.ts";
import type { PostgresStorage } from "../../../sync-server/storage/postgres/storage.ts";
import { STORES } from "../../retailer.ts";
import { Disk, Killed } from "../disk.ts";
import { makeFolder, removeFolder } from "../morning.ts";
import { VirtualTime } from "../virtual-time.ts";
import type { DatabaseLine } from "./database-line.ts";
import { PostgresData } from "./postgres-data.ts";

const STARTS_WITHIN_MS = 120_000;

let own: OwnPostgres;
/** Of a database that has its tables already. */
let made: string;
let first: PostgresData;
beforeAll(async () => {
  own = await startOwnPostgres(["fsync=off", "autovacuum=off"]);
  made = makeFolder();
  first = dataOf(made);
  await (await first.open(`${made}/server-0`, new Disk(() => undefined), () => true)).close();
}, STARTS_WITHIN_MS);
afterAll(async () => {
  await first.close();
  removeFolder(made);
  await own.stop();
});

const dataOf = (root: string) =>
  new PostgresData({ url: own.url("postgres"), root, time: new VirtualTime(0), note: () => undefined });

let root: string;
let data: PostgresData;
let disk: Disk;
let storage: PostgresStorage;
let line: DatabaseLine;
const kills: string[] = [];
beforeEach(async () => {
  root = makeFolder();
  data = dataOf(root);
  await data.copy(`${made}/server-0`, `${root}/server-0`);
  disk = new Disk(() => {
    kills.push("killed");
    line.leave();
  });
  storage = await data.open(`${root}/server-0`, disk, () => true);
  if (data.line === null) throw new Error("there is no line");
  line = data.line;
});
afterEach(async () => {
  await storage.close().catch(() => undefined);
  await data.close();
  removeFolder(root);
});

const [BERLIN, HAMBURG] = STORES;
const putStore = (store = BERLIN) =>
  storage.write(async (tx) => {
    if (store !== undefined) await tx.putStore(store);
  });
const codes = async () =>
  (await data.all(`${root}/server-0`, "SELECT id FROM stores ORDER BY id")).map(({ id }) => id);

test("what is asked is answered, and the line is at rest behind it", async () => {
  const put = putStore();
  await line.atRest();
  await put;
  await line.atRest();
  expect(line.isBusy).toBe(false);
  expect(await codes()).toEqual([BERLIN?.store]);
});

test("a connection that breaks takes its transaction with it, and the next goes well", async () => {
  line.breakIn = 3;
  await expect(putStore()).rejects.toThrow(StorageAway);
  expect(await codes()).toEqual([]);
  await putStore();
  expect(await codes()).toEqual([BERLIN?.store]);
});

test("a commit that the database never heard of is not durable", async () => {
  line.commitTrouble = "undone";
  line.commitIn = 1;
  await expect(putStore()).rejects.toThrow(StorageAway);
  expect(await codes()).toEqual([]);
});

test("a commit whose answer is lost is durable, and fails as one that was not", async () => {
  line.commitTrouble = "unheard";
  line.commitIn = 1;
  await expect(putStore()).rejects.toThrow(StorageAway);
  expect(await codes()).toEqual([BERLIN?.store]);
});

test("a full disk takes the write back", async () => {
  disk.isFull = true;
  await expect(putStore()).rejects.toThrow(StorageAway);
  disk.isFull = false;
  expect(await codes()).toEqual([]);
});

test("a commit that a seeded bug loses is answered and not durable", async () => {
  disk.losesCommit = () => true;
  await putStore();
  disk.losesCommit = () => false;
  expect(await codes()).toEqual([]);
  await putStore(HAMBURG);
  expect(await codes()).toEqual([HAMBURG?.store]);
});

test("nobody connects to a database that is away, and everybody to one that is back", async () => {
  line.isDown = true;
  line.breakAll();
  await expect(putStore()).rejects.toThrow(StorageAway);
  line.isDown = false;
  await putStore();
  expect(await codes()).toEqual([BERLIN?.store]);
});

test.each([
  { at: "before", killIn: 1, left: [] },
  { at: "after", killIn: 2, left: [BERLIN?.store] },
])("a server that ends $at its commit leaves what was durable", async ({ killIn, left }) => {
  disk.killIn = killIn;
  await expect(putStore()).rejects.toThrow();
  expect(kills.splice(0)).toEqual(["killed"]);
  expect(() => disk.at("before")).toThrow(Killed);
  expect(await codes()).toEqual(left);
});

test("whoever listens has heard what a write tells when the write is answered", async () => {
  const heard: string[] = [];
  storage.listen(({ kind }) => heard.push(kind));
  const feeds = [{ feed: "catalog", collection: "products", head: 2, since: 1 } as const];
  await storage.write(
    async () => undefined,
    () => ({ feeds, live: [], dismissed: [], asked: [] }),
  );
  await line.atRest();
  expect(heard.toSorted()).toEqual(["inTurn", "news"]);
});

test("a copy has what was there, and goes its own way", async () => {
  await putStore();
  await data.copy(`${root}/server-0`, `${root}/backup`);
  await putStore(HAMBURG);
  const kept = await data.all(`${root}/backup`, "SELECT id FROM stores");
  expect(kept.map(({ id }) => id)).toEqual([BERLIN?.store]);
  expect(await codes()).toHaveLength(2);
});
