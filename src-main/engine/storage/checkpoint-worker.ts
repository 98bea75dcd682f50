import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

const TASKS: ReadonlyMap<unknown, string> = new Map([
  ["checkpoint", "PRAGMA wal_checkpoint(PASSIVE)"],
  ["scrub", "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"],
]);

/**
 * Runs as a thread of its own: writes the log of the database in this file back each time it is asked to, or the whole of it anew, while others use the database. A
 * failure ends the thread. What it is told is looked at by hand: loading the library for it would take longer than most of what it does.
 */
function serve(file: unknown): void {
  if (typeof file !== "string") throw new TypeError("there is no file to write back");
  const database = new DatabaseSync(file, { timeout: 5_000 });
  parentPort?.on("message", (asked: unknown) => {
    const task = TASKS.get(asked);
    if (task === undefined) throw new TypeError("there is no such task");
    database.exec(task);
    parentPort?.postMessage("done");
  });
}

serve(workerData);
