import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import {
  addRxPlugin,
  createRxDatabase,
  type MangoQuery,
  normalizeMangoQuery,
  prepareQuery,
  type RxDocumentData,
  type RxStorageInstance,
} from "rxdb";
import { RxDBMigrationSchemaPlugin } from "rxdb/plugins/migration-schema";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OpenFile } from "./connection.ts";
import { type SqliteInstanceOptions, type SqliteInternals, SqliteStorageInstance } from "./instance.ts";
import { getRxStorageSQLite } from "./storage.ts";
import type { WrittenRow } from "./table.ts";
import {
  ARTICLE_SCHEMA,
  type Article,
  FULL_ARTICLE_SCHEMA,
  openArticles,
  record,
  temporaryFolder,
} from "./testing/articles.ts";

addRxPlugin(RxDBMigrationSchemaPlugin);

let folder: ReturnType<typeof temporaryFolder>;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, "till.sqlite");
});
afterEach(() => folder.remove());

const apple: Article = { id: "1", name: "apple", shelf: 4, onSale: true };

async function open(databaseName = "shop"): Promise<SqliteStorageInstance<Article>> {
  const instance = await openArticles(getRxStorageSQLite({ file }), { databaseName, options: {} });
  if (!(instance instanceof SqliteStorageInstance)) throw new Error("not our storage");
  return instance;
}

/** As a later version opens its tables, without indexes; `isReadById`: as the replica's are, read by id and through. */
function openWithoutIndexes(
  settings: { readonly isReadById?: true } = {},
): Promise<RxStorageInstance<Article, SqliteInternals, SqliteInstanceOptions>> {
  return getRxStorageSQLite({ file, ...settings }).createStorageInstance<Article>({
    databaseInstanceToken: "later",
    databaseName: "shop",
    collectionName: "articles",
    schema: { ...FULL_ARTICLE_SCHEMA, indexes: [] },
    options: {},
    multiInstance: false,
    devMode: false,
  });
}

function rowOf(document: RxDocumentData<Article>): WrittenRow {
  const { id, _deleted: isDeleted, _meta } = document;
  return { id, lwt: _meta.lwt, isDeleted, json: JSON.stringify(document) };
}

function prepared(query: MangoQuery<Article>) {
  return prepareQuery<Article>(FULL_ARTICLE_SCHEMA, normalizeMangoQuery(FULL_ARTICLE_SCHEMA, query));
}

