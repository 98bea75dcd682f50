import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { USUAL_ROLES } from "#domain/staff/role.ts";
import { NEW_ROLE, roleDraftOf, roleOfDraft } from "./role-draft.ts";

const EUR = idOf<"Currency">("EUR");
const DRAFT = { ...NEW_ROLE, name: " Helper ", discount: "12,5", refund: "50", price: "" };

test("percentages and amounts are read as people type them, and what is left empty has no limit", () => {
  expect(roleOfDraft(DRAFT, EUR)).toEqual({
    ok: true,
    value: {
      name: "Helper",
      permissions: ["sell"],
      limits: { discountPpm: 125_000, refund: money(5_000, EUR), priceOverridePpm: null },
    },
  });
});

test("what is no limit is named by its field", () => {
  const wrong = (changes: Partial<typeof DRAFT>) => {
    const read = roleOfDraft({ ...DRAFT, ...changes }, EUR);
    return read.ok ? null : read.reason;
  };
  expect(wrong({ name: "" })).toBe("name");
  expect(wrong({ discount: "101" })).toBe("discount");
  expect(wrong({ refund: "-1" })).toBe("refund");
  expect(wrong({ price: "much" })).toBe("price");
});

test("a role that is opened and saved is the one that it was", () => {
  for (const role of [...USUAL_ROLES, { id: "helper", ...roleValue() }]) {
    const { id: _, ...kept } = role;
    expect(roleOfDraft(roleDraftOf(role), EUR)).toEqual({ ok: true, value: kept });
  }
});

function roleValue() {
  const read = roleOfDraft(DRAFT, EUR);
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}
