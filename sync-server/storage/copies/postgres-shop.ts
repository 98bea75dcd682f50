import { Client, DatabaseError } from "pg";
import { PostgresDatabase, ROW_TYPES } from "../postgres/database.ts";
import { LOCKS } from "../postgres/locks.ts";
import { layTables, requireNewest, requireOurs, tablesOf } from "../postgres/migrate.ts";
import { PACK_QUICKLY, SERVER_NAME } from "../postgres/storage.ts";
import { DatabaseTrouble, databaseWords, placeOf } from "../postgres/trouble.ts";
import { SqlWrites } from "../sql/writes.ts";
import { type HeldShop, type NewShop, NotCopied, type ShopDatabase } from "./held.ts";
import { PostgresSource, PostgresTarget } from "./postgres-rows.ts";
import { quoted } from "./sqlite-rows.ts";
import { SEALED } from "./sqlite-shop.ts";
import type { Table } from "./tables.ts";

const CONNECT_WITHIN_MS = 10_000;
/** How who copies calls itself among the connections of a database: not as servers do, who are looked for. */
const COPIER_NAME = "onetill copy";
/** A server that starts just now is done in less. */
const TURN_WITHIN_MS = 30_000;
const LOCK_NOT_AVAILABLE = "55P03";

interface Opened extends ShopDatabase {
  readonly client: Client;
  close(): Promise<void>;
}

/** Connects. `tables`: as SQLite has them. Throws NotCopied, in words without who connects and by which password. */
async function opened(url: string, tables: readonly Table[]): Promise<Opened> {
  const client = new Client({
    connectionString: url,
    keepAlive: true,
    application_name: COPIER_NAME,
    types: ROW_TYPES,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
  });
  // Whoever uses it hears of it from the statement.
  client.on("error", () => undefined);
  try {
    await client.connect();
    // What is read or checked beside it takes as long as it takes.
    await client.query("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0");
  } catch (error) {
    throw new NotCopied(databaseWords(error, url));
  }
  const database = new PostgresDatabase(client, SEALED);
  return {
    client,
    database,
    rows: new PostgresSource(client, tables),
    tx: new SqlWrites(database),
    close: () => client.end().catch(() => undefined),
  };
}

/** One state of a database beside whoever writes to it; it stands in a transaction until it is closed. */
export async function lookAtPostgres(
  url: string,
  tables: readonly Table[],
): Promise<ShopDatabase & { close(): Promise<void> }> {
  const shop = await opened(url, tables);
  try {
    await saidOf(url, () => requireNewest(shop.client));
    await shop.client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off");
    return shop;
  } catch (error) {
    await shop.close();
    throw error;
  }
}

/** A database with no server on it, and none that could begin or write while it is held. Throws NotCopied where there is one. */
export async function holdPostgres(url: string, tables: readonly Table[]): Promise<HeldShop> {
  const shop = await opened(url, tables);
  try {
    await saidOf(url, async () => {
      await keepServersOut(shop.client, url);
      await requireNewest(shop.client);
    });
    await shop.client.query("BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL jit = off");
  } catch (error) {
    await shop.close();
    throw error;
  }
  return { ...shop, commit: async () => void (await shop.client.query("COMMIT")) };
}

/**
 * A shop that comes into a database in one transaction: broken off wherever it may be, nothing of it is there. What is there already goes into a schema of the name
 * `aside`, if it is to be replaced. Throws NotCopied where it is not, where it is another program's, and where a server runs.
 */
export async function newPostgres(
  url: string,
  tables: readonly Table[],
  { replace, aside }: { readonly replace: boolean; readonly aside: string },
): Promise<NewShop> {
  const shop = await opened(url, tables);
  const { client } = shop;
  try {
    return await saidOf(url, async () => {
      await keepServersOut(client, url);
      await requireOurs(client);
      const there = await tablesOf(client);
      if (there.length > 0 && !replace)
        throw new NotCopied(
          `The database at ${placeOf(url)} has a shop in it already. --replace puts another in its place and keeps it as the schema ${aside}.`,
        );
      await client.query(`${PACK_QUICKLY}; BEGIN; SET LOCAL jit = off`);
      if (there.length > 0) await client.query(`CREATE SCHEMA ${quoted(aside)}`);
      for (const table of there)
        await client.query(`ALTER TABLE ${quoted(table)} SET SCHEMA ${quoted(aside)}`);
      const indexes = await layTables(client);
      return {
        ...shop,
        target: new PostgresTarget(client),
        filled: async () => {
          for (const statement of indexes) await client.query(statement);
          await client.query("ANALYZE");
        },
        publish: async () => {
          await client.query("COMMIT");
          await client.end();
          return there.length > 0 ? `the schema ${aside}` : null;
        },
      };
    });
  } catch (error) {
    await shop.close();
    throw error;
  }
}

/** Locks of the session, given back when the connection ends: no server starts, none does chores, none writes. */
async function keepServersOut(client: Client, url: string): Promise<void> {
  await client.query(`SET lock_timeout = ${TURN_WITHIN_MS}`);
  await client.query(`SELECT pg_advisory_lock(${LOCKS.migrator})`).catch((error: unknown) => {
    if (!(error instanceof DatabaseError) || error.code !== LOCK_NOT_AVAILABLE) throw error;
    throw new NotCopied(
      `The database at ${placeOf(url)} is held: a server starts on it, or another move or backup put back is at work. Try again when it is done.`,
    );
  });
  const { rows } = await client.query<{ readonly chores: number; readonly servers: number }>(
    `SELECT pg_try_advisory_lock(${LOCKS.chores}) AS chores,
      (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = '${SERVER_NAME}') AS servers`,
  );
  const [found] = rows;
  if (found?.chores !== 1 || found.servers > 0)
    throw new NotCopied(
      `A server runs on the database at ${placeOf(url)}. Stop all of them first: what they take in meanwhile would be lost.`,
    );
  await client.query(`SELECT pg_advisory_lock(${LOCKS.writer})`);
}

/** What a database says no to, in plain words. */
async function saidOf<T>(url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotCopied || error instanceof DatabaseTrouble) throw error;
    throw new NotCopied(databaseWords(error, url));
  }
}
