import type { Currency } from "#domain/money/money.ts";
import { parseAmount } from "#domain/money/parse.ts";
import type { Discount } from "#domain/ticket/basket.ts";

const PPM_PER_PERCENT = 10_000;
const MAX_PERCENT = 100;

export interface TypedDiscount {
  readonly kind: Discount["kind"];
  readonly typed: string;
  readonly reason: string;
  readonly currency: Currency;
}

/** Reads what was typed; null when it is no discount. A comma counts as the decimal sign. */
export function readDiscount({ kind, typed, reason, currency }: TypedDiscount): Discount | null {
  const text = typed.trim().replace(",", ".");
  if (reason.trim() === "") return null;
  if (kind === "amount") {
    const amount = parseAmount({ text, currency });
    return amount.ok && amount.value.minor > 0 ? { kind, amount: amount.value, reason: reason.trim() } : null;
  }
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(text)) return null;
  const ppm = Math.round(Number(text) * PPM_PER_PERCENT);
  return ppm > 0 && ppm <= MAX_PERCENT * PPM_PER_PERCENT ? { kind, ppm, reason: reason.trim() } : null;
}

/** A discount that was given, as it would be typed. */
export function writeDiscount(discount: Discount | null, amountText: string): string {
  if (discount === null) return "";
  return discount.kind === "percent" ? String(discount.ppm / PPM_PER_PERCENT) : amountText;
}
