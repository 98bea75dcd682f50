import fc from "fast-check";
import { expect, test } from "vitest";
import { instant } from "../ids.ts";
import { nextTryAt, PACES, placeOfAddress } from "./sign-in-pace.ts";

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

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
])("tries from %s count against %s: who has a network of addresses has no more tries", (address, place) => {
  expect(placeOfAddress(address)).toBe(place);
});
