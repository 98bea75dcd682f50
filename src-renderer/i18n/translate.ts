import { isRightToLeft } from "#domain/receipt/direction.ts";
import { ARABIC } from "./arabic/arabic.ts";
import type { Catalogue, Counted } from "./catalogue.ts";
import { FRENCH } from "./french/french.ts";
import { GERMAN } from "./german.ts";
import { ENGLISH, type MessageKey } from "./messages.ts";
import { POLISH } from "./polish/polish.ts";
import { SPANISH } from "./spanish/spanish.ts";

export type MessageValues = Readonly<Record<string, string | number>>;

/** What the till says, by language (ISO 639). */
export const CATALOGUES: Readonly<Record<string, Catalogue>> = {
  en: ENGLISH,
  de: GERMAN,
  fr: FRENCH,
  es: SPANISH,
  pl: POLISH,
  ar: ARABIC,
};
const DEFAULT_LANGUAGE = "en";
/** What is between them is a stretch of its own for reading direction: a Latin name keeps its digits and signs in an Arabic sentence (Unicode's isolates). */
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

let words: Catalogue = ENGLISH;
let spoken = DEFAULT_LANGUAGE;
let plurals = new Intl.PluralRules(DEFAULT_LANGUAGE);
let numbers = new Intl.NumberFormat(DEFAULT_LANGUAGE);
let amounts = amountsIn(DEFAULT_LANGUAGE);
let rightToLeft = false;

/** Speaks the language of this locale (BCP 47) from now on; English where there is no catalogue for it. */
export function speak(locale: string): void {
  const wanted = locale.split("-")[0] ?? DEFAULT_LANGUAGE;
  const language = Object.hasOwn(CATALOGUES, wanted) ? wanted : DEFAULT_LANGUAGE;
  words = CATALOGUES[language] ?? ENGLISH;
  spoken = language;
  plurals = new Intl.PluralRules(language);
  // The digits of the price tags, as receipts have them, also where a country's habit is others.
  const writtenBy = language === wanted ? locale : language;
  numbers = new Intl.NumberFormat(writtenBy, { numberingSystem: "latn" });
  amounts = amountsIn(writtenBy);
  rightToLeft = isRightToLeft(language);
  if (typeof document === "undefined") return;
  document.documentElement.lang = language;
  document.documentElement.dir = rightToLeft ? "rtl" : "ltr";
}

/** The language that is spoken now (BCP 47, without a country). */
export function speaking(): string {
  return spoken;
}

/** The words of a message, its `{names}` filled in. */
export function t(key: MessageKey, values: MessageValues = {}): string {
  return filled(words[key], values);
}

/** The words for a number of things, in the form that this language has for the number; their other `{names}` are filled in too. */
export function tCount(stem: Counted, count: number, values: MessageValues = {}): string {
  const forms: Readonly<Record<string, string>> = words;
  return filled(forms[`${stem}.${plurals.select(count)}`] ?? words[`${stem}.other`], { ...values, count });
}

function filled(text: string, values: MessageValues): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return apart(typeof value === "number" ? numberText(value) : value);
  });
}

/** A name, number or sentence as a stretch of its own for reading direction, wherever it is put among others. */
export function apart(text: string): string {
  return rightToLeft ? `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}` : text;
}

/** A number as people who speak this language write it. */
export function numberText(value: number): string {
  return numbers.format(value);
}

/** What was typed with a point, with the decimal sign of this language. */
export function typedNumberText(typed: string): string {
  return withDecimalSignOf(numbers, typed);
}

/** The same for an amount of money: some countries write those with another decimal sign than plain numbers. */
export function typedAmountText(typed: string): string {
  return withDecimalSignOf(amounts, typed);
}

function withDecimalSignOf(format: Intl.NumberFormat, typed: string): string {
  const sign = format.formatToParts(0.5).find((part) => part.type === "decimal")?.value ?? ".";
  return typed.replace(".", sign);
}

/** Which currency does not matter to the sign, as long as it has decimals. */
function amountsIn(locale: string): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, { style: "currency", currency: "EUR", numberingSystem: "latn" });
}

/** A reason that the engine gave, in words; a reason without words of its own is still a kind sentence. */
export function refusalWords(reason: string, values: MessageValues = {}): string {
  const key = `refused.${reason}`;
  return isKey(key) ? t(key, values) : t("refused.internal");
}

export function isKey(text: string): text is MessageKey {
  return Object.hasOwn(ENGLISH, text);
}
