import { z } from "zod";
import { minorDigits } from "#domain/money/format.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";
import { ok, type Result, refused } from "#domain/result.ts";

export type DecimalRefusal = "notADecimal" | "tooManyDecimals" | "tooLarge";

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Decimal digits that any double keeps (IEEE 754: 15.95). What a platform's own floating point adds lies beyond them. */
const DIGITS_OF_A_DOUBLE = 15;

/**
 * An amount as platforms send it: a decimal string (`19.99`, `19.990000`, `-5`), or a JSON number, which counts to its 15th significant
 * digit, so that 49.980000000000004 is the 49.98 that was meant. No digit that is not zero is dropped: half a cent is `tooManyDecimals`,
 * not rounded; thousands separators, signs of currency and exponents are `notADecimal`.
 */
export function parseDecimal(decimal: string | number, currency: Currency): Result<Money, DecimalRefusal> {
  const text = typeof decimal === "number" ? decimal.toPrecision(DIGITS_OF_A_DOUBLE) : decimal;
  const parts = DECIMAL.exec(text);
  if (parts === null) return refused("notADecimal");
  const [, sign = "", whole = "", fraction = ""] = parts;
  const digits = minorDigits(currency);
  const kept = fraction.replace(/0+$/, "");
  if (kept.length > digits) return refused("tooManyDecimals");
  const minor = Number(`${sign}${whole}${kept.padEnd(digits, "0")}`);
  if (!Number.isSafeInteger(minor)) return refused("tooLarge");
  return ok(money(minor, currency));
}

const WORDS: Readonly<Record<DecimalRefusal, string>> = {
  notADecimal: "is no decimal number",
  tooManyDecimals: "has more decimals than the currency",
  tooLarge: "is larger than can be counted exactly",
};

/** An amount in a platform's payload, read by `parseDecimal` in the payload's currency; what is wrong with it is said in words, at its place. */
export function decimalSchema(currency: Currency): z.ZodType<Money> {
  return z.union([z.string(), z.number()]).transform((decimal, context) => {
    const parsed = parseDecimal(decimal, currency);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: "custom", message: `${decimal} ${WORDS[parsed.reason]} (${currency})` });
    return z.NEVER;
  });
}
