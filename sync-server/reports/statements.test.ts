import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { idOf, type VariantId } from "#domain/ids.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { SqliteDatabase } from "../storage/sqlite/database.ts";
import { bookReports } from "./book.ts";

/** For a database behind a network each statement is a way there and back. */
const MOST_STATEMENTS = 10;
const GOODS = ["pan", "pot", "lid", "jug"].map((name): VariantId => idOf<"Variant">(name));

let server: ServerForTests;
beforeEach(async () => {
  server = await ServerForTests.open();
  await server.stockUp(GOODS, 100);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
});

/** Every statement that is asked from now on. */
function watched(): readonly string[] {
  const asked: string[] = [];
  const { run, get, all } = SqliteDatabase.prototype;
  const of = SqliteDatabase.prototype;
  vi.spyOn(of, "run").mockImplementation(function (this: SqliteDatabase, sql, ...values) {
    asked.push(sql);
    return run.call(this, sql, ...values);
  });
  vi.spyOn(of, "get").mockImplementation(function (this: SqliteDatabase, sql, ...values) {
    asked.push(sql);
    return get.call(this, sql, ...values);
  });
  vi.spyOn(of, "all").mockImplementation(function (this: SqliteDatabase, sql, ...values) {
    asked.push(sql);
    return all.call(this, sql, ...values);
  });
  return asked;
}

test("a ticket of four lines is counted in few statements, however many words its sums are kept by", async () => {
  const { till } = await server.pair();
  till.begin();
  const ticket = till.ticket(GOODS.map((variant, nth) => ({ variant, quantity: nth + 1 })));
  const asked = watched();
  await server.storage.write((tx) => bookReports(tx, [ticket]));
  expect(asked.length, asked.join("\n")).toBeLessThanOrEqual(MOST_STATEMENTS);
});
