import { afterEach, expect, test, vi } from "vitest";
import { idOf, type VariantId } from "#domain/ids.ts";
import type { Ticket } from "#domain/ticket/ticket.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { PostgresDatabase } from "../storage/postgres/database.ts";
import type { Database } from "../storage/sql/database.ts";
import { SqliteDatabase } from "../storage/sqlite/database.ts";
import { BERLIN, HAMBURG } from "../testing/shop.ts";
import { bookReports } from "./book.ts";

/** For a database behind a network each statement is a way there and back. */
const MOST_STATEMENTS = 10;
const GROUP = 100;
const GOODS = ["pan", "pot", "lid", "jug"].map((name): VariantId => idOf<"Variant">(name));
const POSTGRES_STARTS_WITHIN_MS = 120_000;

afterEach(() => {
  vi.restoreAllMocks();
});

/** Every statement that is asked or sent from now on. */
function watched(of: Database): readonly string[] {
  const asked: string[] = [];
  const { run, get, all, send } = of;
  vi.spyOn(of, "run").mockImplementation(function (this: Database, sql, ...values) {
    asked.push(sql);
    return run.call(this, sql, ...values);
  });
  vi.spyOn(of, "get").mockImplementation(function (this: Database, sql, ...values) {
    asked.push(sql);
    return get.call(this, sql, ...values);
  });
  vi.spyOn(of, "all").mockImplementation(function (this: Database, sql, ...values) {
    asked.push(sql);
    return all.call(this, sql, ...values);
  });
  vi.spyOn(of, "send").mockImplementation(function (this: Database, sql, ...values) {
    asked.push(sql);
    send.call(this, sql, ...values);
  });
  return asked;
}

async function statementsFor(engine: Database["engine"], count: number): Promise<readonly string[]> {
  const server = await ServerForTests.open({ engine });
  try {
    await server.stockUp(GOODS, GROUP);
    const tills = [(await server.pair(BERLIN)).till, (await server.pair(HAMBURG)).till];
    const sold = GOODS.map((variant, nth) => ({ variant, quantity: nth + 1 }));
    const tickets = Array.from({ length: count }, (_, nth) => tills[nth % tills.length]?.ticket(sold));
    const asked = watched(engine === "postgres" ? PostgresDatabase.prototype : SqliteDatabase.prototype);
    await server.storage.write((tx) => bookReports(tx, tickets as readonly Ticket[]));
    return [...asked];
  } finally {
    vi.restoreAllMocks();
    await server.close();
  }
}

test("a ticket of four lines is counted in few statements, however many words its sums are kept by", async () => {
  const asked = await statementsFor("sqlite", 1);
  expect(asked.length, asked.join("\n")).toBeLessThanOrEqual(MOST_STATEMENTS);
});

test(
  "a group of a hundred tickets is counted by PostgreSQL in as many statements as one",
  async () => {
    const one = await statementsFor("postgres", 1);
    const asked = await statementsFor("postgres", GROUP);
    expect(asked).toEqual(one);
    expect(asked.length, asked.join("\n")).toBeLessThanOrEqual(MOST_STATEMENTS);
  },
  POSTGRES_STARTS_WITHIN_MS,
);
