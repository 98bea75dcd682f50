import { ok, type Result, refused } from "../result.ts";
import { minorDigits } from "./format.ts";
import { type Currency, type Money, money } from "./money.ts";

export type AmountRefusal = "empty" | "notANumber" | "tooManyDecimals" | "tooLarge";

const PLAIN = /^-?\d+(\.\d*)?$|^-?\.\d+$/;
const GROUPED = /^-?\d{1,3}(,\d{3})+(\.\d*)?$/;

/**
 * Reads an amount written with a decimal point, thousands by comma or not at all: `12.50`, `1,234.50`, `50`. A comma that
 * does not group thousands is refused rather than guessed at. Trailing zeros beyond the currency's decimals do no harm.
 */
export function parseAmount({
  text,
  currency,
}: {
  readonly text: string;
  readonly currency: Currency;
}): Result<Money, AmountRefusal> {
  const trimmed = text.trim();
  if (trimmed === "") return refused("empty");
  if (!PLAIN.test(trimmed) && !GROUPED.test(trimmed)) return refused("notANumber");
  const [whole = "", fraction = ""] = trimmed.replaceAll(",", "").replace("-", "").split(".");
  const digits = minorDigits(currency);
  const kept = fraction.replace(/0+$/, "");
  if (kept.length > digits) return refused("tooManyDecimals");
  const minor = Number(`${whole}${kept.padEnd(digits, "0")}`);
  if (!Number.isSafeInteger(minor)) return refused("tooLarge");
  return ok(money(trimmed.startsWith("-") ? -minor : minor, currency));
}
