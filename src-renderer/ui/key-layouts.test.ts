import { describe, expect, it } from "vitest";
import { type KeyLayout, layoutsOf, SYMBOL_ROWS, shifted } from "./key-layouts.ts";

const ALPHABETS: Readonly<Record<string, string>> = {
  en: "abcdefghijklmnopqrstuvwxyz",
  de: "abcdefghijklmnopqrstuvwxyzäöüß",
  fr: "abcdefghijklmnopqrstuvwxyzéèçàù",
  es: "abcdefghijklmnopqrstuvwxyzñáéíóúü",
  pl: "abcdefghijklmnopqrstuvwxyząćęłńóśźż",
  ar: "ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىأإآئؤ",
};
const MOST_KEYS = 12;

function letters({ rows }: KeyLayout): readonly string[] {
  return rows.flatMap((row) => [...row]);
}

describe("keys on the screen", () => {
  it.each(Object.keys(ALPHABETS))("every letter of %s has its key, once", (language) => {
    const [own] = layoutsOf(language);
    expect(own.language).toBe(language);
    const keys = letters(own);
    expect([...(ALPHABETS[language] ?? "")].filter((letter) => !keys.includes(letter))).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(Object.keys(ALPHABETS))(
    "no row of %s is too long for keys of 48 px on a magnified screen",
    (language) => {
      for (const { rows, hasCases } of layoutsOf(language)) {
        const [, , last] = rows;
        expect(Math.max(...rows.map((row) => [...row].length))).toBeLessThanOrEqual(MOST_KEYS);
        // The shift key stands in the last row.
        expect([...last].length + (hasCases ? 1 : 0)).toBeLessThanOrEqual(MOST_KEYS);
      }
      for (const row of SYMBOL_ROWS) expect([...row].length).toBeLessThanOrEqual(MOST_KEYS);
    },
  );

  it("beside Arabic letters there are Latin ones for addresses", () => {
    expect(layoutsOf("ar").map(({ language }) => language)).toEqual(["ar", "en"]);
    expect(layoutsOf("xx").map(({ language }) => language)).toEqual(["en"]);
  });

  it("a capital ß is one letter", () => {
    expect(shifted("ß", "de")).toBe("ẞ");
    expect(shifted("ł", "pl")).toBe("Ł");
  });
});
