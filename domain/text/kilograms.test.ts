import { expect, test } from "vitest";
import { kilogramsText } from "./kilograms.ts";

test.each([
  { grams: 432, locale: "en-DE", reads: "0.432" },
  { grams: 432, locale: "de-DE", reads: "0,432" },
  { grams: 1, locale: "de-AT", reads: "0,001" },
  { grams: 12_500, locale: "de-CH", reads: "12.500" },
  { grams: 1_234_567, locale: "en-GB", reads: "1234.567" },
  { grams: 432, locale: "ar-DE-u-ca-gregory-nu-latn", reads: "0.432" },
])("$grams g read $reads in $locale, as prices there do", ({ grams, locale, reads }) => {
  expect(kilogramsText({ grams, locale })).toBe(reads);
});
