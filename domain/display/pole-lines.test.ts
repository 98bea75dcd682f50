import fc from "fast-check";
import { expect, test } from "vitest";
import { type Language, languageFor, RECEIPT_LANGUAGES } from "../receipt/language.ts";
import { eur } from "../testing/shop.ts";
import { POLE_COLUMNS, poleLines, type ShownSale } from "./pole-lines.ts";

const speaking = (wished: string): Language =>
  languageFor({ wished, storeLocale: "de-DE", printed: null, timeZone: "Europe/Berlin" });
const basket = (paid: number): ShownSale => ({
  kind: "basket",
  lines: [
    { name: "Becher", quantity: 1, total: eur(850) },
    { name: "Ein sehr langes Wort für ein T-Shirt", quantity: 2, total: eur(3_998) },
  ],
  total: eur(4_848),
  paid: eur(paid),
  remaining: eur(4_848 - paid),
});

test.each<{ when: string; shown: ShownSale; lines: readonly string[] }>([
  {
    when: "nobody buys",
    shown: { kind: "idle", storeName: "Laden" },
    lines: ["       Laden        ", "     Willkommen     "],
  },
  {
    when: "something was rung up",
    shown: basket(0),
    lines: ["2x Ein sehr  39,98 €", "Summe        48,48 €"],
  },
  { when: "a part is paid", shown: basket(2_000), lines: ["Bezahlt      20,00 €", "Offen        28,48 €"] },
  {
    when: "there is change",
    shown: { kind: "thanks", total: eur(4_848), change: eur(152) },
    lines: ["Rückgeld      1,52 €", "    Vielen Dank     "],
  },
  {
    when: "it was paid exactly",
    shown: { kind: "thanks", total: eur(4_848), change: eur(0) },
    lines: ["Summe        48,48 €", "    Vielen Dank     "],
  },
])("the pole says it in two lines when $when", ({ shown, lines }) => {
  expect(poleLines(shown, speaking("de"))).toEqual(lines);
});

test("each line fits the display and ends with the whole amount, in every language and for every amount", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...RECEIPT_LANGUAGES),
      fc.integer({ min: -99_999_999, max: 99_999_999 }),
      fc.string({ maxLength: 60 }),
      (code, minor, name) => {
        const shown: ShownSale = {
          kind: "basket",
          lines: [{ name, quantity: 3, total: eur(minor) }],
          total: eur(minor),
          paid: eur(0),
          remaining: eur(minor),
        };
        const digits = String(Math.abs(minor)).padStart(3, "0");
        for (const line of poleLines(shown, speaking(code))) {
          expect(line).toHaveLength(POLE_COLUMNS);
          if (code !== "ar") expect(line.replace(/\D/g, "").endsWith(digits)).toBe(true);
        }
      },
    ),
  );
});
