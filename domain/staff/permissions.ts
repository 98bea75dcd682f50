import type { Permission } from "./staff.ts";

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
  "stock.receive",
  "stock.send",
  "returns.take",
  "cases",
  "shift",
  "line.void",
  "training",
];

/** What the two usual roles may do, see `rolesOf`. */
export const ROLE_PERMISSIONS: Readonly<Record<"cashier" | "manager", readonly Permission[]>> = {
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
    "stock.adjust",
    "price.override",
    "basket.void",
    "devices.setUp",
    "card.settle",
  ],
};
