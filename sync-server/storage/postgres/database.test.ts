import fc from "fast-check";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { PostgresForTests, SECRETS_FOR_TESTS } from "../../testing/postgres.ts";
import { PostgresDatabase, ROW_TYPES } from "./database.ts";

let postgres: PostgresForTests;
let url: string;
let client: Client;
let database: PostgresDatabase;

/** A PostgreSQL server is started. */
const STARTS_WITHIN_MS = 120_000;

beforeAll(async () => {
  postgres = await PostgresForTests.shared();
  url = await postgres.database();
}, STARTS_WITHIN_MS);

afterAll(() => postgres.giveBack(url));

beforeEach(async () => {
  client = new Client({ connectionString: url, types: ROW_TYPES, pipeline: true });
  await client.connect();
  await client.query("BEGIN; CREATE TEMPORARY TABLE seen (n bigint PRIMARY KEY)");
  database = new PostgresDatabase(client, SECRETS_FOR_TESTS);
});

afterEach(() => client.end());

const put = (n: number) => database.send("INSERT INTO seen (n) VALUES (?)", n);
const seen = async () => (await database.all("SELECT n FROM seen ORDER BY n")).map(({ n }) => n);
const DOUBLE = /duplicate key/;

test("what was sent is done before what is asked next, in its order", async () => {
  for (let n = 0; n < 50; n += 1) put(n);
  expect(await seen()).toHaveLength(50);
  await database.settled();
});

test("where it fails, what is asked next fails of it, and not of the transaction that it brought down", async () => {
  put(1);
  put(1);
  put(2);
  await expect(seen()).rejects.toThrow(DOUBLE);
  await expect(database.settled()).rejects.toThrow(DOUBLE);
});

test("where nothing is asked after it, settling says so", async () => {
  put(1);
  put(1);
  await expect(database.settled()).rejects.toThrow(DOUBLE);
});

test("what fails after a savepoint is undone with it, and the transaction goes on", async () => {
  put(1);
  await database.savepoint();
  put(2);
  put(1);
  await expect(database.settled()).rejects.toThrow(DOUBLE);
  await database.undoToSavepoint();
  put(3);
  await database.settled();
  expect(await seen()).toEqual([1, 3]);
});

test("where what was sent fails, whoever waits behind a savepoint hears of it", async () => {
  put(1);
  put(1);
  await database.savepoint();
  await expect(database.settled()).rejects.toThrow(DOUBLE);
});

test("and so does one that is kept", async () => {
  await database.savepoint();
  put(1);
  put(1);
  await database.keepSavepoint();
  await expect(database.settled()).rejects.toThrow(DOUBLE);
});

test("where several chains ask at once, each hears what failed first, and a savepoint is gone back to", async () => {
  await database.savepoint();
  const doubled = async () => {
    await database.all("INSERT INTO seen (n) VALUES (?) RETURNING n", 1);
    await database.all("INSERT INTO seen (n) VALUES (?) RETURNING n", 1);
  };
  const others = async () => {
    for (let n = 10; n < 15; n += 1) {
      put(n);
      await database.all("SELECT n FROM seen");
    }
  };
  const ended = await Promise.allSettled([others(), doubled(), others()]);
  const failed = ended.filter((each) => each.status === "rejected");
  expect(failed).toHaveLength(3);
  for (const { reason } of failed) {
    expect(reason.message).toMatch(DOUBLE);
    expect(database.mayGoOnAfter(reason)).toBe(true);
  }
  await database.undoToSavepoint();
  expect(await seen()).toEqual([]);
});

test("what failed before a savepoint was set is said where that is gone back to", async () => {
  put(1);
  put(1);
  await database.savepoint();
  await expect(database.all("SELECT 1")).rejects.toThrow(DOUBLE);
  await expect(database.undoToSavepoint()).rejects.toThrow(DOUBLE);
});

const text = fc.oneof(
  fc.string({ unit: "binary" }).filter((each) => !each.includes("\0")),
  fc.constantFrom("", "NULL", "a, {b} \"c\" 'd' \\e", "ü 漢 🛒"),
);
const number = fc.maxSafeInteger();

test("a list comes with what was in it, whatever that is", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.option(text), fc.option(number))), async (rows) => {
      const lists = [rows.map(([word]) => word), rows.map(([, n]) => n)];
      const came = await database.all(
        "SELECT word, n FROM unnest(?[text], ?[bigint]) AS given (word, n)",
        ...lists,
      );
      expect(came.map((row) => [row.word, row.n])).toEqual(rows);
    }),
  );
});

test.each([["one"], [""], [" "], [true], [1.5], [[]], [[1], 2]])(
  "a list in which something is no number (%j) is refused, and not taken as one",
  async (...members) => {
    await expect(database.all("SELECT unnest(?[bigint])", JSON.stringify(members))).rejects.toThrow(
      /bigint|array/,
    );
  },
);

test("what is said in words is taken as what the list is of", async () => {
  expect(await database.all("SELECT unnest(?[bigint]) AS n", '["12", 3]')).toEqual([{ n: 12 }, { n: 3 }]);
  expect(await database.all("SELECT unnest(?[text]) AS word", '[12, "a"]')).toEqual([
    { word: "12" },
    { word: "a" },
  ]);
});
