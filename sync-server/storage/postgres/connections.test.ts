import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { Client, Pool } from "pg";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { instant } from "#domain/ids.ts";
import { DEFAULT_RETAILER_RULES } from "#domain/orders/retailer-rules.ts";
import { HttpForTests } from "../../http-for-tests.ts";
import { Ears } from "../../sync/news.ts";
import { PostgresForTests, SECRETS_FOR_TESTS } from "../../testing/postgres.ts";
import { putInFeed } from "../../testing/put-in-feed.ts";
import { BERLIN, HAMBURG } from "../../testing/shop.ts";
import { StorageAway, StorageUnavailable } from "../port.ts";
import type { Database, Row } from "../sql/database.ts";
import { createPostgresAside } from "./aside.ts";
import { PostgresStorage } from "./storage.ts";
import { Voice } from "./told.ts";
import { PostgresWatch } from "./watch.ts";

const STARTS_WITHIN_MS = 120_000;
/** For who waits in vain: the shorter, the sooner the test is over. */
const TURN_WITHIN_MS = 100;
/** Ends the connections that are in a transaction, as an operator or a restart does; answers how many. */
const END_WRITERS =
  "SELECT count(pg_terminate_backend(pid)) AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'onetill' AND xact_start IS NOT NULL";
/** As whoever writes for long. */
const HOLD_THE_LINE = "SELECT pg_advisory_lock(74201001)";

let postgres: PostgresForTests;
beforeAll(async () => {
  postgres = await PostgresForTests.shared();
}, STARTS_WITHIN_MS);

let url: string;
let storage: PostgresStorage;
let beside: Client;
beforeEach(async () => {
  url = await postgres.database();
  storage = await PostgresStorage.open(url, { secrets: SECRETS_FOR_TESTS });
  beside = new Client({ connectionString: url });
  await beside.connect();
});
afterEach(async () => {
  await storage.close();
  await beside.end();
  await postgres.giveBack(url);
});

const codes = (of = storage) => of.read(async (tx) => (await tx.stores()).map(({ code }) => code));

