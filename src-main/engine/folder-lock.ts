import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Another engine runs on the same folder: two would write one journal and fork it. */
export class FolderInUse extends Error {}

/**
 * Holds the folder for this process until it ends, however it ends: an exclusive lock on a small SQLite file, which the system lets go
 * of when the process dies. Throws FolderInUse when another process holds it.
 */
export function holdFolder(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true });
  const lock = new DatabaseSync(join(dataDir, "engine.lock"), { timeout: 0 });
  try {
    lock.exec("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new FolderInUse(`another till runs on ${dataDir}`, { cause: error });
    throw error;
  }
  return () => lock.close();
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return typeof error === "object" && error !== null && "errcode" in error && error.errcode === SQLITE_BUSY;
}
