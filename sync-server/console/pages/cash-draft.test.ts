import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { CashPolicy } from "#domain/shift/cash.ts";
import { cashOfDraft, draftOfCash } from "./cash-draft.ts";

const EUR = idOf<"Currency">("EUR");
const POLICY: CashPolicy = {
  drawer: "own",
  requireShift: true,
  blindCount: false,
  variance: money(200, EUR),
  float: null,
  pickupAbove: money(100_000, EUR),
  lockAfterMinutes: null,
};

test("a cash policy is shown as it is kept, and kept as it is typed", () => {
  expect(cashOfDraft(draftOfCash(POLICY), EUR)).toEqual(POLICY);
  const typed = { ...draftOfCash(POLICY), float: "150", lockAfter: "10" };
  expect(cashOfDraft(typed, EUR)).toEqual({ ...POLICY, float: money(15_000, EUR), lockAfterMinutes: 10 });
});

test("a variance must be said, a pick-up begins above zero, and a till locks within a day", () => {
  const draft = draftOfCash(POLICY);
  const wrong = [
    { variance: "" },
    { variance: "two" },
    { float: "-1" },
    { pickupAbove: "0" },
    { lockAfter: "0" },
    { lockAfter: "1441" },
    { lockAfter: "soon" },
  ];
  for (const change of wrong) expect(cashOfDraft({ ...draft, ...change }, EUR)).toBeNull();
});
