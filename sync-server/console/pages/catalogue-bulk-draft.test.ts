import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { bulkChangeOf, type CatalogueBulkDraft } from "./catalogue-bulk-draft.ts";

const on = { list: idOf<"PriceList">("retail"), currency: idOf<"Currency">("EUR") };
const draft = (changes: Partial<CatalogueBulkDraft>) =>
  bulkChangeOf(
    { field: "status", value: "", kind: "percent", rounding: "none", asReduction: false, ...changes },
    on,
  );

test("what was typed is the change that is asked for", () => {
  expect(draft({ value: "draft" })).toEqual({ kind: "fields", fields: { status: "draft" } });
  expect(draft({ field: "addTags", value: " sale, , new,sale " })).toEqual({
    kind: "fields",
    fields: { addTags: ["sale", "new"] },
  });
  expect(draft({ field: "brand", value: "" })).toEqual({ kind: "fields", fields: { brand: "" } });
  expect(draft({ field: "price", value: "-10", rounding: "99" })).toMatchObject({
    kind: "price",
    list: "retail",
    change: { kind: "percent", ppm: -100_000 },
    rounding: { kind: "ending", minor: 99 },
  });
});

test("what says nothing yet is no change", () => {
  expect(draft({ value: "" })).toBeNull();
  expect(draft({ field: "removeTags", value: " , " })).toBeNull();
  expect(draft({ field: "taxClass" })).toBeNull();
  expect(draft({ field: "price", value: "much" })).toBeNull();
});