describe("a connection that is lost", () => {
  test("during a write takes all of it back, says so, and the next write goes well", async () => {
    const lost = storage.write(async (tx) => {
      await tx.putStore(BERLIN);
      await beside.query(END_WRITERS);
      await tx.putStore(HAMBURG);
    });
    await expect(lost).rejects.toThrow(StorageAway);
    expect(await codes()).toEqual([]);
    await storage.write((tx) => tx.putStore(HAMBURG));
    expect(await codes()).toEqual([HAMBURG.code]);
  });

  test("is no different where a part of the write may fail", async () => {
    const lost = storage.write(async (tx) => {
      await tx.putStore(BERLIN);
      await tx.attempt(async () => {
        await beside.query(END_WRITERS);
        await tx.putStore(HAMBURG);
      });
    });
    await expect(lost).rejects.toThrow(StorageAway);
    expect(await codes()).toEqual([]);
  });

  test("while a question is answered says so, and the next question is answered", async () => {
    await storage.write((tx) => tx.putStore(BERLIN));
    const lost = storage.read(async (tx) => {
      await tx.stores();
      await beside.query(END_WRITERS);
      return await tx.stores();
    });
    await expect(lost).rejects.toThrow(StorageAway);
    expect(await codes()).toEqual([BERLIN.code]);
  });

  test("while nobody uses it is not noticed", async () => {
    await storage.write((tx) => tx.putStore(BERLIN));
    await codes();
    await beside.query(
      `SELECT pg_terminate_backend(pid, ${STARTS_WITHIN_MS}) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    // They had ended before this was answered: with another answer their ends have been read as well.
    await beside.query("SELECT 1");
    await storage.write((tx) => tx.putStore(HAMBURG));
    expect(await codes()).toEqual([BERLIN.code, HAMBURG.code]);
  });
});

test("a machine that takes connections and says nothing, as where a database is being taken over, is not waited for as long as it likes", async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const { port } = silent.address() as AddressInfo;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const connected = once(silent, "connection");
    const ends = vi.fn();
    const config = { host: "127.0.0.1", port, user: "onetill", database: "onetill" };
    const parts = { voice: new Voice(), ears: new Ears(), every: () => ends };
    const begun = PostgresWatch.begin(config, parts).catch((error: unknown) => error);
    await connected;
    vi.advanceTimersByTime(60_000);
    expect(await begun).toBeInstanceOf(Error);
    expect(ends).toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
    silent.close();
  }
});

describe("a long question", () => {
  const ASK = { feed: "catalog" } as never;
  let pool: Pool;
  beforeEach(() => {
    pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 1_000 });
  });
  afterEach(() => pool.end());

  test("by a connection that turns out to be lost gives it back: else each of them would be one connection fewer, until none is left", async () => {
    const client = await pool.connect();
    client.release();
    vi.spyOn(client, "query").mockImplementation(() => Promise.reject(new Error("Query read timeout")));
    const aside = createPostgresAside(pool, SECRETS_FOR_TESTS);
    await expect(aside.read("stockValue", ASK)).rejects.toThrow("Query read timeout");
    expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  });
});

describe("what takes too long", () => {
  const failing = (settings: Row, meanwhile: () => Promise<unknown>) =>
    storage.write(async (tx) => {
      const { database } = tx as unknown as { readonly database: Database };
      for (const [name, value] of Object.entries(settings))
        await database.get("SELECT set_config(?, ?, true)", name, value);
      await tx.putStore(BERLIN);
      await meanwhile();
      await database.get("SELECT pg_sleep(?)", 1);
    });

  const nothing = async () => undefined;
  /** Whoever stands in line comes to their turn when the transaction is over, by whatever it ended. */
  const untilItIsOver = () => beside.query(`${HOLD_THE_LINE}, pg_advisory_unlock_all()`);

  test.each([
    { said: "a statement took too long", settings: { statement_timeout: "50" }, meanwhile: nothing },
    {
      said: "a transaction stood still for too long",
      settings: { idle_in_transaction_session_timeout: "50" },
      meanwhile: untilItIsOver,
    },
  ])(
    "is no database that is away, and the next write goes well: $said",
    async ({ said, settings, meanwhile }) => {
      const error = await failing(settings, meanwhile).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(StorageUnavailable);
      expect(error).not.toBeInstanceOf(StorageAway);
      expect(error).toMatchObject({ message: said });
      await storage.write((tx) => tx.putStore(HAMBURG));
      expect(await codes()).toEqual([HAMBURG.code]);
    },
  );
});

test("what connections are told first holds whatever options the address has", async () => {
  const own = await PostgresStorage.open(`${url}?options=-c%20work_mem%3D7MB`, {
    secrets: SECRETS_FOR_TESTS,
  });
  const shown = async (tx: unknown) => {
    const { database } = tx as { readonly database: Database };
    const names = ["jit", "statement_timeout", "work_mem"];
    const rows = [];
    for (const name of names) rows.push(await database.get(`SELECT current_setting('${name}') AS is`));
    return rows.map((row) => row?.is);
  };
  try {
    for (const how of ["read", "ask", "write"] as const)
      expect(await own[how]((tx) => shown(tx))).toEqual(["off", "1min", "7MB"]);
  } finally {
    await own.close();
  }
});

describe("several servers of one database", () => {
  test("write one after another: each sees what the one before it wrote, and no number is given out twice", async () => {
    const other = await PostgresStorage.open(url, { secrets: SECRETS_FOR_TESTS });
    const rows = 10;
    const put = (on: PostgresStorage, id: string) =>
      on.write((tx) => putInFeed(tx, { feed: "f", collection: "products", id, data: "{}", at: instant(1) }));
    await Promise.all(
      Array.from({ length: rows }, (_, n) => [put(storage, `a${n}`), put(other, `b${n}`)]).flat(),
    );
    const seqs = await storage.read(async (tx) =>
      (await tx.feedRows({ feed: "f", collection: "products", after: 0, limit: 100 })).map(({ seq }) => seq),
    );
    await other.close();
    expect(seqs).toEqual(Array.from({ length: 2 * rows }, (_, n) => n + 1));
  });

  test("one that writes for too long is waited for so long and no longer, and the wait says why", async () => {
    await beside.query(HOLD_THE_LINE);
    const settings = { secrets: SECRETS_FOR_TESTS, turnWithinMs: TURN_WITHIN_MS };
    const hasty = await PostgresStorage.open(url, settings);
    await expect(hasty.write((tx) => tx.putStore(BERLIN))).rejects.toThrow(
      "another server of this database took too long over a write",
    );
    await hasty.close();
    expect(await codes()).toEqual([]);
    await beside.query("SELECT pg_advisory_unlock_all()");
    await storage.write((tx) => tx.putStore(BERLIN));
    expect(await codes()).toEqual([BERLIN.code]);
  });
});

test("a write in which a statement failed and nobody heard of it is no write, and says why", async () => {
  const deaf = storage.write(async (tx) => {
    await tx.putStore(BERLIN);
    const twice = { ...HAMBURG, code: BERLIN.code };
    await tx.putStore(twice).catch(() => undefined);
  });
  await expect(deaf).rejects.toThrow("stores_code_key");
  expect(await codes()).toEqual([]);
});

test.each(["read", "ask"] as const)(
  "what failed in a %s and nobody heard of is said at its end, and the next one goes well",
  async (how) => {
    const nonsense = { feed: "catalog", collection: "products", after: 0, limit: -1 } as const;
    const deaf = storage[how](async (tx) => {
      await tx.feedRows(nonsense).catch(() => undefined);
      return "an answer";
    });
    await expect(deaf).rejects.toThrow();
    for (let next = 0; next < 12; next += 1) expect(await storage[how]((tx) => tx.stores())).toEqual([]);
  },
);

test("a page that cannot be read fails those that are asked for beside it, and the next read goes well", async () => {
  const page = { feed: `store:${BERLIN.store}`, collection: "stock", after: 0, limit: 9 } as const;
  const asks = [page, { ...page, limit: -1 }, { ...page, feed: `store:${HAMBURG.store}` }];
  const answers = await storage
    .read((tx) => Promise.allSettled(asks.map((ask) => tx.feedRows(ask))), "byKeys")
    .catch((error: unknown) => error);
  expect(answers).toMatchObject({ message: expect.stringContaining("LIMIT") });
  let settled: readonly PromiseSettledResult<unknown>[] = [];
  const read = storage.read(async (tx) => {
    settled = await Promise.allSettled(asks.map((ask) => tx.feedRows(ask)));
    await Promise.all(asks.map((ask) => tx.feedRows(ask)));
  }, "byKeys");
  await expect(read).rejects.toThrow("LIMIT");
  expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  for (let next = 0; next < 12; next += 1)
    expect(await storage.read((tx) => Promise.all([tx.feedRows(page), tx.feedRows(page)]), "byKeys")).toEqual(
      [[], []],
    );
});

test("who asks over HTTP is told to try again in a moment, and then it goes well", async () => {
  const http = await HttpForTests.open({ engine: "postgres" });
  try {
    const put = () => http.hq("/hq/v1/rules", { method: "PUT", body: DEFAULT_RETAILER_RULES });
    const whole = http.parts.storage.write.bind(http.parts.storage);
    const away = vi.spyOn(http.parts.storage, "write").mockImplementation((work) =>
      whole(async (tx) => {
        await http.parts.run(END_WRITERS);
        return work(tx);
      }),
    );
    const refused = await put();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
    expect(await refused.json()).toEqual({
      reason: "internal",
      message: "The server cannot reach its database just now. Try again in a moment.",
    });
    away.mockRestore();
    expect((await put()).status).toBe(200);
  } finally {
    await http.close();
  }
});
