import type { Permission } from "#domain/staff/staff.ts";

/** What roles may do, by subject: as people look for it. */
export const PERMISSION_GROUPS = [
  {
    subject: "sale",
    permissions: [
      "sell",
      "discount.line",
      "discount.basket",
      "price.open",
      "price.override",
      "line.void",
      "basket.void",
      "reprint",
    ],
  },
  { subject: "back", permissions: ["returns.take", "returns.override", "cases"] },
  {
    subject: "orders",
    permissions: [
      "orders.place",
      "orders.pick",
      "orders.decline",
      "orders.handOver",
      "orders.ship",
      "orders.handOverWithoutLease",
    ],
  },
  {
    subject: "cash",
    permissions: [
      "shift",
      "shift.variance",
      "cash.move",
      "cash.pickup",
      "drawer.open",
      "report.x",
      "card.settle",
    ],
  },
  {
    subject: "store",
    permissions: [
      "stock.count",
      "stock.adjust",
      "stock.receive",
      "stock.send",
      "overrideOfflineAge",
      "devices.setUp",
      "training",
    ],
  },
] as const satisfies readonly { readonly subject: string; readonly permissions: readonly Permission[] }[];
