import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import { eur } from "../testing/shop.ts";
import { ROLE_PERMISSIONS } from "./permissions.ts";
import { givesWord, mayDo, type Role, type RoleLimits, roleOf, rolesOf, USUAL_ROLES } from "./role.ts";

const cashier = roleOf({}, "cashier");
const manager = roleOf({}, "manager");
const helper = (limits: Partial<RoleLimits>, permissions = ROLE_PERMISSIONS.cashier): Role => ({
  id: "helper",
  name: "Helper",
  permissions,
  limits: { discountPpm: null, refund: null, priceOverridePpm: null, ...limits },
});

describe("a shop without roles of its own", () => {
  test("has a cashier, who sells, gives discounts and reprints, but does not lift the offline limit", () => {
    expect(rolesOf({})).toEqual(USUAL_ROLES);
    for (const permission of ["sell", "discount.basket", "reprint"] as const)
      expect(mayDo(cashier, { permission })).toBe(true);
    expect(mayDo(cashier, { permission: "overrideOfflineAge" })).toBe(false);
  });

  test("has a manager, who may do whatever a cashier may, and lifts the offline limit", () => {
    for (const permission of ROLE_PERMISSIONS.cashier) expect(mayDo(manager, { permission })).toBe(true);
    expect(mayDo(manager, { permission: "overrideOfflineAge" })).toBe(true);
  });

  test("sets no limits to what they may do", () => {
    expect(mayDo(cashier, { permission: "discount.line", ppm: 1_000_000 })).toBe(true);
    expect(mayDo(cashier, { permission: "returns.take", amount: eur(1_000_000) })).toBe(true);
  });
});

test("whoever has a role that the store does not know may do nothing", () => {
  expect(roleOf({ roles: [helper({})] }, "cashier")).toBeNull();
  expect(mayDo(null, { permission: "sell" })).toBe(false);
});

describe("limits of a role", () => {
  test("a discount up to the limit is given without asking, one above it is not", () => {
    const role = helper({ discountPpm: 100_000 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (ppm) => {
        for (const permission of ["discount.line", "discount.basket"] as const)
          expect(mayDo(role, { permission, ppm })).toBe(ppm <= 100_000);
      }),
    );
  });

  test("a refund up to the limit is given without asking, one above it or in another currency is not", () => {
    const role = helper({ refund: eur(5_000) });
    const amounts = [eur(1), eur(5_000), eur(5_001), money(1, idOf<"Currency">("CHF"))];
    expect(amounts.map((amount) => mayDo(role, { permission: "returns.take", amount }))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test("a limit gives nobody what the role does not allow", () => {
    const role = helper({ priceOverridePpm: 1_000_000 });
    expect(mayDo(role, { permission: "price.override", ppm: 1 })).toBe(false);
    const senior = helper({ priceOverridePpm: 200_000 }, ["price.override"]);
    expect([200_000, 200_001].map((ppm) => mayDo(senior, { permission: "price.override", ppm }))).toEqual([
      true,
      false,
    ]);
  });
});

describe("who can be asked for a word", () => {
  test("a manager can, by anybody, a cashier by nobody of the same role", () => {
    expect(givesWord(manager, cashier)).toBe(true);
    expect(givesWord(manager, manager)).toBe(true);
    expect(givesWord(cashier, cashier)).toBe(false);
    expect(givesWord(null, cashier)).toBe(false);
  });

  test("a colleague can who may go further, be it by one permission or by a higher limit", () => {
    expect(givesWord(helper({}), helper({ discountPpm: 50_000 }))).toBe(true);
    expect(givesWord(helper({ refund: eur(2) }), helper({ refund: eur(1) }))).toBe(true);
    expect(givesWord(helper({ discountPpm: 50_000 }), helper({}))).toBe(false);
    expect(givesWord(helper({}, ["drawer.open"]), helper({}, ["sell"]))).toBe(true);
  });
});
