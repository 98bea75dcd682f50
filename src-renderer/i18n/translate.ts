import { GERMAN } from "./german.ts";
import { ENGLISH, type MessageKey } from "./messages.ts";

export type MessageValues = Readonly<Record<string, string | number>>;

const CATALOGUES: Readonly<Record<string, Readonly<Record<MessageKey, string>>>> = {
  en: ENGLISH,
  de: GERMAN,
};
const DEFAULT_LANGUAGE = "en";

let words: Readonly<Record<MessageKey, string>> = ENGLISH;
let plurals = new Intl.PluralRules(DEFAULT_LANGUAGE);

/** Speaks the language of this locale (BCP 47) from now on; English where there is no catalogue for it. */
export function speak(locale: string): void {
  const wanted = locale.split("-")[0] ?? DEFAULT_LANGUAGE;
  const language = Object.hasOwn(CATALOGUES, wanted) ? wanted : DEFAULT_LANGUAGE;
  words = CATALOGUES[language] ?? ENGLISH;
  plurals = new Intl.PluralRules(language);
  if (typeof document !== "undefined") document.documentElement.lang = language;
}

/** The words of a message, its `{names}` filled in. */
export function t(key: MessageKey, values: MessageValues = {}): string {
  return words[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The words for a number of things. */
export function tPieces(count: number): string {
  return t(plurals.select(count) === "one" ? "basket.pieces.one" : "basket.pieces.other", { count });
}

/** A reason that the engine gave, in words; a reason without words of its own is still a kind sentence. */
export function refusalWords(reason: string, values: MessageValues = {}): string {
  const key = `refused.${reason}`;
  return isKey(key) ? t(key, values) : t("refused.internal");
}

export function isKey(text: string): text is MessageKey {
  return Object.hasOwn(ENGLISH, text);
}
