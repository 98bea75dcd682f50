import { DatabaseSync } from "node:sqlite";

/** The number of the schema of a server's database; null where the file is none. Nothing in it is changed. */
export function versionOf(file: string): number | null {
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      const isOurs =
        database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'journal'").get() !== undefined;
      return isOurs ? Number(database.prepare("PRAGMA user_version").get()?.user_version) : null;
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}
