import type { DatabaseSync } from "node:sqlite";
import { IN_ORDER_OF_COMING } from "../postgres/schema.ts";

/** A value as it is copied. Whole numbers come as `number`: one that is too large for it is thrown on, never rounded. */
export type Cell = string | number | Uint8Array | null;
export type Cells = readonly Cell[];

export type ColumnKind = "whole" | "real" | "text" | "bytes";

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
}

/** A table as it is copied from one database into another, whatever engine they have. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** The column whose numbers the database gives out itself; null where it gives out none. */
  readonly numbered: string | null;
  /** Whether a number that was given out is never given out again, also when its row is gone. */
  readonly neverAgain: boolean;
}

const KINDS: Readonly<Record<string, ColumnKind>> = {
  INTEGER: "whole",
  REAL: "real",
  TEXT: "text",
  BLOB: "bytes",
};

/** In what order rows came, where no column of theirs says so. */
const ROWID: Column = { name: "rowid", kind: "whole" };

/**
 * All tables of a database of SQLite, as its own schema describes them: one that a migration adds is copied without anybody having to think of it.
 * Throws on one that is of a kind which nobody has copied yet.
 */
export function tablesIn(database: DatabaseSync): readonly Table[] {
  const found = database
    .prepare(
      `SELECT l.name, l.type, m.sql FROM pragma_table_list l JOIN sqlite_master m ON m.name = l.name
        WHERE l.schema = 'main' AND l.type <> 'shadow' AND l.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY l.name`,
    )
    .all();
  return found.map(({ name, type, sql }) =>
    type === "virtual" ? wordsTable(String(name)) : plainTable(database, String(name), String(sql)),
  );
}

/** What finds products by a part of a word: SQLite makes its index anew from the words. */
function wordsTable(name: string): Table {
  if (name !== "catalogue_words") throw new Error(`nobody knows how ${name} is copied`);
  return { name, columns: [ROWID, { name: "words", kind: "text" }], numbered: null, neverAgain: false };
}

function plainTable(database: DatabaseSync, name: string, sql: string): Table {
  const described = database.prepare("SELECT name, type, pk FROM pragma_table_info(?)").all(name);
  const columns = described.map((column): Column => {
    const kind = KINDS[String(column.type)];
    if (kind === undefined) throw new Error(`nobody knows how ${name}.${column.name} is copied`);
    return { name: String(column.name), kind };
  });
  const isOrdered = IN_ORDER_OF_COMING.includes(name);
  const isNumbered = /\bINTEGER PRIMARY KEY(?! CHECK)/.test(sql);
  const key = described.find(({ pk }) => Number(pk) > 0);
  return {
    name,
    columns: isOrdered ? [ROWID, ...columns] : columns,
    numbered: isOrdered ? ROWID.name : isNumbered ? String(key?.name) : null,
    neverAgain: /\bAUTOINCREMENT\b/.test(sql),
  };
}
