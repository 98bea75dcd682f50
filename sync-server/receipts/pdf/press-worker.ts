import { parentPort } from "node:worker_threads";
import { type PdfJob, receiptPdf } from "./receipt-pdf.ts";

/** What the press hears of a document. */
export type PressAnswer =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly failure: string };

parentPort?.on("message", (job: PdfJob) => {
  void draw(job).then((answer) => parentPort?.postMessage(answer));
});

async function draw(job: PdfJob): Promise<PressAnswer> {
  try {
    return { ok: true, bytes: await receiptPdf(job) };
  } catch (error) {
    return { ok: false, failure: error instanceof Error ? error.message : String(error) };
  }
}
