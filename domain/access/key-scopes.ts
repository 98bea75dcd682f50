import { RIGHTS, type Right } from "./rights.ts";

/** What a program with a key is: HQ's own commands, a web shop, a PIM that keeps goods, an ERP that keeps the books, a program that reports. */
export const KEY_SCOPES = ["hq", "shop", "catalogue", "erp", "reports"] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

const SEES_GOODS: readonly Right[] = ["catalogue.read", "prices.read", "promotions.read", "stores.read"];

/** What each scope opens of HQ. A web shop has addresses of its own and none of HQ's. */
const SCOPE_RIGHTS: Readonly<Record<KeyScope, readonly Right[]>> = {
  hq: RIGHTS,
  shop: [],
  catalogue: [...SEES_GOODS, "catalogue.edit", "prices.edit"],
  erp: [
    ...SEES_GOODS,
    "catalogue.edit",
    "prices.edit",
    "stock.read",
    "stock.edit",
    "orders.read",
    "returns.read",
    "tickets.read",
    "shifts.read",
    "value.read",
    "events.read",
    "books.export",
  ],
  reports: [
    ...SEES_GOODS,
    "stock.read",
    "orders.read",
    "returns.read",
    "tickets.read",
    "shifts.read",
    "reports.read",
    "margins.read",
    "dataAudit.read",
  ],
};

/** Whether a key of this scope has a right. */
export function keyMay(scope: KeyScope, right: Right): boolean {
  return SCOPE_RIGHTS[scope].includes(right);
}
