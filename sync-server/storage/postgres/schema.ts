import { DatabaseSync } from "node:sqlite";
import { MIGRATIONS } from "../sqlite/schema.ts";
import { schemaInPostgresWords } from "./words.ts";

/** Kept by SQLite for itself. */
const NOT_OURS = /^(sqlite_|catalogue_words)/;

/**
 * Indexes of SQLite that PostgreSQL has not. The one is the key of a table which lies by the store (partitions.ts). The other is in the way: it writes a row that changes into all indexes of
 * its table as soon as one of them has the column that changed, and a product's row changes with each sale of it. HQ reads its grid's order from the first to the last, which it sorts as soon.
 */
export const NOT_HERE: readonly string[] = ["tickets_of_store", "catalogue_by_stock"];
const MADE_ELSEWHERE = new RegExp(`CREATE INDEX (?:${NOT_HERE.join("|")}) [^;]*;`, "g");

/** A migration of SQLite as PostgreSQL has it. */
export function migrationInPostgresWords(migration: string): string {
  return schemaInPostgresWords(migration.replace(MADE_ELSEWHERE, ""));
}

/** What finds products by a part of a word: trigrams where the database has them, else each row is looked at. */
const WORDS = `CREATE TABLE catalogue_words (rowid BIGINT PRIMARY KEY, words TEXT COLLATE "C" NOT NULL)`;
const WORDS_INDEX = `DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX catalogue_words_by_part ON catalogue_words USING gin (words gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported THEN NULL; END $$`;

/** Tables of which SQLite knows by itself in what order their rows came. */
export const IN_ORDER_OF_COMING: readonly string[] = ["quarantine", "invoices"];

/** The statements that make an empty database one of the newest schema: what the migrations come to, in PostgreSQL's words. */
export function wholeSchema(migrations: readonly string[] = MIGRATIONS): readonly string[] {
  const model = new DatabaseSync(":memory:");
  for (const name of ["customer_column", "folded"])
    model.function(name, { varargs: true, deterministic: true }, () => "");
  for (const migration of migrations) model.exec(migration);
  const made = model
    .prepare("SELECT name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    .all();
  const kept = made.flatMap(({ name, sql }) =>
    /^CREATE TABLE/.test(String(sql)) && !NOT_OURS.test(String(name)) ? rowsOf(model, String(name)) : [],
  );
  model.close();
  return [
    ...made.flatMap(({ name, sql }) =>
      NOT_OURS.test(String(name)) || NOT_HERE.includes(String(name))
        ? []
        : [schemaInPostgresWords(String(sql))],
    ),
    ...IN_ORDER_OF_COMING.map(
      (table) => `ALTER TABLE ${table} ADD COLUMN rowid BIGINT GENERATED ALWAYS AS IDENTITY`,
    ),
    WORDS,
    WORDS_INDEX,
    ...kept,
  ];
}

/** What the migrations left in a table of an empty database. */
function rowsOf(model: DatabaseSync, table: string): readonly string[] {
  return model
    .prepare(`SELECT * FROM ${table}`)
    .all()
    .map((row) => {
      const values = Object.values(row).map((value) =>
        typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value).toUpperCase(),
      );
      return `INSERT INTO ${table} (${Object.keys(row).join(", ")}) VALUES (${values.join(", ")})`;
    });
}
