import type { DatabaseSync } from "node:sqlite";

/**
 * What is wrong in a database file of tables of documents, in words for a log; null where nothing is. All of it is read, half a second for each 100 MB or so, so this is for one whose machine
 * ended in the midst of something: SQLite itself sees a page that is lost when somebody comes to it, which may be days later, and a document that is half empty not at all.
 */
export function damageIn(database: DatabaseSync): string | null {
  const [found] = Object.values(database.prepare("PRAGMA quick_check(1)").get() ?? {});
  if (found !== "ok") return String(found);
  for (const { name } of database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()) {
    const table = `"${String(name).replaceAll('"', '""')}"`;
    const hurt = database
      .prepare(
        `SELECT id FROM ${table} WHERE CASE WHEN json_valid(data) THEN data ->> '$.id' IS NOT id ELSE 1 END LIMIT 1`,
      )
      .get();
    if (hurt !== undefined) return `a document of ${table} makes no sense`;
  }
  return null;
}
