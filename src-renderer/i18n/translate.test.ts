import { afterEach, describe, expect, it } from "vitest";
import { GERMAN } from "./german.ts";
import { ENGLISH, type MessageKey } from "./messages.ts";
import { numberText, refusalWords, speak, t, tCount, typedAmountText, typedNumberText } from "./translate.ts";

const keys = Object.keys(ENGLISH) as MessageKey[];
const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([blank]) => blank).toSorted();
/** Words that are the same in both languages. */
const SHARED: readonly MessageKey[] = [
  "app.name",
  "basket.line",
  "cases.moved",
  "cases.name",
  "cases.row",
  "devices.drawer.pin2",
  "devices.drawer.pin5",
  "devices.handshake",
  "devices.link.device",
  "display.pieces",
  "keys.set",
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
  "scanner.title",
  "send.code",
  "send.link",
  "settings.columns.32",
  "settings.port",
  "shift.reports.number",
  "sync.online",
];

describe("what the till says", () => {
  afterEach(() => speak("en"));

  it("in German says as much as in English: every message has words of its own and the same blanks", () => {
    expect(Object.keys(GERMAN)).toEqual(keys);
    // What stands on the keys of a keyboard is no word.
    const words = keys.filter((key) => !key.startsWith("keys.name."));
    expect(words.filter((key) => GERMAN[key] === ENGLISH[key]).toSorted()).toEqual(SHARED.toSorted());
    for (const key of keys) expect(blanks(GERMAN[key]), key).toEqual(blanks(ENGLISH[key]));
  });

  it("is German in a store whose locale is German, and English where there is no catalogue", () => {
    speak("de-AT");
    expect(t("basket.pay")).toBe("Bezahlen");
    speak("nl-NL");
    expect(t("basket.pay")).toBe("Pay");
  });

  it("counts one thing as one and many as many, with the digits grouped", () => {
    expect([1, 2, 2_147].map((count) => tCount("catalog.count", count))).toEqual([
      "1 product",
      "2 products",
      "2,147 products",
    ]);
    speak("de-DE");
    expect(tCount("catalog.count", 2_147)).toBe("2.147 Artikel");
    expect(numberText(9_497)).toBe("9.497");
  });

  it("shows what was typed with the decimal sign of the language", () => {
    expect(typedNumberText("12.5")).toBe("12.5");
    speak("de-DE");
    expect(typedNumberText("12.5")).toBe("12,5");
    expect(typedNumberText("12.")).toBe("12,");
  });

  it("shows a typed amount of money with the decimal sign of the prices beside it", () => {
    speak("en-DE");
    expect([typedAmountText("12.5"), typedNumberText("12.5")]).toEqual(["12.5", "12,5"]);
    speak("de-DE");
    expect(typedAmountText("12.5")).toBe("12,5");
  });

  it("puts a reason without words of its own into a kind sentence", () => {
    expect(refusalWords("noSuchItem", { code: "4711" })).toBe("The code 4711 is not known here.");
    expect(refusalWords("somethingNew")).toBe(ENGLISH["refused.internal"]);
  });
});
