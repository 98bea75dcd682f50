import { useMemo, useSyncExternalStore } from "react";

/** What the menu leads to, in groups of what belongs together. */
export const MENU_GROUPS = [
  ["overview", "exceptions", "reports", "dataAudit"],
  ["orders", "returns", "tickets", "shifts"],
  ["customers", "cases", "credits"],
  ["catalogue", "stock", "prices", "promotions"],
  ["staff", "stores", "tills", "rules", "connectors", "users"],
] as const;
export type MenuPage = (typeof MENU_GROUPS)[number][number];
const MENU: readonly MenuPage[] = MENU_GROUPS.flat();

/** The catalogue and what fills it. */
export const CATALOGUE_PAGES = ["catalogue", "import", "bulkEdits"] as const;
export type CataloguePageName = (typeof CATALOGUE_PAGES)[number];

/** Goods in the stores: how many there are, and what is done about them. */
export const STOCK_PAGES = ["stock", "counts", "deliveries", "reservations", "replenishment"] as const;
export type StockPageName = (typeof STOCK_PAGES)[number];

/** What HQ decides for stores: pages beside each other under one entry of the menu. */
export const RULES_PAGES = ["rules", "returnsPolicy", "receiptDesign", "loyalty"] as const;
export type RulesPageName = (typeof RULES_PAGES)[number];

/** What there is about prices, under one entry as well. */
export const PRICES_PAGES = ["prices", "priceLists", "priceCheck", "labels"] as const;
export type PricesPageName = (typeof PRICES_PAGES)[number];

/** Who works for the retailer, what they may do and what they did. */
export const STAFF_PAGES = ["staff", "staffRoles", "timeClock", "approvals", "commission"] as const;
export type StaffPageName = (typeof STAFF_PAGES)[number];

/** Other programs: connected shops, whom events are told, what happened, keys. */
export const INTEGRATION_PAGES = ["connectors", "webhooks", "events", "apiKeys"] as const;
export type IntegrationPageName = (typeof INTEGRATION_PAGES)[number];

/** Who may sign in to the console, and what they did. */
export const USERS_PAGES = ["users", "auditLog"] as const;
export type UsersPageName = (typeof USERS_PAGES)[number];

/** What is about whoever is signed in; it is reached by their name, not by the menu. */
const OWN_PAGES = ["account"] as const;

/** Pages under one entry of the menu, the entry itself first. */
const TABBED = [
  CATALOGUE_PAGES,
  STOCK_PAGES,
  RULES_PAGES,
  PRICES_PAGES,
  STAFF_PAGES,
  INTEGRATION_PAGES,
  USERS_PAGES,
] as const;

/** Pages about one of the things that another page lists. */
const BENEATH = { product: "catalogue" } as const satisfies Readonly<Record<string, MenuPage>>;

export type Page =
  | MenuPage
  | (typeof TABBED)[number][number]
  | (typeof OWN_PAGES)[number]
  | keyof typeof BENEATH;
const PAGES: readonly Page[] = [...new Set<Page>([...MENU, ...TABBED.flat(), ...OWN_PAGES, "product"])];

/** Pages that one entry of the menu leads to. */
export function pagesUnder(entry: MenuPage): readonly Page[] {
  return TABBED.find(([first]) => first === entry) ?? [entry];
}

/** Under which entry of the menu a page is; null: under none. */
export function menuOf(page: Page): MenuPage | null {
  if (page === "product") return BENEATH[page];
  const tabs = TABBED.find((pages) => pages.some((each) => each === page));
  const entry = tabs === undefined ? page : tabs[0];
  return MENU.find((each) => each === entry) ?? null;
}

/** What a page is to show, as its address says it: `#/tickets?store=BER1`. */
export type Ask = Readonly<Record<string, string>>;

export function addressOf(page: Page, ask: Ask = {}): string {
  const query = new URLSearchParams(Object.entries(ask).filter(([, value]) => value !== "")).toString();
  return query === "" ? `#/${page}` : `#/${page}?${query}`;
}

/** The page of that name; null: this console has none. */
export function pageCalled(name: string): Page | null {
  return PAGES.find((page) => page === name) ?? null;
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

/**
 * Writes into the address what the page shows now, so that it can be kept, sent and gone back to; `replace` leaves no step to go back to. A page that is
 * being left, or has been, writes nothing: the address is the next one's already.
 */
export function showAsk(page: Page, ask: Ask, { replace = true }: { readonly replace?: boolean } = {}): void {
  if (pageOf(window.location.hash) !== page) return;
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

/** Goes to a page, as a link to it does. */
export function goTo(page: Page, ask: Ask = {}): void {
  window.location.hash = addressOf(page, ask);
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

/** The address that is shown while leaving it is held back; null: it is not. */
let held: string | null = null;

/** Holds back whatever address is gone to, and tells it, until what it answers is called: nobody sees the page change meanwhile. */
export function holdAddress(onWanted: (hash: string) => void): () => void {
  const here = window.location.hash;
  held = here;
  const onHashChange = (event: Event) => {
    const { hash } = window.location;
    if (hash === here) return;
    event.stopImmediatePropagation();
    window.history.replaceState(null, "", here);
    onWanted(hash);
  };
  window.addEventListener("hashchange", onHashChange, { capture: true });
  return () => {
    held = null;
    window.removeEventListener("hashchange", onHashChange, { capture: true });
  };
}

function currentHash(): string {
  return held ?? window.location.hash;
}

function pageOf(hash: string): Page {
  const [address = ""] = hash.split("?");
  return PAGES.find((page) => addressOf(page) === address) ?? "overview";
}
