import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

/** What the thread answers once it has written back what was in the log. */
export type WrittenBack = "writtenBack";

const BUSY_TIMEOUT_MS = 5_000;

const { file } = workerData as { readonly file: string };
const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
// The log is on the disk before anything of it is written into the file, and the file before the log may begin anew.
database.exec("PRAGMA synchronous=FULL;");

parentPort?.on("message", () => {
  database.exec("PRAGMA wal_checkpoint(PASSIVE)");
  const done: WrittenBack = "writtenBack";
  parentPort?.postMessage(done);
});
