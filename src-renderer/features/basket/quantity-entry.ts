import { MAX_QUANTITY_PER_LINE } from "#domain/ticket/basket.ts";

/** The quantity typed so far after more keys: digits only, no leading zero, never more than a line takes. */
export function typeQuantity(before: string, typed: string): string {
  const digits = (before + typed.replace(/\D/g, "")).replace(/^0+/, "");
  return Number(digits) > MAX_QUANTITY_PER_LINE ? before : digits;
}
