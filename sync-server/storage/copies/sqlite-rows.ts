import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { RowSource, RowTarget } from "./contents.ts";
import { type Cell, type Cells, type Table, tablesIn } from "./tables.ts";

const MAX_ROWS = 1_000;
/** Rows with pictures in them are few at a time. */
const MAX_ROWS_WITH_BYTES = 16;

/** How many rows of a table are in memory at a time. */
export function pieceOf({ columns }: Table): number {
  return columns.some(({ kind }) => kind === "bytes") ? MAX_ROWS_WITH_BYTES : MAX_ROWS;
}

/** Reads a database of SQLite; whoever calls sees to it that it stands still meanwhile. */
export class SqliteSource implements RowSource {
  readonly tables: readonly Table[];
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.tables = tablesIn(database);
  }

  async *rows(table: Table): AsyncGenerator<readonly Cells[]> {
    const most = pieceOf(table);
    let rows: Cells[] = [];
    for (const row of this.#database
      .prepare(`SELECT ${namesOf(table)} FROM ${quoted(table.name)}`)
      .iterate()) {
      rows.push(Object.values(row) as Cell[]);
      if (rows.length < most) continue;
      yield rows;
      rows = [];
    }
    if (rows.length > 0) yield rows;
  }

  async given({ name }: Table): Promise<number> {
    const row = this.#database.prepare("SELECT seq FROM sqlite_sequence WHERE name = ?").get(name);
    return Number(row?.seq ?? 0);
  }
}

/** Fills a database of SQLite that has the tables and no rows. Stands in a transaction of the caller's. */
export class SqliteTarget implements RowTarget {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  async put(table: Table, rows: readonly Cells[]): Promise<void> {
    const statement = this.#statements.get(table.name) ?? this.#insert(table);
    for (const row of rows) statement.run(...row);
  }

  async filled({ name }: Table, given: number | null): Promise<void> {
    if (given === null || given === 0) return;
    const changed = this.#database
      .prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = ?")
      .run(given, name);
    if (changed.changes === 0)
      this.#database.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)").run(name, given);
  }

  #insert(table: Table): StatementSync {
    const places = table.columns.map(() => "?").join(", ");
    const made = this.#database.prepare(
      `INSERT INTO ${quoted(table.name)} (${namesOf(table)}) VALUES (${places})`,
    );
    this.#statements.set(table.name, made);
    return made;
  }
}

/** A name as both engines take it, whatever it is. */
export function quoted(name: string): string {
  return `"${name}"`;
}

export function namesOf({ columns }: Table): string {
  return columns.map(({ name }) => quoted(name)).join(", ");
}
