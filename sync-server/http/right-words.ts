import type { Right } from "#domain/access/rights.ts";
import { HQ_ROLES, type HqRole, mayAtHq } from "#domain/access/roles.ts";

/** Rights as people who integrate read them. */
const WORDS: Readonly<Record<Right, string>> = {
  "dashboard.read": "see the dashboard",
  "catalogue.read": "see the catalogue",
  "catalogue.edit": "change the catalogue",
  "prices.read": "see prices",
  "prices.edit": "change prices",
  "promotions.read": "see promotions",
  "promotions.edit": "change promotions",
  "stock.read": "see stock",
  "stock.edit": "change stock",
  "orders.read": "see orders",
  "orders.act": "cancel orders and take them to another store",
  "exceptions.read": "see exceptions",
  "exceptions.act": "resolve exceptions",
  "returns.read": "see returns",
  "returns.act": "receive, refund and reject returns",
  "cases.read": "see cases",
  "cases.act": "open cases and go on with them",
  "customers.read": "see customers",
  "customers.edit": "change customers",
  "customers.privacy": "export, merge and erase customers",
  "value.read": "see gift cards, store credit and points",
  "value.adjust": "adjust gift cards, store credit and points",
  "tickets.read": "see tickets",
  "shifts.read": "see shifts and Z reports",
  "staff.read": "see colleagues and what they did",
  "staff.edit": "change colleagues",
  "stores.read": "see stores",
  "stores.edit": "change stores",
  "tills.read": "see tills",
  "tills.manage": "pair and revoke tills",
  "tills.diagnose": "ask a till how it is and for its log",
  "rules.read": "see what stores go by",
  "rules.edit": "decide what stores go by",
  "reports.read": "see reports",
  "reports.edit": "save, share and send reports",
  "margins.read": "see what goods cost and what is earned with them",
  "dataAudit.read": "see the data audit",
  "dataAudit.act": "act on the data audit",
  "integrations.read": "see keys, webhooks and connected shops",
  "integrations.edit": "change keys, webhooks and connected shops",
  "events.read": "follow the feed of events",
  "books.export": "export the books",
  "auditLog.read": "see the audit log",
  "users.read": "see users",
  "users.edit": "change users",
};

const ROLE_WORDS: Readonly<Record<HqRole, string>> = {
  admin: "admin",
  merchandiser: "merchandiser",
  storeManager: "store manager",
  support: "support",
  auditor: "auditor",
};

/** What a call takes of whoever asks: the right in words, and which roles have it. */
export function rightInWords(right: Right | null): string {
  if (right === null) return "For everybody whom HQ knows.";
  const roles = HQ_ROLES.filter((role) => mayAtHq(role, right)).map((role) => ROLE_WORDS[role]);
  return `Takes the right \`${right}\`: to ${WORDS[right]}. Roles that have it: ${roles.join(", ")}.`;
}
