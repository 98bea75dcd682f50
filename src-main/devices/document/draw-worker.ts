import { parentPort, workerData } from "node:worker_threads";
import { receiptPdf } from "#paper/receipt-pdf.ts";
import type { PaperJob } from "./port.ts";

/** Runs as a thread of its own: draws the one document it was started with and ends. */
async function draw({ title, rows, madeAt }: PaperJob): Promise<void> {
  parentPort?.postMessage({ pdf: await receiptPdf({ title, rows, madeAt, paper: "a4" }) });
}

// Not awaited at the top level, as in every thread of the till. A failure ends the thread with its error.
void draw(workerData);
