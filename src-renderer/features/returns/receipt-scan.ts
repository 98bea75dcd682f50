import { looksLikeReceiptCode } from "#domain/returns/code/digits.ts";
import { parseReceiptNumber } from "#domain/ticket/receipt-number.ts";

/** Longer than any article's or order's code that a till asks for. */
const LONGEST_OTHER_CODE = 500;

/** Whether a scan is of a receipt: its own code, whole or damaged, or the number in its bar code. */
export function isReceiptScan(code: string): boolean {
  return (
    looksLikeReceiptCode(code) || code.length > LONGEST_OTHER_CODE || parseReceiptNumber(code.trim()) !== null
  );
}
