import { useSyncExternalStore } from "react";

/** What the menu leads to. */
export const MENU = [
  "overview",
  "orders",
  "returns",
  "customers",
  "cases",
  "exceptions",
  "tickets",
  "shifts",
  "credits",
  "catalogue",
  "prices",
  "promotions",
  "import",
  "staff",
  "tills",
  "rules",
  "connectors",
] as const;
export type MenuPage = (typeof MENU)[number];

/** What HQ decides for stores: pages beside each other under one entry of the menu. */
export const RULES_PAGES = ["rules", "returnsPolicy", "receiptDesign", "loyalty"] as const;
export type RulesPageName = (typeof RULES_PAGES)[number];

/** What there is about prices, under one entry as well. */
export const PRICES_PAGES = ["prices", "priceLists", "priceCheck", "labels"] as const;
export type PricesPageName = (typeof PRICES_PAGES)[number];

/** Who works for the retailer, what they may do and what they did. */
export const STAFF_PAGES = ["staff", "staffRoles", "timeClock", "approvals", "commission"] as const;
export type StaffPageName = (typeof STAFF_PAGES)[number];

const PAGES = [...MENU, ...RULES_PAGES, ...PRICES_PAGES, ...STAFF_PAGES] as const;
export type Page = (typeof PAGES)[number];

/** Under which entry of the menu a page is. */
export function menuOf(page: Page): MenuPage {
  const own = MENU.find((each) => each === page);
  if (own !== undefined) return own;
  if (STAFF_PAGES.some((each) => each === page)) return "staff";
  return PRICES_PAGES.some((each) => each === page) ? "prices" : "rules";
}

export function addressOf(page: Page): string {
  return `#/${page}`;
}

/** The page that the address names; the first when it names none. */
export function useRoute(): Page {
  return useSyncExternalStore(subscribe, currentPage);
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

function currentPage(): Page {
  return PAGES.find((page) => addressOf(page) === window.location.hash) ?? "overview";
}
