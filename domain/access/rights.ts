/**
 * What a person or a program may see or do at HQ. `.read` sees, anything else changes. Each address of HQ names one of them; what each role
 * has of them is the table in `roles.ts`, and `docs/access.md` shows it to people.
 */
export const RIGHTS = [
  "dashboard.read",
  "catalogue.read",
  "catalogue.edit",
  "prices.read",
  "prices.edit",
  "promotions.read",
  "promotions.edit",
  "stock.read",
  "stock.edit",
  "orders.read",
  "orders.act",
  "exceptions.read",
  "exceptions.act",
  "returns.read",
  "returns.act",
  "cases.read",
  "cases.act",
  "customers.read",
  "customers.edit",
  /** Export, merge and erase a person. */
  "customers.privacy",
  "value.read",
  /** Gift cards, store credit and points. */
  "value.adjust",
  "tickets.read",
  "shifts.read",
  "staff.read",
  "staff.edit",
  "stores.read",
  "stores.edit",
  "tills.read",
  "tills.manage",
  /** Ask a till how it is and for its log. */
  "tills.diagnose",
  /** What stores go by: routing, policies, receipts, loyalty, updates. */
  "rules.read",
  "rules.edit",
  "reports.read",
  /** Save reports, share them and have them sent. */
  "reports.edit",
  /** What goods cost and what is earned with them. */
  "margins.read",
  "dataAudit.read",
  "dataAudit.act",
  "integrations.read",
  "integrations.edit",
  /** The feed of what happened, for programs that follow it. */
  "events.read",
  "books.export",
  "auditLog.read",
  "users.read",
  "users.edit",
] as const;
export type Right = (typeof RIGHTS)[number];
