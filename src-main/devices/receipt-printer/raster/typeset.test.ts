import { describe, expect, test } from "vitest";
import { ARABIC } from "#domain/receipt/words/arabic.ts";
import { FRENCH } from "#domain/receipt/words/french.ts";
import { GERMAN } from "#domain/receipt/words/german.ts";
import { POLISH } from "#domain/receipt/words/polish.ts";
import { SPANISH } from "#domain/receipt/words/spanish.ts";
import { blankBitmap } from "./bitmap.ts";
import { WEIGHTS } from "./font-files.ts";
import { loadFonts } from "./fonts.ts";
import { openTypeset, type TextDirection } from "./typeset.ts";

const FROM_ANYWHERE = "кофеλάδιקפהقهوة咖啡コーヒー커피ệ";
const typeset = await openTypeset(400, FROM_ANYWHERE);

function set(text: string, direction: TextDirection = "ltr") {
  const line = typeset(text, { direction, size: 1 });
  const paper = blankBitmap(Math.ceil(line.width), 32);
  line.print(paper, 0, 23);
  return { width: line.width, picture: Buffer.from(paper.dots).toString("base64") };
}

describe("text as a picture", () => {
  test("has the letters of every language that receipts are in, in both weights", async () => {
    const words = JSON.stringify([ARABIC, FRENCH, GERMAN, POLISH, SPANISH]);
    for (const weight of WEIGHTS) {
      const fonts = await loadFonts(weight, words);
      const missing = [...new Set(words)].filter(
        (letter) => !fonts.some(({ covers }) => covers(letter.codePointAt(0) ?? 0)),
      );
      expect(missing).toEqual([]);
    }
  });

  test("has letters for goods from anywhere", async () => {
    const fonts = await loadFonts(400, FROM_ANYWHERE);
    for (const letter of FROM_ANYWHERE)
      expect(fonts.some(({ covers }) => covers(letter.codePointAt(0) ?? 0))).toBe(true);
  });

  test("loads no more fonts than a receipt needs", async () => {
    const latin = await loadFonts(400, "Becher");
    const arabic = await loadFonts(400, "\u2068Becher\u2069 قهوة");
    const chinese = await loadFonts(400, "咖啡");
    expect(latin.length).toBe(1);
    expect(arabic.length).toBeLessThan(chinese.length);
    expect(chinese.slice(0, arabic.length)).toEqual(arabic);
  });

  test("is as wide as the printer's own letters", () => {
    expect(set("Becher 12,50").width).toBeCloseTo("Becher 12,50".length * 12);
  });

  test("joins Arabic letters: a word is narrower than its letters one by one", () => {
    const apart = [..."قميص"].reduce((sum, letter) => sum + set(letter).width, 0);
    expect(set("قميص").width).toBeLessThan(apart);
  });

  test("runs as its script runs, whatever the receipt does", () => {
    expect(set("שלום", "ltr")).toEqual(set("שלום", "rtl"));
    expect(set("Becher", "rtl")).toEqual(set("Becher", "ltr"));
    expect(set("שלום").picture).not.toBe(set("םולש").picture);
  });

  test("keeps numbers readable within right-to-left text", () => {
    const alone = set("4711").picture;
    expect(set("\u20674711\u2069", "rtl").picture).toBe(alone);
    expect(set("7411").picture).not.toBe(alone);
  });

  test("marks a letter that no font has with a box and goes on", () => {
    expect(set("a\u{1F9E6}b").width).toBeCloseTo(3 * 12);
  });
});
