import { describe, expect, test } from "vitest";
import type { ReceiptRow } from "#domain/receipt/row.ts";
import { receiptPdf } from "./receipt-pdf.ts";
import { damagedLogo } from "./testing/damaged-logo.ts";
import { readPdf } from "./testing/read-pdf.ts";

const POINTS_PER_MM = 72 / 25.4;

function pair(left: string, right = ""): ReceiptRow {
  return { kind: "pair", left, right, strong: false };
}

const GERMAN: readonly ReceiptRow[] = [
  { kind: "language", tag: "de-DE" },
  { kind: "text", text: "Nordlicht", align: "center", strong: true },
  { kind: "rule" },
  pair("Beleg BER1-03-000001"),
  pair("Привет, Ёлка", "1.234,50 €"),
  { kind: "big", left: "Summe", right: "1.234,50 €" },
  { kind: "qr", text: "123456789012", label: "Zur Rückgabe" },
  { kind: "barcode", text: "BER1-03-000001" },
];

function pdf(rows: readonly ReceiptRow[], paper: "roll" | "a4" = "roll"): Promise<Uint8Array> {
  return receiptPdf({ title: "Beleg BER1-03-000001", rows, paper, madeAt: 0 });
}

describe("a receipt as a PDF", () => {
  test("is as wide as receipt paper, no longer than it must be, and its text can be selected", async () => {
    const pages = await readPdf(await pdf(GERMAN));
    expect(pages).toHaveLength(1);
    expect(pages[0]!.width).toBeCloseTo(80 * POINTS_PER_MM, 1);
    expect(pages[0]!.height).toBeLessThan(110 * POINTS_PER_MM);
    for (const words of ["Nordlicht", "Привет, Ёлка", "1.234,50 €", "Zur Rückgabe", "BER1-03-000001"])
      expect(pages[0]!.text).toContain(words);
  });

  test("joins Arabic letters and keeps numbers, brackets and names within them the right way round", async () => {
    const [page] = await readPdf(
      await pdf([
        { kind: "language", tag: "ar-AE" },
        pair("شارع زايد 12 (مبنى 3)"),
        pair("\u2068Emaille-Becher (S)\u2069", "17.00"),
      ]),
    );
    expect(page?.text).toContain("شارع زايد 12");
    expect(page?.text).toContain("Emaille-Becher (S)");
    expect(page?.text).not.toContain("\u2068");
  });

  test("has the letters of Chinese and Korean names", async () => {
    const [page] = await readPdf(await pdf([pair("茶壶"), pair("한국어 차")]));
    expect(page?.text).toContain("茶壶");
    expect(page?.text).toContain("한국어");
  });

  test("on sheets it goes on page after page, each with its number, and no line is lost or cut", async () => {
    const rows = Array.from({ length: 120 }, (_, index) => pair(`Artikel ${index}.`, "1,00 €"));
    const pages = await readPdf(await pdf([...GERMAN, ...rows], "a4"));
    expect(pages.length).toBeGreaterThan(1);
    expect(pages[0]!.width).toBeCloseTo(210 * POINTS_PER_MM, 1);
    expect(pages[0]!.text).toContain(`1 / ${pages.length}`);
    const whole = pages.map(({ text }) => text).join("\n");
    for (let index = 0; index < 120; index += 1) expect(whole).toContain(`Artikel ${index}.`);
  });

  test("breaks a name that is too long for its line, also one without a blank", async () => {
    const [page] = await readPdf(await pdf([pair("x".repeat(200), "1,00 €")]));
    expect(page?.text.match(/x/g)).toHaveLength(200);
  });

  test.each([
    ["a damaged logo is drawn as far as it can be read", damagedLogo(), 1],
    ["a logo that cannot be read at all is left out", damagedLogo().slice(0, 80), 0],
  ])("%s, and the receipt is written all the same", async (_what, png, pictures) => {
    const bytes = await pdf([{ kind: "image", png, label: "Nordlicht" }, ...GERMAN]);
    const [page] = await readPdf(bytes);
    expect(page?.text).toContain("Nordlicht");
    expect(Buffer.from(bytes).toString("latin1").split("/Subtype /Image")).toHaveLength(pictures + 1);
  });

  test("made twice from the same sale it is the same file, to the byte", async () => {
    expect(Buffer.from(await pdf(GERMAN)).equals(Buffer.from(await pdf(GERMAN)))).toBe(true);
  });
});
