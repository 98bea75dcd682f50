import { expect, test } from "vitest";
import { routedOrder } from "../testing/orders.ts";
import { creditsOf } from "./attribution.ts";
import { DEFAULT_RETAILER_RULES, maySplit, SPLIT_RULES } from "./retailer-rules.ts";

const sent = routedOrder({ delivery: { kind: "ship", address: null }, maySplit: true });

test("an order to be sent is split as the retailer says; one to be collected never", () => {
  const whole = { ...sent, maySplit: false };
  const collected = routedOrder({ maySplit: true });
  expect(SPLIT_RULES.map((rule) => [rule, maySplit(sent, rule), maySplit(whole, rule)])).toEqual([
    ["never", false, false],
    ["ifShopAllows", true, false],
    ["always", true, true],
  ]);
  expect(SPLIT_RULES.map((rule) => maySplit(collected, rule))).toEqual([false, false, false]);
});

test("an order counts by the rules of when it was placed", () => {
  const half = { placedPpm: 500_000, fulfilledPpm: 0 };
  const placed = { ...sent, attribution: half };
  const [credit] = creditsOf(placed, DEFAULT_RETAILER_RULES.attribution);
  expect(credit?.amount.minor).toBe(sent.payment.total.minor / 2);
  expect(creditsOf(sent, half)).toEqual(creditsOf(placed, half));
});
