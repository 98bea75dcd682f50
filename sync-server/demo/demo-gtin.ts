import { type Gtin, idOf } from "#domain/ids.ts";

/**
 * GS1 keeps the prefix 952 for demonstrations and examples, so no article of the demo shop can be mistaken for a real
 * one. (Not 20-29: shops use those for their own weighed goods, and a till may read a price out of them.)
 */
const GS1_DEMONSTRATION_PREFIX = "952";
const ARTICLE_DIGITS = 9;

/** The GTIN-13 of the demo's article number `article` (1 to 999,999,999), with its check digit. */
export function demoGtin(article: number): Gtin {
  if (!Number.isInteger(article) || article < 1 || article >= 10 ** ARTICLE_DIGITS) {
    throw new RangeError(`not an article number: ${article}`);
  }
  const body = GS1_DEMONSTRATION_PREFIX + String(article).padStart(ARTICLE_DIGITS, "0");
  return idOf<"Gtin">(body + checkDigit(body));
}

/** GS1 General Specifications 7.9: weights 3, 1, 3 … from the right, completed to a multiple of ten. */
function checkDigit(body: string): string {
  const sum = Array.from(body)
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}
