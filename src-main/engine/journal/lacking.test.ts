import { describe, expect, test } from "vitest";
import { instant } from "#domain/ids.ts";
import type { Missing } from "#protocol/sync/records.ts";
import { missingOf } from "./lacking.ts";

const place = (at: number, receipt: string | null): { readonly missing: Missing } => ({
  missing: { from: instant(at), until: instant(at + 1), firstReceipt: receipt, lastReceipt: receipt },
});

describe("what is said to be missing", () => {
  test("is every place where there are few", () => {
    const few = Array.from({ length: 10 }, (_, at) => place(at, `R${at}`));
    expect(missingOf(few)).toEqual(few.map(({ missing }) => missing));
  });

  test("is told as one for all the places behind the ninth where there are many", () => {
    const many = Array.from({ length: 300 }, (_, at) => place(at, at > 10 && at < 250 ? `R${at}` : null));
    const told = missingOf(many);
    expect(told.slice(0, 9)).toEqual(many.slice(0, 9).map(({ missing }) => missing));
    expect(told.slice(9)).toEqual([{ from: 9, until: 300, firstReceipt: "R11", lastReceipt: "R249" }]);
  });
});
