import { madeOnce } from "../made-once.ts";
import { formatMoney } from "../money/format.ts";
import type { Money } from "../money/money.ts";
import { kilogramsText } from "../text/kilograms.ts";
import { isRightToLeft, languageOf } from "./direction.ts";
import { ARABIC } from "./words/arabic.ts";
import { ENGLISH } from "./words/english.ts";
import { FRENCH } from "./words/french.ts";
import { GERMAN } from "./words/german.ts";
import { POLISH } from "./words/polish.ts";
import { SPANISH } from "./words/spanish.ts";
import type { ReceiptWords } from "./words/words.ts";

/** The languages that a receipt can be written in. */
export const RECEIPT_LANGUAGES = ["en", "de", "fr", "es", "pl", "ar"] as const;
export type ReceiptLanguage = (typeof RECEIPT_LANGUAGES)[number];

const WORDS: Readonly<Record<ReceiptLanguage, ReceiptWords>> = {
  en: ENGLISH,
  de: GERMAN,
  fr: FRENCH,
  es: SPANISH,
  pl: POLISH,
  ar: ARABIC,
};
const DEFAULT_LANGUAGE: ReceiptLanguage = "en";

/** How a receipt speaks: its words, and how it writes numbers and days. */
export interface Language {
  readonly code: ReceiptLanguage;
  readonly words: ReceiptWords;
  /** BCP 47. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
}

/** The receipt language of a locale (BCP 47); null where we have no words of it. */
export function receiptLanguageOf(locale: string): ReceiptLanguage | null {
  return RECEIPT_LANGUAGES.find((language) => language === languageOf(locale)) ?? null;
}

/**
 * The language of a receipt: the one that the customer wishes where the store prints it, else the store's, else English. Numbers and days are written as
 * that language writes them in the store's country; nothing else of what the customer's tag says counts.
 */
export function languageFor({
  wished,
  storeLocale,
  printed,
  timeZone,
}: {
  readonly wished: string | null;
  readonly storeLocale: string;
  /** The languages that the store prints; null: all there are. */
  readonly printed: readonly ReceiptLanguage[] | null;
  readonly timeZone: string;
}): Language {
  const own = receiptLanguageOf(storeLocale);
  const asked = wished === null ? null : receiptLanguageOf(wished);
  const isPrinted = asked !== null && (printed === null || printed.includes(asked));
  const code = isPrinted ? asked : (own ?? DEFAULT_LANGUAGE);
  // A store whose language we lack still writes numbers its own way.
  const locale = code === own || !isPrinted ? storeLocale : inCountryOf(storeLocale, code);
  return { code, words: WORDS[code], locale: writtenLocale(locale), timeZone };
}

function inCountryOf(storeLocale: string, code: ReceiptLanguage): string {
  const { region } = new Intl.Locale(storeLocale);
  return region === undefined ? code : `${code}-${region}`;
}

/** Arabic with the digits of the price tags and the calendar of the contract, whatever the country's habit: both are read everywhere. */
function writtenLocale(locale: string): string {
  return languageOf(locale) === "ar" && !locale.includes("-u-") ? `${locale}-u-ca-gregory-nu-latn` : locale;
}

export function amountText(value: Money, { locale }: Language): string {
  return formatMoney({ amount: value, locale });
}

/** A weight in kilograms to the gram, e.g. `0,432 kg`. */
export function weightText(grams: number, { locale, words }: Language): string {
  return `${kilogramsText({ grams, locale })} ${words.kilogram}`;
}

/**
 * A name that may be in another script than the receipt, kept together in right-to-left text: digits and signs at its ends stay with it. By Unicode's isolates,
 * which paper, page and e-mail all obey.
 */
export function nameText(name: string, { code }: Language): string {
  return isRightToLeft(code) ? `\u2068${name}\u2069` : name;
}

const percentFormat = madeOnce(
  (locale: string) => new Intl.NumberFormat(locale, { maximumFractionDigits: 4 }),
);
const PPM_PER_PERCENT = 10_000;

/** A rate in parts per million as people of the language write it, e.g. `8,5 %`. */
export function percentText(ppm: number, { code, locale }: Language): string {
  const number = percentFormat(locale).format(ppm / PPM_PER_PERCENT);
  // With a blank between them, right-to-left text would part the two.
  return isRightToLeft(code) ? `${number}%` : `${number} %`;
}
