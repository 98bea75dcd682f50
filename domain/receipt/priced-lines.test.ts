import { describe, expect, test } from "vitest";
import { ticketOf } from "../testing/arbitrary-tickets.ts";
import { eur, lineOf } from "../testing/shop.ts";
import { languageFor, RECEIPT_LANGUAGES, type ReceiptLanguage } from "./language.ts";
import { giftRows, lineRows } from "./line-rows.ts";
import type { ReceiptRow } from "./row.ts";
import { totalRows } from "./total-rows.ts";

const CHEESE = {
  ...lineOf({ name: "cheese", price: eur(557) }),
  weighed: { grams: 432, perKilo: eur(1_290) },
};
const WATER = lineOf({ name: "water", price: eur(129), quantity: 2 });
const DEPOSIT = {
  ...lineOf({ name: "deposit", price: eur(25), quantity: 2 }),
  linked: { to: WATER.id, kind: "deposit" as const },
};
const SALE = ticketOf([CHEESE, WATER, DEPOSIT]);

function languageOf(code: ReceiptLanguage) {
  return languageFor({ wished: null, storeLocale: code, printed: null, timeZone: "Europe/Berlin" });
}

function lefts(rows: readonly ReceiptRow[]): readonly string[] {
  return rows.flatMap((row) => ("left" in row ? [row.left.replace(/\u00a0/g, " ")] : []));
}

describe("a receipt", () => {
  test.each<readonly [ReceiptLanguage, string]>([
    ["en", "  0.432 kg x €12.90/kg"],
    ["de", "  0,432 kg x 12,90 €/kg"],
    ["fr", "  0,432 kg x 12,90 €/kg"],
    ["es", "  0,432 kg x 12,90 €/kg"],
    ["pl", "  0,432 kg x 12,90 €/kg"],
    ["ar", "  0.432 كغ × ‏12.90 €/كغ"],
  ])("in %s says what a package weighs and what a kilogram costs", (code, words) => {
    expect(lefts(lineRows(SALE.lines, languageOf(code)))[1]).toBe(words);
  });

  test("has a deposit below its goods, and no piece of it is counted", () => {
    const english = languageOf("en");
    expect(lefts(lineRows(SALE.lines, english)).slice(2)).toEqual([
      "water",
      "  2 x €1.29",
      "  deposit",
      "  2 x €0.25",
    ]);
    expect(lefts(totalRows(SALE, english))).toContain("3 items");
  });

  test("of bottles that come back counts the bottles, and has their deposit below them", () => {
    const english = languageOf("en");
    const back = SALE.lines.slice(1).map(({ id, variant, sku, name, options, taxClass, ...line }, index) => ({
      ...{ id, variant, sku, name, options, taxClass, quantity: line.quantity, unitPrice: line.unitPrice },
      ...{ gross: line.gross, discounts: [], total: line.total, taxes: line.taxes },
      kind: "return" as const,
      of: null,
      reason: "other" as const,
      condition: "asNew" as const,
      disposition: "stock" as const,
      ...(index === 0 ? {} : { chargedAs: "deposit" as const }),
    }));
    expect(lefts(lineRows(back, english)).slice(1)).toEqual([
      "water",
      "  2 x €1.29",
      "  deposit",
      "  2 x €0.25",
    ]);
    const counted = lefts(totalRows({ ...SALE, lines: back }, english)).filter((text) =>
      /\d item/.test(text),
    );
    expect(counted).toEqual(["2 items returned"]);
  });

  test("for whoever is given the goods names no deposit", () => {
    expect(lefts(giftRows(SALE.lines, languageOf("en")))).toEqual(["cheese", "2 x water"]);
  });

  test.each<readonly [ReceiptLanguage, readonly string[]]>([
    ["en", ["mug", "  List price €12.90", "  Scratched"]],
    ["de", ["mug", "  Listenpreis 12,90 €", "  Scratched"]],
  ])("in %s says what the list asked where a colleague typed another price, and why", (code, words) => {
    const mug = {
      ...lineOf({ name: "mug", price: eur(900) }),
      override: { listPrice: eur(1_290), reason: "Scratched" },
    };
    expect(lefts(lineRows(ticketOf([mug]).lines, languageOf(code)))).toEqual(words);
  });

  test("has a word for kilograms in every language", () => {
    expect(RECEIPT_LANGUAGES.filter((code) => languageOf(code).words.kilogram === "")).toEqual([]);
  });
});
