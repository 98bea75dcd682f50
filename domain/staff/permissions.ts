import type { Permission, RoleName } from "./staff.ts";

const EVERYBODY: readonly Permission[] = [
  "sell",
  "discount.line",
  "discount.basket",
  "reprint",
  "orders.pick",
  "orders.decline",
  "orders.handOver",
  "orders.ship",
  "orders.place",
  "price.open",
  "stock.count",
  "returns.take",
  "cases",
  "shift",
  "line.void",
  "training",
];

/** Who may do what; one table for engine, server and console. */
export const ROLE_PERMISSIONS: Readonly<Record<RoleName, readonly Permission[]>> = {
  cashier: EVERYBODY,
  manager: [
    ...EVERYBODY,
    "overrideOfflineAge",
    "orders.handOverWithoutLease",
    "returns.override",
    "shift.variance",
    "cash.move",
    "cash.pickup",
    "drawer.open",
    "report.x",
    "price.override",
    "basket.void",
    "devices.setUp",
    "card.settle",
  ],
};

export function roleMay(role: RoleName, permission: Permission): boolean {
  return ROLE_PERMISSIONS[role].includes(permission);
}
