import type { Client } from "pg";
import type { RowSource, RowTarget } from "./contents.ts";
import { namesOf, pieceOf, quoted } from "./sqlite-rows.ts";
import type { Cell, Cells, ColumnKind, Table } from "./tables.ts";

const TYPES: Readonly<Record<ColumnKind, string>> = {
  whole: "bigint",
  real: "double precision",
  text: "text",
  bytes: "bytea",
};

/** Reads a database of PostgreSQL within a transaction of the caller's, REPEATABLE READ, by cursors. `tables`: as SQLite has them. */
export class PostgresSource implements RowSource {
  readonly tables: readonly Table[];
  readonly #client: Client;

  constructor(client: Client, tables: readonly Table[]) {
    this.#client = client;
    this.tables = tables;
  }

  async *rows(table: Table): AsyncGenerator<readonly Cells[]> {
    await this.#client.query(
      `DECLARE copied NO SCROLL CURSOR FOR SELECT ${namesOf(table)} FROM ${quoted(table.name)}`,
    );
    const text = `FETCH ${pieceOf(table)} FROM copied`;
    while (true) {
      const { rows } = await this.#client.query<Cell[]>({ text, rowMode: "array" });
      if (rows.length === 0) break;
      yield rows;
    }
    await this.#client.query("CLOSE copied");
  }

  async given(table: Table): Promise<number> {
    const sequence = await sequenceOf(this.#client, table);
    if (sequence === null) return 0;
    const { rows } = await this.#client.query<{ readonly given: number }>(
      `SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS given FROM ${sequence}`,
    );
    return rows[0]?.given ?? 0;
  }
}

/** Fills a database of PostgreSQL that has the tables and no rows. Stands in a transaction of the caller's. */
export class PostgresTarget implements RowTarget {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async put(table: Table, rows: readonly Cells[]): Promise<void> {
    const lists = table.columns.map((_, at) => rows.map((row) => row[at] ?? null));
    const places = table.columns.map(({ kind }, at) => `$${at + 1}::${TYPES[kind]}[]`).join(", ");
    await this.#client.query(
      `INSERT INTO ${quoted(table.name)} (${namesOf(table)}) OVERRIDING SYSTEM VALUE SELECT * FROM unnest(${places})`,
      lists,
    );
  }

  /** Numbers are given out from behind the highest on: of those that were ever given out, or of those that are there. */
  async filled(table: Table, given: number | null): Promise<void> {
    const sequence = await sequenceOf(this.#client, table);
    if (sequence === null || table.numbered === null) return;
    const { rows } = await this.#client.query<{ readonly highest: number }>(
      `SELECT coalesce(max(${quoted(table.numbered)}), 0) AS highest FROM ${quoted(table.name)}`,
    );
    const highest = Math.max(given ?? 0, rows[0]?.highest ?? 0);
    if (highest > 0) await this.#client.query("SELECT setval($1::regclass, $2)", [sequence, highest]);
  }
}

/** What gives out the numbers of a table; null where nothing does. */
async function sequenceOf(client: Client, { name, numbered }: Table): Promise<string | null> {
  if (numbered === null) return null;
  const { rows } = await client.query<{ readonly sequence: string | null }>(
    "SELECT pg_get_serial_sequence($1, $2) AS sequence",
    [quoted(name), numbered],
  );
  return rows[0]?.sequence ?? null;
}
