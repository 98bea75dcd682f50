import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { DrawDocument } from "./port.ts";

const drawnSchema = z.strictObject({ pdf: z.instanceof(Uint8Array) });

/** The worker lies beside this file, as source and as bundle alike. */
const WORKER = `./draw-worker${extname(fileURLToPath(import.meta.url))}`;

/** Draws in a thread of its own, which ends with the document: reading fonts must not hold up a scan. Rejects when the thread fails. */
export const drawDocument: DrawDocument = (job) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(WORKER, import.meta.url), { workerData: job });
    worker.once("message", (message: unknown) => resolve(drawnSchema.parse(message).pdf));
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("the document was not drawn: its thread ended early")));
  });
