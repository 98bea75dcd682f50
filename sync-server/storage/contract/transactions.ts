import assert from "node:assert/strict";
import { newsOf, type Said } from "../../sync/news.ts";
import { putInFeed } from "../../testing/put-in-feed.ts";
import { BERLIN } from "../../testing/shop.ts";
import { TestTill } from "../../testing/till.ts";
import type { FeedRow, Storage, WriteTransaction } from "../port.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const FEED = "catalog";

function put(tx: WriteTransaction, id: string, data: string | null, at = AT): Promise<number> {
  return putInFeed(tx, { feed: FEED, collection: "products", id, data, at });
}

function rowsOf(storage: Storage, after = 0, limit = 100): Promise<readonly FeedRow[]> {
  return storage.read((tx) => tx.feedRows({ feed: FEED, collection: "products", after, limit }));
}

class OnPurpose extends Error {}

export const TRANSACTIONS: readonly ContractCase[] = [
  {
    promise:
      "what a write tells is heard when it is durable, before it is answered, and in its turn; of one that fails nothing",
    check: async (storage) => {
      const heard: Said[] = [];
      let hear = (): void => undefined;
      const stop = storage.listen((said) => {
        heard.push(said);
        hear();
      });
      const told = (head: number) =>
        newsOf({
          feeds: [{ feed: FEED, collection: "products", head, since: head - 1 }],
          live: ["catalogue"],
        });
      await storage.write((tx) => put(tx, "a", "{}"), told);
      assert.deepEqual(
        heard.filter(({ kind }) => kind === "news"),
        [{ kind: "news", news: told(1) }],
      );
      const failing = storage.write(async (tx) => {
        await put(tx, "b", "{}");
        throw new OnPurpose();
      }, told);
      await assert.rejects(failing, OnPurpose);
      await storage.write((tx) => put(tx, "b", "{}"), told);
      await storage.write((tx) => tx.putStore(BERLIN));
      await new Promise<void>((done) => {
        hear = () => {
          if (heard.length >= 4) done();
        };
        hear();
      });
      stop();
      await storage.write((tx) => put(tx, "c", "{}"), told);
      assert.deepEqual(
        heard.flatMap((said) => (said.kind === "inTurn" ? said.feeds.map(({ head }) => head) : [])),
        [1, 2],
      );
      assert.equal(heard.filter(({ kind }) => kind === "news").length, 2);
    },
  },
  {
    promise: "the heads of all feeds are known at once",
    check: async (storage) => {
      assert.deepEqual(await storage.read((tx) => tx.feedHeads()), new Map());
      const at = { collection: "products", id: "a", data: "{}", at: AT } as const;
      const seqs = await storage.write(async (tx) => [
        await putInFeed(tx, { ...at, feed: FEED }),
        await putInFeed(tx, { ...at, feed: FEED }),
        await putInFeed(tx, { ...at, feed: "store:one" }),
      ]);
      assert.deepEqual(seqs, [1, 2, 1]);
      assert.deepEqual(
        await storage.read((tx) => tx.feedHeads()),
        new Map([
          [FEED, 2],
          ["store:one", 1],
        ]),
      );
    },
  },
  {
    promise: "an era ends where the next one begins, and old ones are forgotten but for the newest",
    check: async (storage) => {
      assert.equal(await storage.read((tx) => tx.newestEra()), null);
      await storage.write((tx) => tx.beginEra({ era: "1", at: AT }));
      await storage.write((tx) => put(tx, "a", "{}"));
      assert.equal(await storage.read((tx) => tx.endOfEra("1")), "goesOn");
      await storage.write((tx) => tx.beginEra({ era: "2", at: AT }));
      await storage.write((tx) => put(tx, "b", "{}"));
      await storage.write((tx) => tx.beginEra({ era: "3", at: AT }));
      assert.equal(await storage.read((tx) => tx.newestEra()), "3");
      assert.deepEqual(await storage.read((tx) => tx.endOfEra("1")), new Map([[FEED, 1]]));
      assert.deepEqual(await storage.read((tx) => tx.endOfEra("2")), new Map([[FEED, 2]]));
      await storage.write((tx) => tx.purgeEras(LATER));
      assert.equal(await storage.read((tx) => tx.endOfEra("1")), "unknown");
      assert.equal(await storage.read((tx) => tx.newestEra()), "3");
    },
  },
  {
    promise: "a write that fails half-way leaves nothing behind",
    check: async (storage) => {
      const failing = storage.write(async (tx) => {
        await tx.putStore(BERLIN);
        await put(tx, "a", "{}");
        throw new OnPurpose();
      });
      await assert.rejects(failing, OnPurpose);
      assert.deepEqual(await storage.read((tx) => tx.stores()), []);
      assert.deepEqual(await rowsOf(storage), []);
      assert.equal((await storage.read((tx) => tx.feedHead(FEED))).head, 0);
    },
  },
  {
    promise:
      "of a part that fails nothing is left, within another part too, and what was written beside it stays",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await put(tx, "before", "{}");
        const inner = await tx.attempt(async () => {
          await put(tx, "kept", "{}");
          const failed = await tx.attempt(async () => {
            await put(tx, "undone", "{}");
            throw new OnPurpose();
          });
          assert.ok(!failed.ok && failed.error instanceof OnPurpose);
        });
        assert.deepEqual(inner, { ok: true });
        await put(tx, "after", "{}");
      });
      assert.deepEqual(
        (await rowsOf(storage)).map(({ seq, id }) => [seq, id]),
        [
          [1, "before"],
          [2, "kept"],
          [3, "after"],
        ],
      );
    },
  },
  {
    promise:
      "of a part that is not undone by itself it is told that it failed, also where nobody waited for a statement",
    check: async (storage) => {
      const entry = new TestTill({ store: BERLIN.store }).begin();
      const failing = storage.write(async (tx) => {
        await put(tx, "before", "{}");
        assert.deepEqual(await tx.attemptOnce(() => tx.addEntries([entry], AT)), { ok: true });
        const again = await tx.attemptOnce(() => tx.addEntries([entry], AT));
        assert.ok(!again.ok && again.error instanceof Error);
        throw new OnPurpose();
      });
      await assert.rejects(failing, OnPurpose);
      assert.deepEqual(await rowsOf(storage), []);
    },
  },
  {
    promise: "a write after a failed one goes through",
    check: async (storage) => {
      await assert.rejects(
        storage.write(async () => {
          throw new OnPurpose();
        }),
        OnPurpose,
      );
      await storage.write((tx) => tx.putStore(BERLIN));
      assert.equal((await storage.read((tx) => tx.stores())).length, 1);
    },
  },
  {
    promise: "writes run one after another, however many are asked for at once",
    check: async (storage) => {
      const ids = Array.from({ length: 20 }, (_, index) => `doc-${index}`);
      await Promise.all(ids.map((id) => storage.write((tx) => put(tx, id, "{}"))));
      const rows = await rowsOf(storage);
      assert.deepEqual(
        rows.map(({ seq }) => seq),
        ids.map((_, index) => index + 1),
      );
    },
  },
  {
    promise: "a reader sees one state however long it reads, and what is written meanwhile the next time",
    check: async (storage) => {
      await storage.write((tx) => put(tx, "a", "{}"));
      await storage.read(async (tx) => {
        assert.equal((await tx.feedHead(FEED)).head, 1);
        await storage.write((other) => put(other, "b", "{}"));
        assert.equal((await tx.feedHead(FEED)).head, 1);
        assert.equal(
          (await tx.feedRows({ feed: FEED, collection: "products", after: 0, limit: 9 })).length,
          1,
        );
      });
      assert.equal((await rowsOf(storage)).length, 2);
    },
  },
  {
    promise: "what was written is there after the server was closed and opened again",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        await tx.putStore(BERLIN);
        await put(tx, "a", '{"n":1}');
      });
      const again = await reopen();
      assert.deepEqual(await again.read((tx) => tx.store(BERLIN.store)), BERLIN);
      assert.deepEqual(await rowsOf(again), [{ seq: 1, id: "a", data: '{"n":1}' }]);
    },
  },
];

