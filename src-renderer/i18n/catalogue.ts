import type { MessageKey } from "./messages.ts";

/** What there is a singular and a plural of. */
export type Counted = {
  [Key in MessageKey]: Key extends `${infer Stem}.other`
    ? `${Stem}.one` extends MessageKey
      ? Stem
      : never
    : never;
}[MessageKey];

/** Forms that some languages have besides one and other (Unicode CLDR plural rules). */
type MoreForms = `${Counted}.${"zero" | "two" | "few" | "many"}`;

/** Every word the till shows, in one language. */
export type Catalogue = Readonly<Record<MessageKey, string>> & Readonly<Partial<Record<MoreForms, string>>>;
