import { expect, test } from "vitest";
import { readPdf } from "#paper/testing/read-pdf.ts";
import { labelSheetPdf, type ShelfLabel } from "./label-sheet.ts";

const WINE: ShelfLabel = {
  name: "Riesling Kabinett",
  price: "8,95 €",
  before: "statt 10,95 €",
  lowest30: "Niedrigster Preis der letzten 30 Tage: 9,95 €",
  notes: ["1 l = 11,93 €"],
  sku: "WIN-1005",
  gtin: "9520009000128",
  qr: "https://id.gs1.org/01/09520009000128",
};

const sheet = (labels: readonly ShelfLabel[]) =>
  labelSheetPdf({ title: "Berlin Mitte", labels, language: "de", madeAt: 0 });

test("a label says name, price, price per litre, the price before, the lowest of 30 days and its number", async () => {
  const [page] = await readPdf(await sheet([WINE]));
  for (const text of [
    WINE.name,
    WINE.price,
    WINE.before!,
    WINE.lowest30!,
    WINE.notes[0]!,
    WINE.gtin!,
    WINE.sku,
  ])
    expect(page?.text).toContain(text);
});

test("an article without a GTIN, and one whose number no bars can say, have a label as well", async () => {
  const plain = { ...WINE, gtin: null, before: null, lowest30: null, notes: [] };
  const [page] = await readPdf(await sheet([plain, { ...plain, sku: "Käse-1" }]));
  expect(page?.text).toContain("Käse-1");
});

test("21 labels fit on a sheet of A4; the next begins another", async () => {
  const pages = await readPdf(await sheet(Array.from({ length: 22 }, () => WINE)));
  expect(pages.map(({ width, height }) => [Math.round(width), Math.round(height)])).toEqual([
    [595, 842],
    [595, 842],
  ]);
});

test("the same labels at the same moment are the same file", async () => {
  expect(await sheet([WINE])).toEqual(await sheet([WINE]));
});
