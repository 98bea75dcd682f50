import { idOf, type ReceiptNumber } from "../ids.ts";
import { registerText } from "../store/till-text.ts";

export interface ReceiptNumberParts {
  readonly storeCode: string;
  readonly register: number;
  readonly counter: number;
  /** Of a sale that was practice. Absent: of one that counts. */
  readonly training?: true;
}

/**
 * `BER1-03-000123`: store, register, counter; the counter grows by one per receipt of the till and never skips. `BER1-T03-000001` is the first
 * of a till's training.
 */
export function formatReceiptNumber({
  storeCode,
  register,
  counter,
  training,
}: ReceiptNumberParts): ReceiptNumber {
  const till = `${training === true ? "T" : ""}${registerText(register)}`;
  return idOf<"ReceiptNumber">(`${storeCode}-${till}-${String(counter).padStart(6, "0")}`);
}

/** The parts of a receipt number; null for text that is none. */
export function parseReceiptNumber(text: string): ReceiptNumberParts | null {
  const parts = /^([A-Z0-9]{2,8})-(T?)(\d{2,3})-(\d{6,9})$/.exec(text);
  if (parts === null) return null;
  const [, storeCode = "", training, register, counter] = parts;
  return {
    storeCode,
    register: Number(register),
    counter: Number(counter),
    ...(training === "T" ? { training: true } : {}),
  };
}

/**
 * Where receipt numbers begin that somebody typed some of, as they are printed: `ber1-01` gives `BER1-01`. Null for text by which none begins, or which
 * names no store yet: then it would be anybody's.
 */
export function receiptNumberBegun(typed: string): string | null {
  const text = typed.trim().toUpperCase();
  return /^[A-Z0-9]{2,8}-(T?\d{0,3}|T?\d{2,3}-\d{0,9})$/.test(text) ? text : null;
}
