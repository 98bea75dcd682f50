import { useSyncExternalStore } from "react";

export const PAGES = [
  "overview",
  "orders",
  "customers",
  "exceptions",
  "tickets",
  "catalogue",
  "import",
  "tills",
  "rules",
  "connectors",
] as const;
export type Page = (typeof PAGES)[number];

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
