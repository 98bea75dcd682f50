import { USUAL_ROLES } from "#domain/staff/role.ts";
import { t } from "../i18n/translate.ts";
import type { StaffName } from "./till.ts";

/** What a colleague's role is called: as HQ named it; the usual ones, which nobody named, in the till's language. */
export function roleName({ role }: StaffName): string {
  const isUsual = USUAL_ROLES.some(({ id, name }) => id === role.id && name === role.name);
  if (!isUsual) return role.name;
  return t(role.id === "manager" ? "lock.role.manager" : "lock.role.cashier");
}
