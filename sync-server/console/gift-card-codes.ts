import { CREDIT_CODE_BYTES, creditCodeOf } from "#domain/value/credit-code.ts";

export const MAX_CODES_PER_FILE = 10_000;

/** New codes of gift cards as CSV, one a line below their heading. None is worth anything until a till sells it. */
export function giftCardCodes(count: number): string {
  const codes = Array.from({ length: count }, () =>
    creditCodeOf(crypto.getRandomValues(new Uint8Array(CREDIT_CODE_BYTES)), "giftCard"),
  );
  return ["code", ...codes, ""].join("\r\n");
}
