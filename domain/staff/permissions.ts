import type { Permission, RoleName } from "./staff.ts";

/** Who may do what; one table for engine, server and console. */
export const ROLE_PERMISSIONS: Readonly<Record<RoleName, readonly Permission[]>> = {
  cashier: ["sell", "discount.line", "discount.basket", "reprint"],
  manager: ["sell", "discount.line", "discount.basket", "reprint", "overrideOfflineAge"],
};

export function roleMay(role: RoleName, permission: Permission): boolean {
  return ROLE_PERMISSIONS[role].includes(permission);
}
