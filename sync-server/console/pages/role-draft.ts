import { decimalText } from "#domain/money/format.ts";
import type { Currency } from "#domain/money/money.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Role } from "#domain/staff/role.ts";
import type { Permission } from "#domain/staff/staff.ts";
import type { RoleRequest } from "#protocol/hq/staff.ts";
import { parseDecimalPpm } from "./percent.ts";
import { amountOrNone } from "./typed.ts";

const PPM_PER_PERCENT = 10_000;
const MAX_PPM = 1_000_000;

/** A role as it is typed: percentages and an amount as text, empty where there is no limit. */
export interface RoleDraft {
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly discount: string;
  readonly refund: string;
  readonly price: string;
}

export const NEW_ROLE: RoleDraft = {
  name: "",
  permissions: ["sell"],
  discount: "",
  refund: "",
  price: "",
};

export function roleDraftOf({ name, permissions, limits }: Role): RoleDraft {
  return {
    name,
    permissions,
    discount: percentOf(limits.discountPpm),
    refund: limits.refund === null ? "" : decimalText(limits.refund),
    price: percentOf(limits.priceOverridePpm),
  };
}

/** The role that was typed, or the field that is wrong. */
export function roleOfDraft(
  { name, permissions, discount, refund, price }: RoleDraft,
  currency: Currency,
): Result<RoleRequest, "name" | "discount" | "refund" | "price"> {
  if (name.trim() === "") return refused("name");
  const discountPpm = ppmOf(discount);
  if (discountPpm === "wrong") return refused("discount");
  const amount = amountOrNone(refund, currency);
  if (amount === "wrong") return refused("refund");
  const priceOverridePpm = ppmOf(price);
  if (priceOverridePpm === "wrong") return refused("price");
  return ok({
    name: name.trim(),
    permissions: [...permissions],
    limits: { discountPpm, refund: amount, priceOverridePpm },
  });
}

/** A share as percent, without zeros that say nothing; empty where there is no limit. */
export function percentOf(ppm: number | null): string {
  return ppm === null ? "" : String(ppm / PPM_PER_PERCENT);
}

function ppmOf(text: string): number | null | "wrong" {
  if (text.trim() === "") return null;
  const ppm = parseDecimalPpm(text);
  return ppm === null || ppm > MAX_PPM ? "wrong" : ppm;
}
