import { useMemo, useSyncExternalStore } from "react";

/** What the menu leads to, in groups of what belongs together. */
export const MENU_GROUPS = [
  ["overview", "exceptions", "reports"],
  ["orders", "returns", "tickets", "shifts"],
  ["customers", "cases", "credits"],
  ["catalogue", "prices", "promotions"],
  ["staff", "tills", "rules", "connectors"],
] as const;
export type MenuPage = (typeof MENU_GROUPS)[number][number];
const MENU: readonly MenuPage[] = MENU_GROUPS.flat();

/** The catalogue and what fills it. */
export const CATALOGUE_PAGES = ["catalogue", "import"] as const;
export type CataloguePageName = (typeof CATALOGUE_PAGES)[number];

/** What HQ decides for stores: pages beside each other under one entry of the menu. */
export const RULES_PAGES = ["rules", "returnsPolicy", "receiptDesign", "loyalty"] as const;
export type RulesPageName = (typeof RULES_PAGES)[number];

/** What there is about prices, under one entry as well. */
export const PRICES_PAGES = ["prices", "priceLists", "priceCheck", "labels"] as const;
export type PricesPageName = (typeof PRICES_PAGES)[number];

/** Who works for the retailer, what they may do and what they did. */
export const STAFF_PAGES = ["staff", "staffRoles", "timeClock", "approvals", "commission"] as const;
export type StaffPageName = (typeof STAFF_PAGES)[number];

/** Pages under one entry of the menu, the entry itself first. */
const TABBED = [CATALOGUE_PAGES, RULES_PAGES, PRICES_PAGES, STAFF_PAGES] as const;
export type Page = MenuPage | (typeof TABBED)[number][number];
const PAGES: readonly Page[] = [...new Set<Page>([...MENU, ...TABBED.flat()])];

/** Under which entry of the menu a page is. */
export function menuOf(page: Page): MenuPage {
  const tabs = TABBED.find((pages) => pages.some((each) => each === page));
  const entry = tabs === undefined ? page : tabs[0];
  return MENU.find((each) => each === entry) ?? "overview";
}

/** What a page is to show, as its address says it: `#/tickets?store=BER1`. */
export type Ask = Readonly<Record<string, string>>;

export function addressOf(page: Page, ask: Ask = {}): string {
  const query = new URLSearchParams(Object.entries(ask).filter(([, value]) => value !== "")).toString();
  return query === "" ? `#/${page}` : `#/${page}?${query}`;
}

/** The page that the address names; the first when it names none. */
export function useRoute(): Page {
  return pageOf(useSyncExternalStore(subscribe, currentHash));
}

/** What the address asks of the page besides its name. */
export function useAsk(): Ask {
  const hash = useSyncExternalStore(subscribe, currentHash);
  return useMemo(() => Object.fromEntries(new URLSearchParams(hash.split("?")[1] ?? "")), [hash]);
}

/** Writes into the address what the page shows now, so that it can be kept, sent and gone back to; `replace` leaves no step to go back to. */
export function showAsk(page: Page, ask: Ask, { replace = true }: { readonly replace?: boolean } = {}): void {
  const address = addressOf(page, ask);
  if (address === window.location.hash) return;
  if (!replace) {
    window.location.hash = address;
    return;
  }
  window.history.replaceState(null, "", address);
  // Replacing is silent, and others read the address too.
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

function currentHash(): string {
  return window.location.hash;
}

function pageOf(hash: string): Page {
  const [address = ""] = hash.split("?");
  return PAGES.find((page) => addressOf(page) === address) ?? "overview";
}
