import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { Column } from "./columns.ts";

/** One row of the file, as far as it is understood. */
export interface StagedRow {
  readonly line: number;
  readonly fields: Readonly<Partial<Record<Column, string>>>;
}

/** Rows of one handle, in the order of the file. */
export interface StagedProduct {
  readonly handle: string;
  readonly rows: readonly StagedRow[];
}

/**
 * Keeps the rows of a file outside memory until all of it has been read, so that variants find their product however far apart
 * they stand. A temporary database of SQLite, which lives in a nameless file that the system removes by itself.
 */
export class Staging {
  readonly #database: DatabaseSync;
  readonly #addRow: StatementSync;
  readonly #addHandle: StatementSync;
  readonly #claim: StatementSync;

  constructor() {
    this.#database = new DatabaseSync("");
    this.#database.exec(`
      PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
      CREATE TABLE handles (handle TEXT PRIMARY KEY, line INTEGER NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE rows (handle TEXT NOT NULL, line INTEGER NOT NULL, fields TEXT NOT NULL, PRIMARY KEY (handle, line)) STRICT, WITHOUT ROWID;
      CREATE TABLE claims (code TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
      BEGIN`);
    this.#addRow = this.#database.prepare("INSERT INTO rows (handle, line, fields) VALUES (?, ?, ?)");
    this.#addHandle = this.#database.prepare(
      "INSERT INTO handles (handle, line) VALUES (?, ?) ON CONFLICT DO NOTHING",
    );
    this.#claim = this.#database.prepare("INSERT INTO claims (code) VALUES (?) ON CONFLICT DO NOTHING");
  }

  add(handle: string, row: StagedRow): void {
    this.#addHandle.run(handle, row.line);
    this.#addRow.run(handle, row.line, JSON.stringify(row.fields));
  }

  /** Takes a code (a SKU, a GTIN) for the variant that asks first; false when another row of the file has it. */
  claim(code: string): boolean {
    return this.#claim.run(code).changes === 1;
  }

  /** Each product once, in the order in which they first appear; at most `maxRows` rows of each. */
  *products(maxRows: number): Generator<StagedProduct> {
    const handles = this.#database.prepare("SELECT handle FROM handles ORDER BY line");
    const rows = this.#database.prepare(
      "SELECT line, fields FROM rows WHERE handle = ? ORDER BY line LIMIT ?",
    );
    for (const { handle } of handles.iterate()) {
      yield {
        handle: String(handle),
        rows: rows.all(String(handle), maxRows).map((row) => ({
          line: Number(row.line),
          fields: stagedFields(String(row.fields)),
        })),
      };
    }
  }

  /** How many products there are in it. */
  get productCount(): number {
    return Number(this.#database.prepare("SELECT count(*) AS n FROM handles").get()?.n);
  }

  close(): void {
    this.#database.close();
  }
}

/** `add` wrote this text; nothing else writes it. */
function stagedFields(text: string): StagedRow["fields"] {
  return JSON.parse(text) as StagedRow["fields"];
}
