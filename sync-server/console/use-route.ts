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
  "credits",
  "catalogue",
  "promotions",
  "import",
  "tills",
  "rules",
  "connectors",
] as const;
export type MenuPage = (typeof MENU)[number];

/** What HQ decides for stores: pages beside each other under one entry of the menu. */
export const RULES_PAGES = ["rules", "returnsPolicy", "receiptDesign", "loyalty"] as const;
export type RulesPageName = (typeof RULES_PAGES)[number];

const PAGES = [...MENU, "returnsPolicy", "receiptDesign", "loyalty"] as const;
export type Page = (typeof PAGES)[number];

/** Under which entry of the menu a page is. */
export function menuOf(page: Page): MenuPage {
  return MENU.find((each) => each === page) ?? "rules";
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
