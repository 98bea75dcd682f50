import { divideRounding } from "../money/divide.ts";
import { minorDigits } from "../money/format.ts";
import { PPM } from "../money/share.ts";
import type { TaxMode } from "../tax/tax.ts";
import type { TicketLine } from "../ticket/ticket.ts";

/** Decimals beyond the currency's own: a price with tax in it is rarely whole cents without. */
export const MORE_DIGITS = 2;

/** The price of one piece without tax as a decimal number in plain digits, rounded to two decimals more than the currency has. */
export function unitNetText({ unitPrice, taxes }: TicketLine, mode: TaxMode): string {
  const within = mode === "inclusive" ? taxes.reduce((sum, { rate }) => sum + rate.ppm, 0) : 0;
  const scale = 10n ** BigInt(MORE_DIGITS);
  const exact = divideRounding(BigInt(unitPrice.minor) * scale * BigInt(PPM), BigInt(PPM + within));
  const digits = minorDigits(unitPrice.currency) + MORE_DIGITS;
  const magnitude = (exact < 0n ? -exact : exact).toString().padStart(digits + 1, "0");
  return `${exact < 0n ? "-" : ""}${magnitude.slice(0, -digits)}.${magnitude.slice(-digits)}`;
}
