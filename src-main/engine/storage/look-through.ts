import type { DatabaseSync } from "node:sqlite";
import { isCorrupt } from "../disk-trouble.ts";

/**
 * What is wrong in a database file of tables of documents, in words for a log; null where nothing is. All of it is read twice: 160 MB (100,000 articles) took 0.3 to 0.9 s, and 1.5 to 2.4 s read from a disk whose system
 * had none of it in memory (docs/benchmarks.md). So this is for one whose machine ended in the midst of something: SQLite itself sees a page that is lost when somebody
 * comes to it, which may be days later, and a document that is half empty not at all. A page that is there as it was at some time before (one that was never written) makes sense in itself, and is not seen here
 * unless its neighbours contradict it. With `integrity_check` each row is looked for in its indexes as well, which takes three times as long: what an index does not lead to cannot be deleted by it. Throws what the disk throws, but for what says that the file is damaged.
 */
export function damageIn(
  database: DatabaseSync,
  check: "quick_check" | "integrity_check" = "quick_check",
): string | null {
  try {
    const [found] = Object.values(database.prepare(`PRAGMA ${check}(1)`).get() ?? {});
    return found === "ok" ? damagedDocumentIn(database) : String(found);
  } catch (error) {
    if (isCorrupt(error)) return String(error);
    throw error;
  }
}

function damagedDocumentIn(database: DatabaseSync): string | null {
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
