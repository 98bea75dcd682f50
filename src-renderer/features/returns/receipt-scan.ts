import { tellApart } from "#domain/scan/tell-apart.ts";

/** Whether a scan is of a receipt: its own code, whole or damaged, or the number in its bar code. */
export function isReceiptScan(code: string): boolean {
  return tellApart(code).meaning.kind === "receipt";
}
