import { divideRounding } from "../money/divide.ts";
import { minorDigits } from "../money/format.ts";
import { PPM } from "../money/share.ts";
import type { TaxMode } from "../tax/tax.ts";
import type { TicketLine } from "../ticket/ticket.ts";

/** Decimals beyond the currency's own: a price with tax in it is rarely whole cents without. */
export const MORE_DIGITS = 2;

/** The price of one piece without tax as a decimal number in plain digits, rounded to two decimals more than the currency has. */
export function unitNetText(line: TicketLine, mode: TaxMode): string {
  const { unitPrice } = line;
  const { net, gross } = mode === "inclusive" ? netShare(line) : ALL_NET;
  const scale = 10n ** BigInt(MORE_DIGITS);
  const exact = divideRounding(BigInt(unitPrice.minor) * scale * net, gross);
  const digits = minorDigits(unitPrice.currency) + MORE_DIGITS;
  const magnitude = (exact < 0n ? -exact : exact).toString().padStart(digits + 1, "0");
  return `${exact < 0n ? "-" : ""}${magnitude.slice(0, -digits)}.${magnitude.slice(-digits)}`;
}

const ALL_NET = { net: 1n, gross: 1n };

/** How much of a price with tax in it is without: by the rates; where the customer is exempt there are none, and what was taken off says it. */
function netShare({ taxes, total, discounts }: TicketLine): { readonly net: bigint; readonly gross: bigint } {
  const taken = discounts.reduce(
    (sum, { source, amount }) => (source === "taxExemption" ? sum + amount.minor : sum),
    0,
  );
  if (taken !== 0) return { net: BigInt(total.minor), gross: BigInt(total.minor + taken) };
  const within = taxes.reduce((sum, { rate }) => sum + rate.ppm, 0);
  return { net: BigInt(PPM), gross: BigInt(PPM + within) };
}
