import { madeOnce } from "../made-once.ts";

const GRAMS_PER_KILO = 1_000;
const NUMBER_PARTS: readonly string[] = ["integer", "decimal", "fraction"];

// The currency itself is not written. Some locales (en-DE) have another decimal sign in prices than in numbers, and a weight stands beside a price.
const format = madeOnce(
  (locale: string) =>
    new Intl.NumberFormat(locale, { style: "currency", currency: "EUR", minimumFractionDigits: 3 }),
);

/** A weight in kilograms to the gram, without the unit, with the decimal sign that prices have in the locale (BCP 47): `0.432`. */
export function kilogramsText({
  grams,
  locale,
}: {
  readonly grams: number;
  readonly locale: string;
}): string {
  return format(locale)
    .formatToParts(grams / GRAMS_PER_KILO)
    .filter(({ type }) => NUMBER_PARTS.includes(type))
    .map(({ value }) => value)
    .join("");
}