export const FEEDS: readonly ContractCase[] = [
  {
    promise: "a changed document moves to the end of its feed and is there once",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await put(tx, "a", "1");
        await put(tx, "b", "2");
        await put(tx, "a", "3");
      });
      assert.deepEqual(await rowsOf(storage), [
        { seq: 2, id: "b", data: "2" },
        { seq: 3, id: "a", data: "3" },
      ]);
      assert.deepEqual(await rowsOf(storage, 2), [{ seq: 3, id: "a", data: "3" }]);
      assert.equal((await rowsOf(storage, 0, 1)).length, 1);
    },
  },
  {
    promise:
      "live documents are read in the order of their ids, page by page or by its id, without tombstones",
    check: async (storage) => {
      await storage.write(async (tx) => {
        for (const id of ["b", "é", "a", "c", "B"]) await put(tx, id, `"${id}"`);
        await put(tx, "c", null);
        await putInFeed(tx, { feed: FEED, collection: "staff", id: "aa", data: "1", at: AT });
      });
      const page = (after: string, limit: number) =>
        storage.read((tx) => tx.liveDocuments({ feed: FEED, collection: "products", after, limit }));
      assert.deepEqual(await page("", 2), [
        { id: "B", data: '"B"' },
        { id: "a", data: '"a"' },
      ]);
      assert.deepEqual(await page("a", 9), [
        { id: "b", data: '"b"' },
        { id: "é", data: '"é"' },
      ]);
      assert.deepEqual(await page("é", 9), []);
      const named = (...ids: readonly string[]) =>
        storage.read((tx) => tx.liveDocumentsNamed({ feed: FEED, collection: "products", ids }));
      assert.deepEqual(await named("c", "b", "aa", "B"), [
        { id: "B", data: '"B"' },
        { id: "b", data: '"b"' },
      ]);
      assert.deepEqual(await named(), []);
      const one = (id: string) =>
        storage.read((tx) => tx.liveDocument({ feed: FEED, collection: "products", id }));
      assert.deepEqual([await one("a"), await one("c"), await one("aa")], ['"a"', null, null]);
    },
  },
  {
    promise: "feeds count by themselves, and collections of one feed share its count",
    check: async (storage) => {
      await storage.write(async (tx) => {
        const at = AT;
        await putInFeed(tx, { feed: "store:a", collection: "stock", id: "x", data: "1", at });
        await putInFeed(tx, { feed: "store:a", collection: "staff", id: "x", data: "2", at });
        await putInFeed(tx, { feed: "store:b", collection: "stock", id: "x", data: "3", at });
      });
      await storage.read(async (tx) => {
        assert.equal((await tx.feedHead("store:a")).head, 2);
        assert.equal((await tx.feedHead("store:b")).head, 1);
        assert.deepEqual(await tx.feedRows({ feed: "store:a", collection: "staff", after: 0, limit: 9 }), [
          { seq: 2, id: "x", data: "2" },
        ]);
      });
    },
  },
  {
    promise: "pages of several feeds that are asked for at once come each to who asked for it, in order",
    check: async (storage) => {
      const [north, south, customers] = ["store:north", "store:south", "customers:store:north"] as const;
      await storage.write(async (tx) => {
        const at = AT;
        for (const id of ["a", "b", "c"]) {
          await putInFeed(tx, { feed: north, collection: "stock", id, data: `"north ${id}"`, at });
          await putInFeed(tx, { feed: customers, collection: "customers", id, data: `"customer ${id}"`, at });
          await put(tx, id, `"${id}"`);
        }
        await putInFeed(tx, { feed: north, collection: "notices", id: "n", data: "1", at });
        await putInFeed(tx, { feed: south, collection: "stock", id: "a", data: '"south a"', at });
        await putInFeed(tx, { feed: south, collection: "stock", id: "b", data: null, at });
      });
      const all = { collection: "stock", after: 0, limit: 9 } as const;
      const asks = [
        { ...all, feed: south },
        { ...all, feed: north, limit: 2 },
        { ...all, feed: customers, collection: "customers", after: 1 },
        { ...all, feed: north, after: 1 },
        { ...all, feed: FEED, collection: "products", after: 2 },
        { ...all, feed: north, after: 3 },
        { ...all, feed: "store:nowhere" },
        { ...all, feed: customers, collection: "customers", limit: 1 },
        { ...all, feed: north, collection: "notices" },
      ] as const;
      for (const finds of [undefined, "byKeys"] as const) {
        const pages = await storage.read((tx) => Promise.all(asks.map((ask) => tx.feedRows(ask))), finds);
        assert.deepEqual(
          pages.map((rows) => rows.map(({ seq, id, data }) => [seq, id, data])),
          [
            [
              [1, "a", '"south a"'],
              [2, "b", null],
            ],
            [
              [1, "a", '"north a"'],
              [2, "b", '"north b"'],
            ],
            [
              [2, "b", '"customer b"'],
              [3, "c", '"customer c"'],
            ],
            [
              [2, "b", '"north b"'],
              [3, "c", '"north c"'],
            ],
            [[3, "c", '"c"']],
            [],
            [],
            [[1, "a", '"customer a"']],
            [[4, "n", "1"]],
          ],
        );
      }
    },
  },
  {
    promise: "a tombstone is a row without a document, and is forgotten when it is old enough",
    check: async (storage) => {
      await storage.write(async (tx) => {
        await put(tx, "a", "1");
        await put(tx, "a", null);
        await put(tx, "b", null, LATER);
      });
      assert.deepEqual(
        (await rowsOf(storage)).map(({ data }) => data),
        [null, null],
      );
      assert.equal(await storage.read((tx) => tx.feedCount({ feed: FEED, collection: "products" })), 0);
      await storage.write((tx) => tx.purgeTombstones(LATER));
      assert.deepEqual(await rowsOf(storage), [{ seq: 3, id: "b", data: null }]);
      assert.deepEqual(await storage.read((tx) => tx.feedHead(FEED)), { head: 3, purgedTo: 2 });
    },
  },
];
