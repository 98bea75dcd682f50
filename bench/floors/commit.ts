import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterPause } from "../pace.ts";

/**
 * How long it takes bare SQLite to put each of these texts on the disk, milliseconds per commit: WAL, `synchronous=FULL`, one row, nothing
 * else. `pauseMs` lies between two commits, as it does between two acts of a cashier.
 */
export async function commitTimes({
  folder,
  texts,
  pauseMs,
}: {
  readonly folder: string;
  readonly texts: readonly string[];
  readonly pauseMs: number;
}): Promise<number[]> {
  const database = new DatabaseSync(join(folder, "commit-floor.sqlite"));
  try {
    database.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;");
    database.exec("CREATE TABLE IF NOT EXISTS acts (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT");
    const insert = database.prepare("INSERT INTO acts (text) VALUES (?)");
    const times: number[] = [];
    for (const text of texts) {
      const start = performance.now();
      insert.run(text);
      times.push(performance.now() - start);
      await afterPause(pauseMs);
    }
    return times;
  } finally {
    database.close();
  }
}
