import { expect, test } from "vitest";
import { goesOn, mayMissSales, RECORDS_STATES, sellsNothing } from "./own-records.ts";

test("what keeps a till from selling goes on, and nobody reads it away", () => {
  expect(RECORDS_STATES.filter(sellsNothing)).toEqual(["waiting", "asking", "incomplete"]);
  expect(RECORDS_STATES.filter(sellsNothing).every(goesOn)).toBe(true);
});

test("where a sale may be missing a cashier does not confirm it alone", () => {
  expect(mayMissSales({ state: "database" })).toBe(false);
  expect(mayMissSales({ state: "both", missing: [{}] })).toBe(true);
  expect(mayMissSales({ state: "lost" })).toBe(true);
});
