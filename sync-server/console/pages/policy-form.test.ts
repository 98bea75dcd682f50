import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { DEFAULT_ORDER_POLICY } from "#domain/orders/policy.ts";
import { draftOf, type PolicyDraft, policyOf } from "./policy-form.ts";

const EUR = idOf<"Currency">("EUR");
const BERLIN = {
  policy: { ...DEFAULT_ORDER_POLICY, location: { latitude: 52, longitude: 13 } },
  currency: EUR,
};
const typed = (changes: Partial<PolicyDraft>) => policyOf({ ...draftOf(BERLIN.policy), ...changes }, BERLIN);

test("what nobody changed stays as it was, also what the form does not show", () => {
  expect(typed({})).toEqual({ ok: true, value: { ...BERLIN.policy, signature: "withoutCode" } });
});

test("hours and days are typed as people say them, with a point or a comma", () => {
  expect(typed({ promiseHours: "1.5", silentHours: "0,25", keepDays: "10" })).toMatchObject({
    value: { promiseMs: 5_400_000, silentAfterMs: 900_000, keepReadyMs: 864_000_000 },
  });
});

test("an empty field is no limit, no desk and no known cost", () => {
  const changes = { ordersPerDay: "40", collectDesk: "2", shippingCost: "4,90" };
  const value = { ordersPerDay: 40, collectDesk: 2, shippingCost: money(490, EUR) };
  expect(typed(changes)).toMatchObject({ value });
  expect(typed({ pickupsPerHour: "6" })).toMatchObject({ value: { pickupsPerHour: 6 } });
  const limited = { ...BERLIN, policy: { ...BERLIN.policy, pickupsPerHour: 6 } };
  const unlimited = policyOf({ ...draftOf(limited.policy), pickupsPerHour: "" }, limited);
  expect(unlimited.ok && Object.keys(unlimited.value)).not.toContain("pickupsPerHour");
  const none = { ordersPerDay: null, collectDesk: null, shippingCost: null };
  expect(typed({ ordersPerDay: "", collectDesk: " ", shippingCost: "" })).toMatchObject({ value: none });
});

test.each([
  ["safetyStock", "-1"],
  ["ordersPerDay", "0"],
  ["pickupsPerHour", "0"],
  ["collectDesk", "two"],
  ["promiseHours", "0"],
  ["acceptHours", ""],
  ["keepDays", "soon"],
  ["remindDays", "0.001"],
  ["silentHours", "1e9"],
  ["shippingCost", "4.999"],
] as const)("%s of '%s' makes no sense and is named", (field, text) => {
  expect(typed({ [field]: text })).toEqual({ ok: false, reason: field });
});
