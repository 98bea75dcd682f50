import { DatabaseSync } from "node:sqlite";

const AT_ONCE = 500;

/** How long bare SQLite takes to put these texts into a table and on the disk, milliseconds: WAL, `synchronous=FULL`, so many rows a commit, nothing else. */
export function bareInsertMs(file: string, texts: readonly string[]): number {
  const database = new DatabaseSync(file);
  try {
    database.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
    database.exec("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
    const insert = database.prepare("INSERT INTO rows (text) VALUES (?)");
    const start = performance.now();
    for (let at = 0; at < texts.length; at += AT_ONCE) {
      database.exec("BEGIN");
      for (const text of texts.slice(at, at + AT_ONCE)) insert.run(text);
      database.exec("COMMIT");
    }
    return performance.now() - start;
  } finally {
    database.close();
  }
}
