import { ENGLISH, type MessageKey } from "./messages.ts";

export type MessageValues = Readonly<Record<string, string | number>>;

/** The words of a message, its `{names}` filled in. */
export function t(key: MessageKey, values: MessageValues = {}): string {
  return ENGLISH[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

const plurals = new Intl.PluralRules("en");

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
