import fc from "fast-check";
import { expect, test } from "vitest";
import type { Database, SqlGiven, SqlInput } from "./database.ts";
import { insertReturning, insertRows } from "./insert-rows.ts";

interface Asked {
  readonly sql: string;
  readonly values: readonly SqlGiven[];
}

function databaseOf(engine: Database["engine"], asked: Asked[]): Database {
  const database: Pick<Database, "engine" | "send" | "all"> = {
    engine,
    send: (sql, ...values) => {
      asked.push({ sql, values });
    },
    all: async (sql, ...values) => {
      asked.push({ sql, values });
      return [{ nth: asked.length }];
    },
  };
  return database as Database;
}

const INTO = "t (n, name, note)";
const cell = fc.option(fc.oneof(fc.string(), fc.constant("a, {b} \"c\" 'd' \\e")));
const rowsOf = (most: number) =>
  fc
    .array(fc.tuple(cell, cell), { maxLength: most })
    .map((all) => all.map(([name, note], nth): readonly SqlInput[] => [nth, name, note]));

test("every row is put once and in its order, with few different statements", async () => {
  await fc.assert(
    fc.asyncProperty(rowsOf(200), async (rows) => {
      const asked: Asked[] = [];
      await insertRows(databaseOf("sqlite", asked), { into: INTO, rows });
      expect(asked.flatMap(({ values }) => values)).toEqual(rows.flat());
      expect(new Set(asked.map(({ sql }) => sql)).size).toBeLessThanOrEqual(6);
      expect(asked.length).toBeLessThanOrEqual(rows.length / 32 + 6);
    }),
  );
});

test("PostgreSQL is given a list for each column, whatever stands in it, in one statement for all rows", async () => {
  await fc.assert(
    fc.asyncProperty(rowsOf(200), async (rows) => {
      const asked: Asked[] = [];
      await insertRows(databaseOf("postgres", asked), { into: INTO, rows });
      expect(asked.length).toBe(rows.length === 0 ? 0 : 1);
      for (const { sql, values } of asked) {
        const lists = values.map((list) => (Array.isArray(list) ? list : []));
        const [columns = ""] = /(?<=SELECT ).*(?= FROM)/.exec(sql) ?? [];
        const [names = ""] = /(?<=given \().*(?=\))/.exec(sql) ?? [];
        const of = columns.split(", ").map((name) => lists[names.split(", ").indexOf(name)]);
        expect(rows.map((_, nth) => of.map((list) => list?.[nth] ?? null))).toEqual(rows);
      }
    }),
  );
});

test("what is no list of texts or of whole numbers is said value by value", async () => {
  for (const odd of [1.5, new Uint8Array([1]), 7n, "seven"]) {
    const asked: Asked[] = [];
    await insertRows(databaseOf("postgres", asked), { into: "t (n)", rows: [[7], [odd]] });
    expect(asked).toEqual([{ sql: "INSERT INTO t (n) VALUES (?), (?) ", values: [7, odd] }]);
  }
});

test("what statements answer is told in their order", async () => {
  const asked: Asked[] = [];
  const rows = Array.from({ length: 40 }, (_, nth) => [nth]);
  const told = await insertReturning(databaseOf("sqlite", asked), {
    into: "t (n)",
    rows,
    tail: "RETURNING n",
  });
  expect(told.map(({ nth }) => nth)).toEqual(asked.map((_, nth) => nth + 1));
});
