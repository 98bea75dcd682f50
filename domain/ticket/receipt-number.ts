import { idOf, type ReceiptNumber } from "../ids.ts";

/** `BER1-03-000123`: store, register, counter; the counter grows by one per receipt of the till and never skips. */
export function formatReceiptNumber({
  storeCode,
  register,
  counter,
}: {
  readonly storeCode: string;
  readonly register: number;
  readonly counter: number;
}): ReceiptNumber {
  return idOf<"ReceiptNumber">(
    `${storeCode}-${String(register).padStart(2, "0")}-${String(counter).padStart(6, "0")}`,
  );
}

/** The parts of a receipt number; null for text that is none. */
export function parseReceiptNumber(
  text: string,
): { readonly storeCode: string; readonly register: number; readonly counter: number } | null {
  const parts = /^([A-Z0-9]{2,8})-(\d{2,3})-(\d{6,9})$/.exec(text);
  if (parts === null) return null;
  return { storeCode: parts[1] ?? "", register: Number(parts[2]), counter: Number(parts[3]) };
}
