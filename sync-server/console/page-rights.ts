import type { Right } from "#domain/access/rights.ts";
import type { SessionAnswer } from "#protocol/hq/access.ts";
import { useSignedIn } from "./signed-in.ts";
import type { Page } from "./use-route.ts";

/** What each page shows, and so what one needs to see it; null: everybody who is signed in. */
export const PAGE_RIGHTS: Readonly<Record<Page, Right | null>> = {
  overview: "dashboard.read",
  exceptions: "exceptions.read",
  orders: "orders.read",
  returns: "returns.read",
  tickets: "tickets.read",
  shifts: "shifts.read",
  customers: "customers.read",
  cases: "cases.read",
  credits: "value.read",
  catalogue: "catalogue.read",
  import: "catalogue.edit",
  bulkEdits: "catalogue.edit",
  prices: "prices.read",
  priceLists: "prices.read",
  priceCheck: "prices.read",
  labels: "prices.read",
  promotions: "promotions.read",
  staff: "staff.read",
  staffRoles: "staff.read",
  timeClock: "staff.read",
  approvals: "staff.read",
  commission: "staff.read",
  tills: "tills.read",
  rules: "rules.read",
  returnsPolicy: "rules.read",
  receiptDesign: "rules.read",
  loyalty: "rules.read",
  connectors: "integrations.read",
  users: "users.read",
  auditLog: "auditLog.read",
  account: null,
  stores: "stores.read",
  webhooks: "integrations.read",
  events: "events.read",
  apiKeys: "integrations.read",
  product: "catalogue.read",
  stock: "stock.read",
  counts: "stock.read",
  deliveries: "stock.read",
  reservations: "stock.read",
  replenishment: "stock.read",
  reports: "reports.read",
  dataAudit: "dataAudit.read",
};

/** Those of some pages that whoever is signed in may see. */
export function useSeen<P extends Page>(pages: readonly P[]): readonly P[] {
  const { session } = useSignedIn();
  return pages.filter((page) => sees(session, page));
}

/** Whether whoever is signed in may see a page. */
export function useSees(page: Page): boolean {
  return sees(useSignedIn().session, page);
}

/** Pages about the chain as a whole, which those who work for some stores are not shown. */
const CHAIN_PAGES: readonly Page[] = ["priceCheck", "bulkEdits"];

/** Whether somebody of these rights and stores may see a page. */
export function sees({ rights, stores }: Pick<SessionAnswer, "rights" | "stores">, page: Page): boolean {
  if (stores !== null && CHAIN_PAGES.includes(page)) return false;
  const right = PAGE_RIGHTS[page];
  return right === null || rights.includes(right);
}
