import fc from "fast-check";
import { expect, test } from "vitest";
import { instant } from "../ids.ts";
import { nextTryAt, PACES } from "./sign-in-pace.ts";

const AT = instant(1_800_000_000_000);
const wait = (of: "account" | "address", failures: number) => nextTryAt(of, { failures, lastAt: AT }) - AT;

test("a few typing mistakes cost nothing; then each wait is twice the one before", () => {
  expect([4, 5, 6, 7].map((failures) => wait("account", failures))).toEqual([0, 1_000, 2_000, 4_000]);
  expect(wait("address", PACES.address.free - 1)).toBe(0);
});

test("waits never shrink with more failures and never exceed their limit", () => {
  fc.assert(
    fc.property(fc.constantFrom("account", "address"), fc.nat(100_000), (of, failures) => {
      expect(wait(of, failures + 1)).toBeGreaterThanOrEqual(wait(of, failures));
      expect(wait(of, failures)).toBeLessThanOrEqual(PACES[of].maxMs);
    }),
  );
});
