import { languageFor } from "#domain/receipt/language.ts";
import { CATALOGUES, speak } from "../i18n/translate.ts";

const LANGUAGE_KEY = "onetill.language";

/** The languages that the till speaks (ISO 639), each with its own name for itself. */
export const LANGUAGES: readonly { readonly code: string; readonly name: string }[] = Object.keys(
  CATALOGUES,
).map((code) => ({ code, name: ownName(code) }));

function ownName(code: string): string {
  const name = new Intl.DisplayNames(code, { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

/** The language that was chosen for this till; null where it speaks as its store does. */
export function chosenLanguage(): string | null {
  const kept = typeof localStorage === "undefined" ? null : localStorage.getItem(LANGUAGE_KEY);
  return LANGUAGES.some(({ code }) => code === kept) ? kept : null;
}

/** Keeps a choice of language at this till; null: as the store. It is spoken from the next `speakIn` on. */
export function keepLanguage(code: string | null): void {
  if (code === null) localStorage.removeItem(LANGUAGE_KEY);
  else localStorage.setItem(LANGUAGE_KEY, code);
}

/**
 * Speaks the chosen language from now on, else that of this locale (BCP 47). Gives the locale that numbers, days and money are written by: the spoken
 * language as it is written in the locale's country.
 */
export function speakIn(locale: string): string {
  const spoken = languageFor({
    wished: chosenLanguage(),
    storeLocale: locale,
    printed: null,
    timeZone: "UTC",
  }).locale;
  speak(spoken);
  return spoken;
}
