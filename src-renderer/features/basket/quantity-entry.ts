import { MAX_QUANTITY_PER_LINE } from "#domain/ticket/basket.ts";
import { typeNumber } from "../../app/typed-digits.ts";

/** The quantity typed so far after more keys: digits only, no leading zero, never more than a line takes. */
export function typeQuantity(before: string, typed: string): string {
  return typeNumber(before, typed, MAX_QUANTITY_PER_LINE);
}
