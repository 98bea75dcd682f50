import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import { productLabelRows } from "./product-label.ts";

const EUR = idOf<"Currency">("EUR");
const OIL = {
  name: "Olivenöl",
  sku: "OIL",
  gtin: "4006381333931",
  price: money(899, EUR),
  content: { quantity: 750, unit: "ml" },
  byWeight: false,
} as const;

function texts(rows: ReturnType<typeof productLabelRows>): readonly string[] {
  return rows
    .map((row) => {
      if (row.kind === "text" || row.kind === "barcode") return row.text;
      return row.kind === "pair" || row.kind === "big" ? row.left + row.right : row.kind;
    })
    .map((text) => text.replaceAll("\u00a0", " "));
}

test("a label says name, price, what a litre comes to, the number and the code that the till scans", () => {
  expect(texts(productLabelRows(OIL, "de-DE"))).toEqual([
    "Olivenöl",
    "8,99 €",
    "1 l = 11,99 €",
    "OIL",
    "4006381333931",
  ]);
});

test("what is weighed is priced by the kilogram, and what has no barcode of its own carries its number as one", () => {
  const cheese = { ...OIL, gtin: null, byWeight: true };
  expect(texts(productLabelRows(cheese, "en-GB"))).toEqual(["Olivenöl", "€8.99 / kg", "OIL", "OIL"]);
});
