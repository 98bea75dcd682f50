import { expect, test } from "vitest";
import { emptyFirstDraft, firstStoreOf } from "./first-store-draft.ts";

const TYPED = { ...emptyFirstDraft(), retailer: " Tea & Pots ", rate: "VAT 8,1 %", percent: "8,1" };

test("the standard rate is read as a share of a million, with a comma or a point", () => {
  const read = { retailer: "Tea & Pots", tax: { mode: "inclusive", name: "VAT 8,1 %", ppm: 81_000 } };
  expect(firstStoreOf(TYPED)).toEqual({ ok: true, value: read });
  expect(firstStoreOf({ ...TYPED, percent: "8.1" })).toEqual({ ok: true, value: read });
});

test("what is missing or no rate is named", () => {
  const wrong = (changes: Partial<typeof TYPED>) => firstStoreOf({ ...TYPED, ...changes });
  expect(wrong({ retailer: " " })).toEqual({ ok: false, reason: "stores.first.retailer" });
  expect(wrong({ rate: "" })).toEqual({ ok: false, reason: "stores.first.rate" });
  for (const percent of ["", "much", "101"])
    expect(wrong({ percent })).toEqual({ ok: false, reason: "stores.tax.percent" });
});
