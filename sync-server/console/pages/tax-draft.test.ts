import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { taxDraftOf, taxOf } from "./tax-draft.ts";

const RATE = { id: "nyc", name: "City", ppm: 88_750 };
const TAX = {
  mode: "exclusive" as const,
  rounding: "line" as const,
  classes: [{ id: idOf<"TaxClass">("standard"), name: "Standard", rates: [RATE] }],
  cashRounding: { incrementMinor: 5 },
};

test("a tax set-up that nobody changed is read back as it was", () => {
  expect(taxOf(taxDraftOf(TAX))).toEqual({ ok: true, value: TAX });
});

test("planned rates are read back by class and day, and one without a day is told by its class", () => {
  const [first] = TAX.classes;
  const plan = (from: string, ppm: number) => ({
    taxClass: first!.id,
    from: idOf<"BusinessDay">(from),
    rates: [{ ...RATE, ppm }],
  });
  const tax = { ...TAX, planned: [plan("2027-01-01", 90_000), plan("2027-07-01", 85_000)] };
  expect(taxOf(taxDraftOf({ ...tax, planned: tax.planned.toReversed() }))).toEqual({ ok: true, value: tax });
  const draft = taxDraftOf(tax);
  const undated = draft.classes.map((each) => ({ ...each, planned: [{ ...each.planned[0]!, from: "" }] }));
  expect(taxOf({ ...draft, classes: undated })).toEqual({ ok: false, reason: "Standard" });
});

test("a rate is typed in percent, with a comma or a point, and anything else is told by its name", () => {
  const draft = taxDraftOf(TAX);
  const typed = (percent: string) =>
    taxOf({
      ...draft,
      classes: draft.classes.map((each) => ({
        ...each,
        rates: each.rates.map((rate) => ({ ...rate, percent })),
      })),
    });
  expect(typed("8,875")).toEqual({ ok: true, value: TAX });
  expect(typed("about ten")).toEqual({ ok: false, reason: "City" });
  expect(typed("190")).toEqual({ ok: false, reason: "City" });
  expect(typed("100,5")).toEqual({ ok: false, reason: "City" });
});
