import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import {
  DEFAULT_RETURN_POLICY,
  effectivePolicy,
  fitsCurrency,
  lastReturnDay,
  returnDaysOf,
} from "./policy.ts";

const EUR = idOf<"Currency">("EUR");
const CHF = idOf<"Currency">("CHF");
const policy = (windowDays: number) => ({ ...DEFAULT_RETURN_POLICY, windowDays });

test("a store's own policy overrides the retailer's whole, and without any of them the usual one holds", () => {
  expect(effectivePolicy({ own: policy(7), retailers: policy(60) }).windowDays).toBe(7);
  expect(effectivePolicy({ own: null, retailers: policy(60) }).windowDays).toBe(60);
  expect(effectivePolicy({ own: null, retailers: null })).toEqual(DEFAULT_RETURN_POLICY);
});

test("a policy without amounts fits every store; one with amounts only stores that keep its currency", () => {
  expect(fitsCurrency(DEFAULT_RETURN_POLICY, CHF)).toBe(true);
  const most = money(5_000, EUR);
  const { withoutReceipt } = DEFAULT_RETURN_POLICY;
  const withAmounts = [
    { ...DEFAULT_RETURN_POLICY, maxCash: most },
    { ...DEFAULT_RETURN_POLICY, managerAbove: most },
    { ...DEFAULT_RETURN_POLICY, withoutReceipt: withoutReceipt && { ...withoutReceipt, most } },
  ];
  expect(withAmounts.map((each) => [fitsCurrency(each, EUR), fitsCurrency(each, CHF)])).toEqual([
    [true, false],
    [true, false],
    [true, false],
  ]);
});

test("a category has its own window where it is named, and a window of no days is a final sale", () => {
  const named = { ...policy(30), windows: [{ category: "Swimwear", days: 0 }] };
  const day = idOf<"BusinessDay">("2026-11-26");
  const last = (category: string) => lastReturnDay({ day, days: returnDaysOf(named, category) });
  expect([last("Swimwear"), last("Books")]).toEqual([null, "2026-12-26"]);
});
