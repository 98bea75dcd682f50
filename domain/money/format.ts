import { madeOnce } from "../made-once.ts";
import type { Currency, Money } from "./money.ts";

/** How many decimals a currency's amounts are written with (EUR 2, JPY 0, KWD 3), by CLDR. */
export function minorDigits(currency: Currency): number {
  return digitsOf(currency).count;
}

const digitsOf = madeOnce((currency: Currency) => ({
  count: formatOf("en", currency).resolvedOptions().maximumFractionDigits ?? 2,
}));

/** The amount as a decimal number in plain digits, e.g. `-12.50`. */
export function decimalText(amount: Money): string {
  const digits = minorDigits(amount.currency);
  const magnitude = String(Math.abs(amount.minor)).padStart(digits + 1, "0");
  const whole = magnitude.slice(0, magnitude.length - digits);
  const fraction = digits === 0 ? "" : `.${magnitude.slice(-digits)}`;
  return `${amount.minor < 0 ? "-" : ""}${whole}${fraction}`;
}

/** As people of the locale (BCP 47) write it, with the currency's sign. Exact: the digits are never a float. */
export function formatMoney({ amount, locale }: { readonly amount: Money; readonly locale: string }): string {
  return formatOf(locale, amount.currency).format(decimalText(amount) as Intl.StringNumericLiteral);
}

const formatOf = madeOnce(
  (locale: string, currency: Currency) => new Intl.NumberFormat(locale, { style: "currency", currency }),
);
