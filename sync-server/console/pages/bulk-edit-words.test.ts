import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import type { BulkEditRequest } from "#protocol/hq/catalogue.ts";
import { bulkEditLines } from "./bulk-edit-words.ts";

const RETAIL = idOf<"PriceList">("retail");
const NAMES = {
  lists: new Map([[RETAIL, { name: "Retail", currency: idOf<"Currency">("EUR") }]]),
  taxClasses: new Map([["reduced", "Reduced rate"]]),
};
const PERCENT = {
  kind: "price",
  list: RETAIL,
  change: { kind: "percent", ppm: -125_000 },
  rounding: { kind: "ending", minor: 99, of: 100 },
  asReduction: true,
} as const;

test.each<readonly [readonly string[], BulkEditRequest["change"]]>([
  [["Status: Draft"], { kind: "fields", fields: { status: "draft" } }],
  [["Tax class: Reduced rate"], { kind: "fields", fields: { taxClass: idOf<"TaxClass">("reduced") } }],
  [["Tax class: gone"], { kind: "fields", fields: { taxClass: idOf<"TaxClass">("gone") } }],
  [["Category: none", "Brand: Blatt"], { kind: "fields", fields: { category: "", brand: "Blatt" } }],
  [["Add tags: new, tea"], { kind: "fields", fields: { addTags: ["new", "tea"] } }],
  [["Take tags away: old"], { kind: "fields", fields: { removeTags: ["old"] } }],
  [["Prices on Retail 12.5% less · To the nearest .99 · as a reduction"], PERCENT],
  [
    ["Prices on Retail €0.50 more · To five cents"],
    {
      ...PERCENT,
      change: { kind: "amount", minor: 50 },
      rounding: { kind: "step", minor: 5 },
      asReduction: false,
    },
  ],
  [
    ["Prices on gone 12.5% less · rounded"],
    {
      ...PERCENT,
      list: idOf<"PriceList">("gone"),
      rounding: { kind: "ending", minor: 49, of: 100 },
      asReduction: false,
    },
  ],
])("a change of many products is told as %j", (lines, change) => {
  expect(bulkEditLines(change, NAMES)).toEqual(lines);
});
