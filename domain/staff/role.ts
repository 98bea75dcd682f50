import { compareMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import { ROLE_PERMISSIONS } from "./permissions.ts";
import type { Permission } from "./staff.ts";

/** How far a role goes without asking anybody. Null: as far as the permission itself. */
export interface RoleLimits {
  /** The largest share off a line, by its own discount and the basket's together, parts per million. */
  readonly discountPpm: number | null;
  /** The most that is given back in one go. */
  readonly refund: Money | null;
  /** How far below its list price an article may be sold by a typed price, parts per million. */
  readonly priceOverridePpm: number | null;
}

/** What colleagues of one kind may do; decided at HQ. */
export interface Role {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly limits: RoleLimits;
}

/** As many fit into a store's settings; tills would not read more. */
export const MAX_ROLES = 50;

const NO_LIMITS: RoleLimits = { discountPpm: null, refund: null, priceOverridePpm: null };

/** The roles of shops that have made none of their own. */
export const USUAL_ROLES: readonly Role[] = [
  { id: "cashier", name: "Cashier", permissions: ROLE_PERMISSIONS.cashier, limits: NO_LIMITS },
  { id: "manager", name: "Manager", permissions: ROLE_PERMISSIONS.manager, limits: NO_LIMITS },
];

/** The roles of a store; where its settings have none, the two usual ones. */
export function rolesOf({ roles }: { readonly roles?: readonly Role[] }): readonly Role[] {
  return roles ?? USUAL_ROLES;
}

/** The role that a colleague has by its id; null where the store has no such role: whoever has it may do nothing. */
export function roleOf(settings: { readonly roles?: readonly Role[] }, id: string): Role | null {
  return rolesOf(settings).find((role) => role.id === id) ?? null;
}

/** What somebody wants to do, and how far it goes where a limit stands: `ppm` the share that is taken off, `amount` what is given back. */
export type Act =
  | { readonly permission: Permission }
  | { readonly permission: "discount.line" | "discount.basket" | "price.override"; readonly ppm: number }
  | { readonly permission: "returns.take"; readonly amount: Money };

/** Whether a role allows an act. The one rule of the till, of its screens and of the server. */
export function mayDo(role: Role | null, act: Act): boolean {
  if (role === null || !role.permissions.includes(act.permission)) return false;
  const { discountPpm, priceOverridePpm, refund } = role.limits;
  if ("ppm" in act) {
    const most = act.permission === "price.override" ? priceOverridePpm : discountPpm;
    return most === null || act.ppm <= most;
  }
  if (!("amount" in act) || refund === null) return true;
  // A limit in another currency allows nothing: nobody can say what it comes to.
  return refund.currency === act.amount.currency && compareMoney(act.amount, refund) <= 0;
}

/** Permissions by which somebody answers for another's act. */
const WORDS: readonly Permission[] = [
  "overrideOfflineAge",
  "orders.handOverWithoutLease",
  "returns.override",
  "shift.variance",
];

/** Whether somebody of a role can be asked for a word at a till where `asking` works: they may give one, or may do more. */
export function givesWord(role: Role | null, asking: Role | null): boolean {
  if (role === null) return false;
  if (WORDS.some((permission) => role.permissions.includes(permission))) return true;
  if (asking === null) return false;
  return (
    role.permissions.some((permission) => !asking.permissions.includes(permission)) ||
    goesFurther(role.limits.discountPpm, asking.limits.discountPpm) ||
    goesFurther(role.limits.priceOverridePpm, asking.limits.priceOverridePpm) ||
    goesFurther(role.limits.refund?.minor ?? null, asking.limits.refund?.minor ?? null)
  );
}

function goesFurther(limit: number | null, than: number | null): boolean {
  return than !== null && (limit === null || limit > than);
}
