import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import type { PlannedRates, TaxSetup } from "./tax.ts";
import { taxSetupFault } from "./tax-setup.ts";

const VAT = { id: "vat19", name: "VAT 19 %", ppm: 190_000 };
const STANDARD = { id: idOf<"TaxClass">("standard"), name: "Standard", rates: [VAT] };
const SETUP: TaxSetup = { mode: "inclusive", rounding: "ticket", classes: [STANDARD], cashRounding: null };
const TODAY = idOf<"BusinessDay">("2026-11-26");
const fault = (classes: TaxSetup["classes"]) =>
  taxSetupFault({ before: SETUP, after: { ...SETUP, classes }, today: TODAY })?.fault ?? null;

test("a rate may change and a class may be added", () => {
  const books = { ...STANDARD, id: idOf<"TaxClass">("books"), name: "Books" };
  expect(fault([{ ...STANDARD, rates: [{ ...VAT, ppm: 200_000 }] }, books])).toBeNull();
});

test("a class that products name cannot be taken away", () => {
  expect(fault([])).toBe("classGone");
});

test("slips of the pen are found", () => {
  expect(fault([STANDARD, STANDARD])).toBe("sameClassTwice");
  expect(fault([{ ...STANDARD, rates: [VAT, VAT] }])).toBe("sameRateTwice");
  expect(fault([{ ...STANDARD, rates: [{ ...VAT, ppm: 1_900_000 }] }])).toBe("rateTooHigh");
  expect(fault([{ ...STANDARD, name: " " }])).toBe("noName");
});

test("rates are planned for a day to come, once for each class and day", () => {
  const plan = (...planned: readonly PlannedRates[]) =>
    taxSetupFault({ before: SETUP, after: { ...SETUP, planned }, today: TODAY });
  const raised = {
    taxClass: STANDARD.id,
    from: idOf<"BusinessDay">("2027-01-01"),
    rates: [{ ...VAT, ppm: 210_000 }],
  };
  expect(plan(raised)).toBeNull();
  expect(plan(raised, { ...raised, from: idOf<"BusinessDay">("2027-07-01") })).toBeNull();
  expect(plan(raised, raised)).toEqual({ fault: "plannedTwice", taxClass: "Standard" });
  expect(plan({ ...raised, from: TODAY })).toEqual({ fault: "plannedPast", taxClass: "Standard" });
  expect(plan({ ...raised, rates: [VAT, VAT] })?.fault).toBe("sameRateTwice");
  expect(plan({ ...raised, taxClass: idOf<"TaxClass">("gone") })?.fault).toBe("plannedClassUnknown");
});
