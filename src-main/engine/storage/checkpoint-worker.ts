import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { damageIn } from "./look-through.ts";

/** What each answers is passed back. */
const TASKS: ReadonlyMap<unknown, (database: DatabaseSync) => string | null> = new Map([
  ["checkpoint", doing("PRAGMA wal_checkpoint(PASSIVE)")],
  ["scrub", doing("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")],
  ["look through", (database) => damageIn(database)],
  ["compare", (database) => damageIn(database, "integrity_check")],
]);

function doing(sql: string): (database: DatabaseSync) => null {
  return (database) => {
    database.exec(sql);
    return null;
  };
}

/**
 * Runs as a thread of its own: writes the log of the database in this file back each time it is asked to, or the whole of it anew, or looks through it, while others use the database. A
 * failure ends the thread. What it is told is looked at by hand: loading the library for it would take longer than most of what it does.
 */
function serve(file: unknown): void {
  if (typeof file !== "string") throw new TypeError("there is no file to write back");
  const database = new DatabaseSync(file, { timeout: 5_000 });
  parentPort?.on("message", (asked: unknown) => {
    const task = TASKS.get(asked);
    if (task === undefined) throw new TypeError("there is no such task");
    parentPort?.postMessage(task(database));
  });
}

serve(workerData);