describe("the till's storage", () => {
  it("opens a table that is there already without writing anything", async () => {
    const articles = await open();
    await articles.bulkWrite([{ document: record(apple, { revision: 1, lwt: 1 }) }], "test");
    await articles.close();
    const done: string[] = [];
    const openFile: OpenFile = (path, options) =>
      new (class extends DatabaseSync {
        override exec(sql: string): void {
          done.push(sql);
          super.exec(sql);
        }
      })(path, options);
    const again = await openArticles(getRxStorageSQLite({ file, openFile }), {
      databaseName: "shop",
      options: {},
    });
    expect(done.filter((sql) => !sql.startsWith("PRAGMA"))).toEqual([]);
    expect(await again.findDocumentsById(["1"], false)).toMatchObject([apple]);
    await again.close();
  });

  it("is let go of once it is closed, also by a database that knows who uses it", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage: () => void = runInNewContext("gc");
    const closed = async (): Promise<WeakRef<DatabaseSync>> => {
      const articles = await open();
      await articles.bulkWrite([{ document: record(apple, { revision: 1, lwt: 1 }) }], "test");
      await articles.findDocumentsById(["1"], false);
      const { database } = articles.internals.connection;
      Reflect.set(database, "usedBy", articles);
      await articles.close();
      return new WeakRef(database);
    };
    const database = await closed();
    // It fails by the test's own limit.
    while (database.deref() !== undefined) {
      await new Promise((resolve) => setImmediate(resolve));
      collectGarbage();
    }
  });

  it("is durable by its settings: a write-ahead log, synced at each commit", async () => {
    const articles = await open();
    const { database } = articles.internals.connection;
    expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    expect(database.prepare("PRAGMA synchronous").get()).toEqual({ synchronous: 2 });
    await articles.close();
  });

  it.each<MangoQuery<Article>>([
    { selector: { name: "apple" } },
    { selector: { onSale: true, shelf: { $gt: 3 } } },
    { selector: { shelf: { $gte: 2, $lt: 9 } }, sort: [{ shelf: "asc" }] },
    { selector: {}, sort: [{ name: "asc" }], limit: 10 },
  ])("reads %j through an index, without sorting or walking the table", async (query) => {
    const articles = await open();
    const plan = articles.explain(prepared(query)).join("; ");
    expect(plan).toMatch(/SEARCH .* USING INDEX .*\(x\d+>\? AND x\d+<\?\)/);
    expect(plan).not.toMatch(/SCAN|TEMP B-TREE/);
    await articles.close();
  });

  it("keeps what is in a table whose indexes a later version does not have any more", async () => {
    const before = await open();
    const written = record(apple, { revision: 1, lwt: 1 });
    await before.bulkWrite([{ document: written }], "test");
    await before.close();
    for (const [id, lwt] of [
      ["2", 2],
      ["3", 3],
    ] as const) {
      const after = await openWithoutIndexes();
      after.internals.put([rowOf(record({ ...apple, id }, { revision: 1, lwt }))]);
      expect(await after.findDocumentsById(["1"], false)).toEqual([written]);
      const all = await after.getChangedDocumentsSince?.(10, undefined);
      expect(all?.documents.map((document) => document.id)).toEqual(["1", "2", "3"].slice(0, lwt));
      await after.close();
    }
  });

  it("puts rows over what is there, deleted ones too, and reads them through by their ids", async () => {
    const articles = await openWithoutIndexes({ isReadById: true });
    const row = (id: string, name: string, deleted = false) =>
      record({ ...apple, id, name }, { revision: 1, lwt: 1, deleted });
    articles.internals.put(["3", "1", "2"].map((id) => rowOf(row(id, "apple"))));
    articles.internals.put([rowOf(row("1", "pear")), rowOf(row("2", "apple", true))]);
    expect(await articles.findDocumentsById(["1", "2", "3"], false)).toEqual([
      row("1", "pear"),
      row("3", "apple"),
    ]);
    const readFrom = (id: string) => articles.internals.after(id, 2).map(({ json }) => JSON.parse(json));
    expect(readFrom("")).toEqual([row("1", "pear"), row("2", "apple", true)]);
    expect(readFrom("2")).toEqual([row("3", "apple")]);
    expect(readFrom("3")).toEqual([]);
    const lying = articles.internals.behind(0, 10);
    expect(lying.map(({ id, isDeleted }) => [id, isDeleted])).toEqual([
      ["3", false],
      ["1", false],
      ["2", true],
    ]);
    expect(articles.internals.behind(lying[0]?.place ?? 0, 1)).toEqual([lying[1]]);
    expect(articles.internals.deletedIds()).toEqual(["2"]);
    await articles.close();
  });

  it("keeps no index over the times of writing in tables that are read by id, and takes that of an earlier version away", async () => {
    const before = await open();
    await before.bulkWrite([{ document: record(apple, { revision: 1, lwt: 1 }) }], "test");
    await before.close();
    const after = await openWithoutIndexes({ isReadById: true });
    const indexes = after.internals.connection.database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
      .all();
    expect(indexes.map(({ name }) => name)).toEqual(["shop/articles/0 deleted"]);
    expect(after.internals.after("", 10).map(({ json }) => JSON.parse(json))).toEqual([
      record(apple, { revision: 1, lwt: 1 }),
    ]);
    await after.close();
  });

  it("finds live documents by one field as a query does, in the order of ids", async () => {
    const articles = await open();
    const all = ["2", "1", "3"].map((id) => ({ ...apple, id }));
    await articles.bulkWrite(
      [...all, { ...apple, id: "4", name: "apples" }, { ...apple, id: "5", name: "app" }].map((document) => ({
        document: record(document, { revision: 1, lwt: 1 }),
      })),
      "test",
    );
    const gone = { ...apple, id: "3" };
    const deleted = record(gone, { revision: 2, lwt: 2, deleted: true });
    await articles.bulkWrite(
      [{ previous: record(gone, { revision: 1, lwt: 1 }), document: deleted }],
      "test",
    );
    const { documents } = await articles.query(prepared({ selector: { name: "apple" } }));
    const live = documents.filter(({ _deleted }) => !_deleted);
    expect(live.map(({ id }) => id)).toEqual(["1", "2"]);
    expect(articles.internals.having("name", "apple", 10)).toEqual(live);
    expect(articles.internals.having("name", "apple", 1)).toEqual(live.slice(0, 1));
    await articles.close();
  });

  it("reads and writes by id past RxDB: what lies there then is what RxDB reads, deleted or not", async () => {
    const articles = await open();
    const { internals } = articles;
    const first = record(apple, { revision: 1, lwt: 1 });
    internals.replace(first);
    expect(internals.live("1")).toEqual(first);
    const second = record({ ...apple, name: "pear" }, { revision: 1, lwt: 2 });
    internals.replace(second);
    for (const id of ["10", "2"])
      internals.replace(record({ ...apple, id, name: "plum" }, { revision: 1, lwt: 3 }));
    expect(await articles.findDocumentsById(["1"], false)).toEqual([second]);
    expect(internals.having("name", "pear", 10)).toEqual([second]);
    expect(internals.beginning("1")).toEqual([
      second,
      record({ ...apple, id: "10", name: "plum" }, { revision: 1, lwt: 3 }),
    ]);
    expect(internals.before("2", 10)).toEqual(internals.beginning("1").toReversed());
    expect(internals.before("~", 1)).toEqual(internals.beginning("2"));
    internals.replace(record({ ...apple, name: "" }, { revision: 1, lwt: 4, deleted: true }));
    expect(internals.live("1")).toBeNull();
    expect(internals.before("10", 10)).toEqual([]);
    expect(internals.beginning("1")).toHaveLength(1);
    expect(internals.deletedIds()).toEqual(["1"]);
    expect(internals.live("3")).toBeNull();
    await articles.close();
  });

  it("keeps what was written when it is closed and opened again", async () => {
    const before = await open();
    await before.bulkWrite([{ document: record(apple, { revision: 1, lwt: 5 }) }], "test");
    await before.close();
    const after = await open();
    expect(await after.findDocumentsById(["1"], false)).toEqual([record(apple, { revision: 1, lwt: 5 })]);
    await after.close();
  });

  it("serves several instances on one file, each seeing what the other wrote", async () => {
    const one = await open();
    const two = await open();
    await one.bulkWrite([{ document: record(apple, { revision: 1, lwt: 5 }) }], "test");
    expect(await two.findDocumentsById(["1"], false)).toHaveLength(1);
    const late = await two.bulkWrite([{ document: record(apple, { revision: 1, lwt: 6 }) }], "test");
    expect(late.error.map((error) => error.status)).toEqual([409]);
    await one.close();
    expect(await two.findDocumentsById(["1"], false)).toHaveLength(1);
    await two.close();
  });

  it("takes and gives nothing any more once it is closed, also past RxDB and while others have the file open", async () => {
    const one = await openWithoutIndexes({ isReadById: true });
    const other = await open("training");
    await one.close();
    const { internals } = one;
    for (const use of [
      () => internals.put([rowOf(record(apple, { revision: 1, lwt: 1 }))]),
      () => internals.after("", 1),
      () => internals.behind(0, 1),
      () => internals.mentioning("apple", { after: "", limit: 1 }),
      () => internals.beginning("1"),
      () => internals.deletedIds(),
      () => internals.before("2", 1),
      () => internals.live("1"),
      () => internals.replace(record(apple, { revision: 1, lwt: 1 })),
      () => internals.scrub(),
    ])
      expect(use).toThrow("is closed");
    await other.close();
  });

  it("keeps databases of different names in one file apart", async () => {
    const shop = await open("shop");
    const training = await open("training");
    await shop.bulkWrite([{ document: record(apple, { revision: 1, lwt: 5 }) }], "test");
    expect(await training.findDocumentsById(["1"], true)).toEqual([]);
    await Promise.all([shop.close(), training.close()]);
  });

  it("writes all of a bulk or nothing of it when the disk refuses", async () => {
    const articles = await open();
    const { database } = articles.internals.connection;
    database.exec(
      "CREATE TRIGGER refuse BEFORE INSERT ON \"shop/articles/0\" WHEN NEW.id = '3' BEGIN SELECT RAISE(ABORT, 'disk is full'); END",
    );
    const rows = ["1", "2", "3"].map((id) => ({
      document: record({ ...apple, id }, { revision: 1, lwt: 5 }),
    }));
    await expect(articles.bulkWrite(rows, "test")).rejects.toThrow("disk is full");
    expect(await articles.findDocumentsById(["1", "2", "3"], true)).toEqual([]);
    await articles.close();
  });

  it("says that it is closed instead of answering", async () => {
    const articles = await open();
    await articles.close();
    await expect(articles.findDocumentsById(["1"], false)).rejects.toThrow("closed");
    await expect(articles.bulkWrite([], "test")).rejects.toThrow("closed");
    await articles.close();
  });

  it("removes a collection with everything in it", async () => {
    const articles = await open();
    await articles.bulkWrite([{ document: record(apple, { revision: 1, lwt: 5 }) }], "test");
    await articles.remove();
    const again = await open();
    expect(await again.findDocumentsById(["1"], true)).toEqual([]);
    await again.close();
  });

  it("refuses attachments in plain words", async () => {
    const schema = { ...FULL_ARTICLE_SCHEMA, attachments: {} };
    const storage = getRxStorageSQLite({ file });
    await expect(
      storage.createStorageInstance({
        databaseInstanceToken: "t",
        databaseName: "shop",
        collectionName: "pictures",
        schema,
        options: {},
        multiInstance: false,
        devMode: false,
      }),
    ).rejects.toThrow("no attachments");
  });

  it("is migrated by RxDB's own plugin", async () => {
    const first = await createRxDatabase({
      name: "shop",
      storage: getRxStorageSQLite({ file }),
      multiInstance: false,
    });
    const old = await first.addCollections({ articles: { schema: ARTICLE_SCHEMA } });
    await old.articles.bulkInsert(
      Array.from({ length: 25 }, (_, index) => ({ ...apple, id: String(index) })),
    );
    await first.close();

    const second = await createRxDatabase({
      name: "shop",
      storage: getRxStorageSQLite({ file }),
      multiInstance: false,
    });
    const next = await second.addCollections({
      articles: {
        schema: {
          ...ARTICLE_SCHEMA,
          version: 1,
          properties: { ...ARTICLE_SCHEMA.properties, aisle: { type: "string" } },
        },
        migrationStrategies: { 1: (article: Article) => ({ ...article, aisle: `A${article.shelf}` }) },
      },
    });
    const migrated = await next.articles.find().exec();
    expect(migrated).toHaveLength(25);
    expect(migrated.every((article) => article.toJSON().aisle === "A4")).toBe(true);
    await second.close();
  });
});
