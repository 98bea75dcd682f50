import { describe, expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { money } from "../money/money.ts";
import { EUR, eur } from "../testing/shop.ts";
import { MAX_ROLES, type Role, USUAL_ROLES } from "./role.ts";
import { withoutRole, withRole } from "./role-change.ts";

const HELPER: Role = {
  id: "helper",
  name: "Helper",
  permissions: ["sell"],
  limits: { discountPpm: 100_000, refund: eur(2_000), priceOverridePpm: null },
};

describe("a retailer's roles", () => {
  test("a new role comes after the others, and one that is edited stays where it is", () => {
    const added = withRole(USUAL_ROLES, HELPER, [EUR]);
    expect(added).toEqual({ ok: true, value: [...USUAL_ROLES, HELPER] });
    const cashier = { ...HELPER, id: "cashier", name: "cashier" };
    expect(withRole(USUAL_ROLES, cashier, [EUR])).toEqual({ ok: true, value: [cashier, USUAL_ROLES[1]] });
  });

  test("there are no more of them than tills can read", () => {
    const many = Array.from({ length: MAX_ROLES - 2 }, (_, at) => ({
      ...HELPER,
      id: `h${at}`,
      name: `Helper ${at}`,
    }));
    const roles = [...USUAL_ROLES, ...many];
    expect(withRole(roles, HELPER, [EUR])).toEqual({ ok: false, reason: "tooManyRoles" });
    expect(withRole(roles, { ...HELPER, id: "h3" }, [EUR]).ok).toBe(true);
  });

  test("no two roles are called the same", () => {
    const same = { ...HELPER, name: " MANAGER" };
    expect(withRole(USUAL_ROLES, same, [EUR])).toEqual({ ok: false, reason: "nameTaken" });
  });

  test("a limit is in money that some store takes", () => {
    const swiss = { ...HELPER.limits, refund: money(1, idOf<"Currency">("CHF")) };
    const refused = withRole(USUAL_ROLES, { ...HELPER, limits: swiss }, [EUR]);
    expect(refused).toEqual({ ok: false, reason: "otherCurrency" });
  });

  test("a role that somebody has cannot go, one that nobody has can", () => {
    const roles = [...USUAL_ROLES, HELPER];
    expect(withoutRole(roles, "helper", true)).toEqual({ ok: false, reason: "inUse" });
    expect(withoutRole(roles, "helper", false)).toEqual({ ok: true, value: USUAL_ROLES });
    expect(withoutRole(roles, "nobody", false)).toEqual({ ok: false, reason: "unknownRole" });
  });

  test("the last role whose word counts neither goes nor loses it", () => {
    expect(withoutRole(USUAL_ROLES, "manager", false)).toEqual({ ok: false, reason: "nobodyApproves" });
    const powerless = { ...HELPER, id: "manager" };
    expect(withRole(USUAL_ROLES, powerless, [EUR])).toEqual({ ok: false, reason: "nobodyApproves" });
  });
});
