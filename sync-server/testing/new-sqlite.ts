import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SqliteDatabase } from "../storage/sqlite/database.ts";

let made: Uint8Array | null = null;

/** Puts a database of the newest schema with nothing in it there, as a first start does. Made once in a process: a test takes longer to make one than to do its work. */
export function putNewSqlite(file: string): void {
  made ??= newDatabase();
  writeFileSync(file, made);
}

function newDatabase(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "onetill-new-"));
  try {
    const file = join(folder, "server.sqlite");
    const database = new SqliteDatabase(file);
    database.migrate();
    // Who closes a file last leaves no log beside it.
    database.close();
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
