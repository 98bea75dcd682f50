const REGISTER_DIGITS = 2;

/** A till as its receipts name it, by its store's code: `BER1-01`. */
export function tillText({ store, register }: { readonly store: string; readonly register: number }): string {
  return `${store}-${registerText(register)}`;
}

/** A register's number in its store as people read it: `01`. */
export function registerText(register: number): string {
  return String(register).padStart(REGISTER_DIGITS, "0");
}
