import type { Currency, Money } from "#domain/money/money.ts";
import { type AmountRefusal, parseAmount } from "#domain/money/parse.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Delimiter } from "./csv-records.ts";

const DECIMAL_COMMA = /^(\d+|\d{1,3}(\.\d{3})+),\d+$/;

/**
 * Reads a price of the file. Files with semicolons between the columns come from where the comma is the decimal sign (that is why
 * they have semicolons), so there `12,50` and `1.234,50` are prices, and a comma never groups thousands.
 */
export function priceInFile({
  text,
  currency,
  delimiter,
}: {
  readonly text: string;
  readonly currency: Currency;
  readonly delimiter: Delimiter;
}): Result<Money, AmountRefusal | "negative"> {
  const written = text.trim();
  const hasComma = delimiter === ";" && written.includes(",");
  if (hasComma && !DECIMAL_COMMA.test(written)) return refused("notANumber");
  const read = parseAmount({
    text: hasComma ? written.replaceAll(".", "").replace(",", ".") : written,
    currency,
  });
  if (!read.ok) return read;
  return read.value.minor < 0 ? refused("negative") : ok(read.value);
}
