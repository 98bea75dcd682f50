const REGISTER_DIGITS = 2;

/** A till as its receipts name it: `BER1-01`. */
export function tillText({ store, register }: { readonly store: string; readonly register: number }): string {
  return `${store}-${String(register).padStart(REGISTER_DIGITS, "0")}`;
}
