import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";

const TASKS = {
  checkpoint: "PRAGMA wal_checkpoint(PASSIVE)",
  scrub: "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)",
} as const;

/** Runs as a thread of its own: writes a database's log back each time it is asked to, or the whole of it anew, while others use the database. A failure ends the thread. */
function serve(given: unknown): void {
  const { file } = z.strictObject({ file: z.string() }).parse(given);
  const database = new DatabaseSync(file, { timeout: 5_000 });
  parentPort?.on("message", (task: unknown) => {
    database.exec(TASKS[z.enum(["checkpoint", "scrub"]).parse(task)]);
    parentPort?.postMessage("done");
  });
}

serve(workerData);
