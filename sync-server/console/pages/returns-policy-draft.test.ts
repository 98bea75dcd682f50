import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { DEFAULT_RETURN_POLICY } from "#domain/returns/policy.ts";
import { draftOf, policyOf, type ReturnsDraft } from "./returns-policy-draft.ts";

const EUR = idOf<"Currency">("EUR");
const typed = (changes: Partial<ReturnsDraft>) =>
  policyOf({ ...draftOf(DEFAULT_RETURN_POLICY), ...changes }, EUR);

test("what nobody changed stays as it was", () => {
  expect(typed({})).toEqual({ ok: true, value: DEFAULT_RETURN_POLICY });
  const full = {
    ...DEFAULT_RETURN_POLICY,
    windows: [{ category: "Books", days: 0 }],
    maxCash: money(5_000, EUR),
    managerAbove: money(10_050, EUR),
    withoutReceipt: null,
  };
  expect(policyOf(draftOf(full), EUR)).toEqual({ ok: true, value: full });
});

test("amounts are typed as people write them; an empty one is no limit", () => {
  expect(typed({ maxCash: "50", managerAbove: "99,90", most: "" })).toMatchObject({
    value: { maxCash: money(5_000, EUR), managerAbove: money(9_990, EUR), withoutReceipt: { most: null } },
  });
});

test("without a receipt nothing is taken back where that is switched off, whatever stands in its fields", () => {
  expect(typed({ isWithoutReceipt: false, lowestPriceDays: "soon" })).toMatchObject({
    value: { withoutReceipt: null },
  });
});

test.each([
  ["windowDays", { windowDays: "a month" }],
  ["windows", { windows: [{ category: "Books", days: "" }] }],
  ["maxCash", { maxCash: "-1" }],
  ["managerAbove", { managerAbove: "1.999" }],
  ["oldestOfflineDays", { oldestOfflineDays: "" }],
  ["lowestPriceDays", { lowestPriceDays: "0" }],
  ["most", { most: "lots" }],
] as const)("%s is named when it makes no sense", (field, changes) => {
  expect(typed(changes)).toEqual({ ok: false, reason: field });
});
