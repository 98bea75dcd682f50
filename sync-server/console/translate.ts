import { numberText } from "./format.ts";
import { ENGLISH, type MessageKey } from "./messages.ts";

export type MessageValues = Readonly<Record<string, string | number>>;

/** The words of a message, its `{names}` filled in. */
export function t(key: MessageKey, values: MessageValues = {}): string {
  return ENGLISH[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

const plurals = new Intl.PluralRules("en");

type Counted = {
  [K in MessageKey]: K extends `${infer Stem}.other`
    ? `${Stem}.one` extends MessageKey
      ? Stem
      : never
    : never;
}[MessageKey];

/** The words for a number of things. */
export function tCount(stem: Counted, count: number): string {
  return t(plurals.select(count) === "one" ? `${stem}.one` : `${stem}.other`, { count: numberText(count) });
}

/** Words for a name the server chose; itself where the catalogue has none. */
export function tNamed(
  prefix:
    | "exception"
    | "detail"
    | "platform"
    | "credential"
    | "mailStanding"
    | "messageState"
    | "orderStatus"
    | "state"
    | "act"
    | "payment"
    | "resolution"
    | "credit"
    | "caseKind"
    | "caseStatus"
    | "caseOutcome"
    | "permission"
    | "logKind",
  name: string,
): string {
  const key = `${prefix}.${name}`;
  return isKey(key) ? t(key) : name;
}

export function isKey(text: string): text is MessageKey {
  return Object.hasOwn(ENGLISH, text);
}
