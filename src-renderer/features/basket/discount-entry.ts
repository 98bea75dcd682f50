import { decimalText, minorDigits } from "#domain/money/format.ts";
import type { Currency } from "#domain/money/money.ts";
import { parseAmount } from "#domain/money/parse.ts";
import type { Discount } from "#domain/ticket/basket.ts";

const PPM_PER_PERCENT = 10_000;
const MAX_PERCENT = 100;
const MAX_PERCENT_DECIMALS = 2;
const MAX_TYPED_CHARS = 9;
const PERCENT = new RegExp(`^\\d{1,3}(\\.\\d{0,${MAX_PERCENT_DECIMALS}})?$`);

export interface TypedDiscount {
  readonly kind: Discount["kind"];
  /** Plain digits with a point at most, as `typeDiscount` keeps them. */
  readonly typed: string;
  readonly reason: string;
  readonly currency: Currency;
}

/** Reads what was typed; null when it is no discount: nothing off, more than all of it, or no reason given. */
export function readDiscount({ kind, typed, reason, currency }: TypedDiscount): Discount | null {
  if (reason.trim() === "" || typed === "") return null;
  if (kind === "amount") {
    const amount = parseAmount({ text: typed, currency });
    return amount.ok && amount.value.minor > 0 ? { kind, amount: amount.value, reason: reason.trim() } : null;
  }
  const ppm = Math.round(Number(typed) * PPM_PER_PERCENT);
  return ppm > 0 && ppm <= MAX_PERCENT * PPM_PER_PERCENT ? { kind, ppm, reason: reason.trim() } : null;
}

/** What is typed after more keys; a comma counts as the decimal sign, and what makes it no number is let go. */
export function typeDiscount({
  before,
  keys,
  kind,
  currency,
}: {
  readonly before: string;
  readonly keys: string;
  readonly kind: Discount["kind"];
  readonly currency: Currency;
}): string {
  const next = (before + keys.replaceAll(",", ".")).replace(/^0+(?=\d)/, "");
  const decimals = minorDigits(currency);
  const amount = decimals === 0 ? /^\d+$/ : new RegExp(`^\\d+(\\.\\d{0,${decimals}})?$`);
  const fits = (kind === "percent" ? PERCENT : amount).test(next) && next.length <= MAX_TYPED_CHARS;
  return fits ? next : before;
}

/** Whether a decimal sign can be typed at all: percentages have it, amounts as their currency does. */
export function hasDecimals(kind: Discount["kind"], currency: Currency): boolean {
  return kind === "percent" || minorDigits(currency) > 0;
}

/** A discount that was given, as it would be typed. */
export function writeDiscount(discount: Discount | null): string {
  if (discount === null) return "";
  return discount.kind === "percent" ? String(discount.ppm / PPM_PER_PERCENT) : decimalText(discount.amount);
}
