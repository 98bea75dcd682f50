import { parentPort } from "node:worker_threads";
import { receiptPdf } from "#paper/receipt-pdf.ts";
import { labelSheetPdf } from "./label-sheet.ts";
import type { PressJob } from "./press.ts";

/** What the press hears of a document. */
export type PressAnswer =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly failure: string };

parentPort?.on("message", (job: PressJob) => {
  void draw(job).then((answer) => parentPort?.postMessage(answer));
});

async function draw(job: PressJob): Promise<PressAnswer> {
  try {
    return { ok: true, bytes: await ("labels" in job ? labelSheetPdf(job) : receiptPdf(job)) };
  } catch (error) {
    return { ok: false, failure: error instanceof Error ? error.message : String(error) };
  }
}
