import type { Currency } from "../money/money.ts";
import { ok, type Result, refused } from "../result.ts";
import { givesWord, MAX_ROLES, type Role } from "./role.ts";

/** Why a retailer's roles cannot become what was asked for. `nobodyApproves`: no role would be left whose word counts where another may not act alone. */
export type RoleRefusal =
  | "unknownRole"
  | "nameTaken"
  | "otherCurrency"
  | "inUse"
  | "nobodyApproves"
  | "tooManyRoles";

/** The roles with one that is new, or that replaces the one of its id; a new one comes last. */
export function withRole(
  roles: readonly Role[],
  role: Role,
  currencies: readonly Currency[],
): Result<readonly Role[], RoleRefusal> {
  const isTaken = roles.some(({ id, name }) => id !== role.id && folded(name) === folded(role.name));
  if (isTaken) return refused("nameTaken");
  const { refund } = role.limits;
  if (refund !== null && !currencies.includes(refund.currency)) return refused("otherCurrency");
  const at = roles.findIndex(({ id }) => id === role.id);
  if (at === -1 && roles.length >= MAX_ROLES) return refused("tooManyRoles");
  return approving(at === -1 ? [...roles, role] : roles.with(at, role));
}

/** The roles without one that nobody has. */
export function withoutRole(
  roles: readonly Role[],
  id: string,
  isUsed: boolean,
): Result<readonly Role[], RoleRefusal> {
  if (!roles.some((role) => role.id === id)) return refused("unknownRole");
  return isUsed ? refused("inUse") : approving(roles.filter((role) => role.id !== id));
}

function approving(roles: readonly Role[]): Result<readonly Role[], RoleRefusal> {
  return roles.some((role) => givesWord(role, null)) ? ok(roles) : refused("nobodyApproves");
}

function folded(name: string): string {
  return name.trim().toLowerCase();
}
