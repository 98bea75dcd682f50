import { setImmediate as nextTask } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import { GENESIS_HASH } from "#domain/journal/entry.ts";
import { REPLICA_COLLECTIONS, type ReplicaCollection } from "#protocol/documents/collections.ts";
import { createDeps } from "../http/deps.ts";
import { type PairedTill, ServerForTests } from "../server-for-tests.ts";
import { type ReadTransaction, type Standing, type Storage, StorageAway } from "../storage/port.ts";
import { BERLIN, CUP, TEA } from "../testing/shop.ts";
import { hashSecret } from "./enrol.ts";
import type { Every } from "./every.ts";
import { BY_COUNT, type LinePace } from "./journal-line.ts";
import { createPullDesk, type PullDesk } from "./pull-desk.ts";

const LIMIT = 100;

type Desk = Parameters<typeof createPullDesk>[0];
/** Nobody else wants the thread, and no time passes. */
const AT_ONCE = {
  now: () => 0,
  breathe: () => Promise.resolve(),
  yieldThread: () => Promise.resolve(),
  every: () => () => undefined,
} satisfies Partial<Desk>;

describe("on a server", () => {
  let server: ServerForTests;
  let till: PairedTill;
  /** Collections of which pages were read off the database. */
  let read: ReplicaCollection[];
  /** Whose rows cannot be read. */
  let damaged: ReplicaCollection | null;
  let desk: PullDesk;
  beforeEach(async () => {
    server = await ServerForTests.open();
    till = await server.pair();
    await server.stockUp([TEA, CUP], 5);
    read = [];
    damaged = null;
    desk = deskWith({
      storage: noting(server.storage, (collection) => {
        if (collection === damaged) throw new Error("the database is damaged there");
        read.push(collection);
      }),
    });
  });
  afterEach(() => server.close());

  const deskWith = (of: Pick<Desk, "storage"> & Partial<Desk>) =>
    createPullDesk({ ...AT_ONCE, pulls: server.pulls, clock: server.clock.now, ...of });

  const hashOf = (of: PairedTill) => hashSecret(of.enrolment.token ?? "");

  async function ask(collection: ReplicaCollection, after: string, of = till) {
    const pulled = await desk.pull(hashOf(of), [{ collection, after, limit: LIMIT }]);
    const page = pulled?.pages[0]?.page;
    if (page === undefined) throw new Error("nothing was answered");
    return page;
  }

  async function taken(collection: ReplicaCollection, after: string, of = till) {
    const page = await ask(collection, after, of);
    if (!page.ok) throw new Error(page.reason);
    return page.value;
  }

  async function sell() {
    const entries = [till.till.begin(), till.till.sell([{ variant: TEA, quantity: 1 }])];
    await server.deps.ingestion.ingest(await till.record(), entries);
  }

  test("S37 what was read once is answered again without another reading, as a pull answers it, and S35 says how far the asking till's own entries are in it", async () => {
    await sell();
    for (const collection of REPLICA_COLLECTIONS) {
      const first = await taken(collection, "");
      read = [];
      const again = await taken(collection, "");
      expect(read).toEqual([]);
      const device = await till.record();
      const whole = { store: BERLIN, collection, after: "", limit: LIMIT };
      expect(await server.pull({ device, ...whole })).toEqual({ ok: true, value: again });
      expect(again).toEqual(first);
      expect(again.applied).toEqual({ epoch: 1, seq: 2, hash: till.till.entries.at(-1)?.hash });
    }
  });

  test("what changed since is read anew", async () => {
    const before = await taken("stock", "");
    await sell();
    read = [];
    expect(await taken("stock", "")).not.toEqual(before);
    expect(read).toEqual(["stock"]);
  });

  test("a checkpoint that is nonsense, of another time or ahead of the feed is refused by name", async () => {
    const { checkpoint } = await taken("stock", "");
    expect(await ask("stock", "nonsense")).toEqual({ ok: false, reason: "badCheckpoint" });
    expect(await ask("products", "catalog=99")).toEqual({ ok: false, reason: "checkpointExpired" });
    await server.storage.write((tx) => tx.beginEra({ era: "another", at: server.clock.now() }));
    expect(await ask("stock", checkpoint.replace(/^[^ ]*/, "of-no-time"))).toMatchObject({ ok: false });
  });

  test("a till is told by its token alone, with its store and the heads of its feeds; nobody else is anything", async () => {
    const other = await server.pair();
    await sell();
    const [one, two] = await Promise.all([desk.pull(hashOf(till), []), desk.pull(hashOf(other), [])]);
    expect(one?.standing).toMatchObject({
      device: await till.record(),
      store: BERLIN,
      chainHead: { seq: 2 },
    });
    expect(two?.standing).toMatchObject({ device: await other.record(), chainHead: { seq: 0 } });
    const heads = await server.storage.read((tx) => tx.feedHeads());
    for (const [feed, { head }] of one?.standing.heads ?? []) expect(head).toBe(heads.get(feed));
    expect([...(one?.standing.heads.keys() ?? [])]).toEqual(
      expect.arrayContaining(["catalog", `store:${BERLIN.store}`]),
    );
    expect(await desk.pull("nobody", [])).toBeNull();
  });

  test("a till that HQ has revoked is read nothing for", async () => {
    const { id } = await till.record();
    await server.storage.write((tx) => tx.revokeDevice(id, server.clock.now()));
    const pulled = await desk.pull(hashOf(till), [{ collection: "stock", after: "", limit: LIMIT }]);
    expect(pulled).toMatchObject({ standing: { device: { id } }, pages: [] });
    expect(read).toEqual([]);
  });

  test("S39 what is newer is told in the same rounds as pages, and a till that HQ has revoked is told nothing", async () => {
    const page = await taken("stock", "");
    const first = taken("settings", "");
    const asked = desk.newer(hashOf(till), { stock: page.checkpoint, products: "" });
    await first;
    const told = await asked;
    expect(told?.newer?.upToDate).toEqual({ stock: page.checkpoint });
    expect(told?.standing).toMatchObject({ device: await till.record() });
    expect(await desk.newer("nobody", {})).toBeNull();
    const { id } = await till.record();
    await server.storage.write((tx) => tx.revokeDevice(id, server.clock.now()));
    expect((await desk.newer(hashOf(till), { stock: page.checkpoint }))?.newer).toBeNull();
  });

  test("others have the thread between pages that are long to read", async () => {
    let ms = 0;
    const slow = noting(server.storage, () => {
      ms += 5;
    });
    let yields = 0;
    const yieldThread = async () => {
      yields += 1;
      await nextTask();
    };
    desk = deskWith({ storage: slow, now: () => ms, yieldThread });
    const first = taken("settings", "");
    const some = (["stock", "products", "receipts", "staff", "orders"] as const).map((each) =>
      taken(each, ""),
    );
    await Promise.all([first, ...some]);
    expect(yields).toBeGreaterThan(1);
  });

  test("a round that gives way between its pages is waited for however long it takes", async () => {
    let ms = 0;
    let underWay = 0;
    let most = 0;
    const one = noting(server.storage, () => {
      ms += 10;
    });
    const counted: typeof one = {
      read: async (work) => {
        underWay += 1;
        most = Math.max(most, underWay);
        try {
          return await one.read(work);
        } finally {
          underWay -= 1;
        }
      },
    };
    const late: Promise<unknown>[] = [];
    desk = deskWith({
      storage: counted,
      now: () => ms,
      yieldThread: async () => {
        ms += 1_500;
        late.push(desk.pull(hashOf(till), []));
        await nextTask();
      },
    });
    const first = taken("settings", "");
    const some = (["stock", "products", "receipts", "staff"] as const).map((each) => taken(each, ""));
    await Promise.all([first, ...some]);
    await Promise.all(late);
    expect(late.length).toBeGreaterThan(2);
    expect(most).toBe(1);
  });

  test("what cannot be read for one till is its own trouble: the others of its round are answered", async () => {
    const other = await server.pair();
    damaged = "receipts";
    const first = taken("settings", "");
    const all = Promise.allSettled([taken("stock", ""), taken("receipts", "", other), taken("staff", "")]);
    await first;
    expect((await all).map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("S39a of several collections of a till the one that cannot be read is left out", async () => {
    damaged = "receipts";
    const asks = (["stock", "receipts", "settings"] as const).map((collection) => ({
      collection,
      after: "",
      limit: LIMIT,
    }));
    const pulled = await desk.pull(hashOf(till), asks);
    expect(pulled?.pages.map(({ collection, page }) => [collection, page.ok])).toEqual([
      ["stock", true],
      ["settings", true],
    ]);
    damaged = null;
    expect((await desk.pull(hashOf(till), asks))?.pages).toHaveLength(3);
  });

  test("S37 what several tills ask for at once is read once, and S35 each hears how far its own entries are in it", async () => {
    const other = await server.pair();
    await sell();
    const first = taken("settings", "");
    const all = [till, other, other, till].map((of) => taken("stock", "", of));
    await first;
    const pages = await Promise.all(all);
    expect(read).toEqual(["settings", "stock"]);
    expect(new Set(pages.map(({ documentsJson }) => documentsJson)).size).toBe(1);
    expect(pages.map(({ applied }) => applied.seq)).toEqual([2, 0, 0, 2]);
  });
});

test("between two rounds of a server's desk sales go first", async () => {
  const server = await ServerForTests.open();
  try {
    const till = await server.pair();
    const { storage, clock } = server;
    let givenWay: () => void = () => undefined;
    const gives = new Promise<void>((done) => {
      givenWay = done;
    });
    const giveWay: LinePace["giveWay"] = (whenOver) =>
      new Promise<void>((over) => {
        whenOver(over);
        givenWay();
      });
    const takesIn = { pace: { ...BY_COUNT, giveWay } };
    const deps = createDeps({ storage, now: clock.now, newId: () => "new", takesIn });
    deps.hearing.stop();
    let sold: () => void = () => undefined;
    const sale = deps.selling.during(
      () =>
        new Promise<void>((done) => {
          sold = done;
        }),
    );
    const hash = hashSecret(till.enrolment.token ?? "");
    let isAnswered = false;
    const first = deps.pullDesk.pull(hash, []);
    const second = deps.pullDesk.pull(hash, []).then(() => {
      isAnswered = true;
    });
    await first;
    await gives;
    for (let turns = 0; turns < 20; turns += 1) await nextTask();
    expect(isAnswered).toBe(false);
    sold();
    await Promise.all([sale, second]);
  } finally {
    await server.close();
  }
});

/** A storage that tells of which collections rows are read. */
function noting(storage: Storage, note: (collection: ReplicaCollection) => void): Pick<Storage, "read"> {
  return {
    read: (work, finds) =>
      storage.read((tx) => {
        const feedRows: typeof tx.feedRows = (ask) => {
          note(ask.collection);
          return tx.feedRows(ask);
        };
        return work(Object.assign(Object.create(tx), { feedRows }));
      }, finds),
  };
}

interface Asking {
  readonly go: () => void;
  readonly fail: (error: Error) => void;
}

/** A database that answers when it is told to; each till's journal is as long as its hash says, and none may read anything. */
class SlowDatabase implements Pick<Storage, "read"> {
  readonly asked: (readonly string[])[] = [];
  readonly #asking: Asking[] = [];
  #heard: () => void = () => undefined;

  async read<T>(work: (tx: ReadTransaction) => Promise<T>): Promise<T> {
    const standings: ReadTransaction["standings"] = async ({ tokenHashes }) => {
      this.asked.push(tokenHashes);
      await new Promise<void>((go, fail) => {
        this.#asking.push({ go, fail });
        this.#heard();
      });
      const known = tokenHashes.filter((hash) => hash !== "nobody");
      return new Map(known.map((hash) => [hash, standing(Number(hash))]));
    };
    return work({ standings } as ReadTransaction);
  }

  async answer(): Promise<void> {
    (await this.#next()).go();
  }

  async fail(): Promise<void> {
    (await this.#next()).fail(new StorageAway("the database is away"));
  }

  async #next(): Promise<Asking> {
    for (;;) {
      const next = this.#asking.shift();
      if (next !== undefined) return next;
      await new Promise<void>((heard) => {
        this.#heard = heard;
      });
    }
  }
}

const standing = (seq: number) => ({ chainHead: { seq, hash: GENESIS_HASH }, store: null }) as Standing;

describe("who asks while others are answered", () => {
  let database: SlowDatabase;
  beforeEach(() => {
    database = new SlowDatabase();
  });

  function deskOn(breathe = AT_ONCE.breathe, now = AT_ONCE.now, every: Every = AT_ONCE.every) {
    const nobodyReads = () => {
      throw new Error("nobody reads anything");
    };
    const pulls = { readingIn: () => ({ page: nobodyReads, feedsOf: nobodyReads }) };
    const clock = () => instant(0);
    const desk = createPullDesk({ ...AT_ONCE, storage: database, pulls, clock, now, breathe, every });
    return async (hash: string) => (await desk.pull(hash, []))?.standing.chainHead.seq ?? null;
  }

  test("is answered in the next round, with all who wait", async () => {
    const ask = deskOn();
    const first = ask("1");
    const others = ["2", "3", "2", "nobody"].map(ask);
    expect(database.asked).toEqual([["1"]]);
    await database.answer();
    expect(await first).toBe(1);
    await database.answer();
    expect(database.asked).toEqual([["1"], ["2", "3", "nobody"]]);
    expect(await Promise.all(others)).toEqual([2, 3, 2, null]);
  });

  test("is told no state that is older than the asking: nobody joins a round that has begun", async () => {
    const ask = deskOn();
    const [early, late] = [ask("1"), ask("1")];
    await database.answer();
    await early;
    await database.answer();
    expect(database.asked).toEqual([["1"], ["1"]]);
    expect(await late).toBe(1);
  });

  test("hears of it where the database does not answer, and who comes next is answered as ever", async () => {
    const ask = deskOn();
    const [first, second] = [ask("1"), ask("2")];
    await Promise.all([database.fail(), expect(first).rejects.toThrow("the database is away")]);
    await database.answer();
    expect(await second).toBe(2);
    const third = ask("3");
    await database.answer();
    expect(await third).toBe(3);
  });

  test("is one of no more than can be answered at one go", async () => {
    const ask = deskOn();
    const all = Array.from({ length: 60 }, (_, index) => ask(String(index)));
    for (const _ of [1, 24, 24, 11]) await database.answer();
    await Promise.all(all);
    expect(database.asked.map(({ length }) => length)).toEqual([1, 24, 24, 11]);
  });

  test("lets sales be taken in between two rounds, however many want to read", async () => {
    let mayGoOn: () => void = () => undefined;
    const ask = deskOn(
      () =>
        new Promise<void>((done) => {
          mayGoOn = done;
        }),
    );
    const [first, second] = [ask("1"), ask("2")];
    await database.answer();
    await first;
    await nextTask();
    expect(database.asked).toEqual([["1"]]);
    mayGoOn();
    await database.answer();
    expect(await second).toBe(2);
  });

  test("is not waited with for a round that hangs, as on a connection that is gone without a word", async () => {
    let ms = 0;
    const ask = deskOn(undefined, () => ms);
    const hung = ask("1");
    ms = 2_000;
    const waits = ask("2");
    expect(database.asked).toEqual([["1"]]);
    ms = 2_001;
    const late = ask("3");
    expect(database.asked).toEqual([["1"], ["2", "3"]]);
    await database.answer();
    await database.answer();
    expect(await Promise.all([hung, waits, late])).toEqual([1, 2, 3]);
  });

  test("waits for a round that gives way, however long the thread was held meanwhile, and not for one that hangs after it", async () => {
    let ms = 0;
    let mayGoOn: () => void = () => undefined;
    const ask = deskOn(
      () =>
        new Promise<void>((done) => {
          mayGoOn = done;
        }),
      () => ms,
    );
    const [first, second] = [ask("1"), ask("2")];
    await database.answer();
    await first;
    await nextTask();
    ms = 3_000;
    const third = ask("3");
    expect(database.asked).toEqual([["1"]]);
    mayGoOn();
    await nextTask();
    expect(database.asked).toEqual([["1"], ["2", "3"]]);
    ms = 5_001;
    const fourth = ask("4");
    expect(database.asked).toEqual([["1"], ["2", "3"], ["4"]]);
    for (let answers = 0; answers < 2; answers += 1) await database.answer();
    expect(await Promise.all([second, third, fourth])).toEqual([2, 3, 4]);
  });

  test("need not hope for somebody else to ask: a round that hangs is noticed by itself, and nobody looks once nobody waits", async () => {
    let ms = 0;
    const looking = new Set<() => void>();
    const every: Every = (_, look) => {
      looking.add(look);
      return () => looking.delete(look);
    };
    const look = () => {
      for (const each of looking) each();
    };
    const ask = deskOn(undefined, () => ms, every);
    const hung = ask("1");
    expect(looking.size).toBe(0);
    const waits = ask("2");
    ms = 2_000;
    look();
    expect(database.asked).toEqual([["1"]]);
    ms = 2_001;
    look();
    expect(database.asked).toEqual([["1"], ["2"]]);
    expect(looking.size).toBe(0);
    await database.answer();
    await database.answer();
    expect(await Promise.all([hung, waits])).toEqual([1, 2]);
  });
});
