import type { Currency, Money } from "#domain/money/money.ts";
import { parseAmount } from "#domain/money/parse.ts";

/** A decimal comma as the point that it stands for. */
export function pointed(text: string): string {
  return text.trim().replace(/^(\d+),(\d+)$/, "$1.$2");
}

/** What was typed as a whole number, zero or more; null where it is none. */
export function wholeNumber(text: string): number | null {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : null;
}

/** What was typed as an amount, zero or more. Nothing typed: no amount at all. */
export function amountOrNone(text: string, currency: Currency): Money | null | "wrong" {
  if (text.trim() === "") return null;
  const amount = parseAmount({ text: pointed(text), currency });
  return amount.ok && amount.value.minor >= 0 ? amount.value : "wrong";
}
