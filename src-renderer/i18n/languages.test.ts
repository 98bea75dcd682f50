import { describe, expect, it } from "vitest";
import { ENGLISH, type MessageKey } from "./messages.ts";
import { CATALOGUES, isKey } from "./translate.ts";

const KEYS = Object.keys(ENGLISH).filter(isKey);
const COUNTED = KEYS.filter((key) => key.endsWith(".other") && isKey(key.replace(/other$/, "one"))).map(
  (key) => key.replace(/\.other$/, ""),
);
/** German is compared in translate.test.ts. */
const TRANSLATED = Object.keys(CATALOGUES).filter((language) => !["en", "de"].includes(language));
/** Messages of names, numbers, signs and measures, which a language may write as English does. */
const MAY_BE_SAME: readonly MessageKey[] = [
  "app.name",
  "cases.moved",
  "cases.row",
  "devices.link.device",
  "orders.card",
  "price.grams",
  "price.kilograms",
  "price.perKilo",
  "price.weighed",
  "recall.by",
  "scale.language.mt8217",
  "scale.language.nci",
  "scale.stable",
  "scanner.paceMs",
  "settings.columns.32",
];
/** What has no letter of its own, such as a sign beside a figure, is written the same everywhere, and often what stands on the keys of a keyboard. */
const hasLetters = (key: MessageKey) =>
  !key.startsWith("keys.name.") && /\p{L}/u.test(ENGLISH[key].replace(/\{\w+\}/g, ""));
/** Words that really are the same as in English. */
const SAME: Readonly<Record<string, readonly MessageKey[]>> = {
  fr: [
    "basket.total",
    "cases.email",
    "cases.history.note",
    "cases.note",
    "cases.photo",
    "cases.photos",
    "cases.product",
    "customer.consentName.email",
    "customer.email",
    "customer.notes",
    "devices.path",
    "display.total",
    "lock.wait.minutes.one",
    "lock.wait.minutes.other",
    "loyalty.points.other",
    "ordering.email",
    "orders.lines",
    "returns.without.label",
    "scanner.title",
    "send.code",
    "settings.port",
    "terminal.at",
  ],
  es: ["basket.subtotal", "basket.total", "customer.no", "display.total"],
  pl: [
    "cases.email",
    "customer.consentName.email",
    "customer.email",
    "devices.model",
    "ordering.email",
    "returns.disposition.outlet",
    "send.link",
    "settings.port",
    "sync.online",
    "terminal.at",
    "touch.enter",
  ],
};

/** Messages of figures that are two or more wherever they are said. */
const NEVER_ONE: readonly MessageKey[] = [
  "basket.morePromotions",
  "cases.photosFull",
  "catalog.foundFirst",
  "catalog.variants",
  "customer.hasMore",
];

/** None, one and two may stand in words, e.g. "a point". */
const SAID_IN_WORDS: readonly string[] = ["zero", "one", "two"];

const blanks = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([blank]) => blank)
    .toSorted()
    .join();
/** A language's own words and forms, whichever it has. */
const wordsOf = (language: string): Readonly<Record<string, string>> => CATALOGUES[language] ?? {};

describe.each(Object.keys(CATALOGUES))("the till in %s", (language) => {
  const words = wordsOf(language);

  it("has words for every message, and no message beyond those and their forms for numbers", () => {
    expect(KEYS.filter((key) => (words[key] ?? "").trim() === "")).toEqual([]);
    const forms = COUNTED.flatMap((stem) => ["zero", "two", "few", "many"].map((form) => `${stem}.${form}`));
    expect(Object.keys(words).filter((key) => !isKey(key) && !forms.includes(key))).toEqual([]);
  });

  it("fills in the same names and figures as English does", () => {
    const single = KEYS.filter((key) => !COUNTED.includes(key.replace(/\.(one|other)$/, "")));
    expect(single.filter((key) => blanks(words[key] ?? "") !== blanks(ENGLISH[key]))).toEqual([]);
  });

  it("has a form for every number that it tells apart, with the number in it", () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const missing = COUNTED.flatMap((stem) => forms.map((form) => `${stem}.${form}`)).filter(
      (key) => (words[key] ?? "").trim() === "",
    );
    expect(missing).toEqual([]);
    const numberless = COUNTED.flatMap((stem) => {
      const other = wordsOf("en")[`${stem}.other`] ?? "";
      const wanted = blanks(other);
      const unnumbered = blanks(other.replace("{count}", ""));
      return forms
        .map((form) => ({ form, has: blanks(words[`${stem}.${form}`] ?? "") }))
        .filter(({ form, has }) => has !== wanted && !(SAID_IN_WORDS.includes(form) && has === unnumbered))
        .map(({ form }) => `${stem}.${form}`);
    });
    expect(numberless).toEqual([]);
  });
});

describe.each(["en", "fr", "es"])("the till in %s", (language) => {
  it("puts no plural beside a figure that may be one", () => {
    const words = wordsOf(language);
    const single = KEYS.filter((key) => !COUNTED.includes(key.replace(/\.(one|other)$/, "")));
    const plural = single.filter((key) =>
      /\{(?:count|step|points)\}(?: more)? (?!más|menos)\p{L}+s(?!\p{L})/u.test(words[key] ?? ""),
    );
    expect(plural.filter((key) => !NEVER_ONE.includes(key))).toEqual([]);
  });
});

describe.each(TRANSLATED)("the till in %s", (language) => {
  it("says nothing in English by oversight", () => {
    const words = wordsOf(language);
    const own = SAME[language] ?? [];
    const same = KEYS.filter((key) => words[key] === ENGLISH[key] && hasLetters(key));
    expect(same.filter((key) => !MAY_BE_SAME.includes(key) && !own.includes(key))).toEqual([]);
    expect(own.filter((key) => !same.includes(key))).toEqual([]);
  });
});
