import { create } from "zustand";
import type { Item, Tile } from "#protocol/till/catalog.ts";
import { client } from "../../app/till.ts";

/** Tiles asked for at a time. */
export const PAGE_TILES = 60;
const MAX_FOUND = 120;

interface CatalogState {
  readonly category: string | null;
  readonly text: string;
  readonly found: readonly Item[] | null;
  readonly total: number;
  readonly pages: ReadonlyMap<number, readonly Tile[]>;
  readonly choosing: { readonly name: string; readonly items: readonly Item[] } | null;
}

const EMPTY = { total: 0, pages: new Map<number, readonly Tile[]>() };

export const useCatalog = create<CatalogState>(() => ({
  category: null,
  text: "",
  found: null,
  choosing: null,
  ...EMPTY,
}));

/** Grows with each question, so that a late answer to an older one is let go. */
let question = 0;
const asked = new Set<number>();

export function showCategory(category: string | null): void {
  asked.clear();
  question += 1;
  useCatalog.setState({ category, text: "", found: null, ...EMPTY });
  void loadPage(0);
}

/** Fetches a page of the grid once. */
export async function loadPage(page: number): Promise<void> {
  if (asked.has(page)) return;
  asked.add(page);
  const mine = question;
  const { category } = useCatalog.getState();
  try {
    const { tiles, total } = await client.call("browse", {
      category,
      offset: page * PAGE_TILES,
      limit: PAGE_TILES,
    });
    if (mine !== question) return;
    useCatalog.setState((state) => ({ total, pages: new Map(state.pages).set(page, tiles) }));
  } catch {
    asked.delete(page);
  }
}

/** Fetches what is shown again after prices, stock or products changed; what is on screen stays until the new is there. */
export async function refreshCatalog(): Promise<void> {
  const { text, pages } = useCatalog.getState();
  if (text !== "") return search(text);
  const wanted = [...new Set([0, ...pages.keys()])];
  for (const page of wanted) asked.delete(page);
  await Promise.all(wanted.map(loadPage));
}

export async function search(text: string): Promise<void> {
  question += 1;
  const mine = question;
  if (text.trim() === "") {
    const { category } = useCatalog.getState();
    return showCategory(category);
  }
  useCatalog.setState({ text });
  try {
    const found = await client.call("search", { text, limit: MAX_FOUND });
    if (mine === question) useCatalog.setState({ found });
  } catch {
    // The banner says that the engine is away; the search is asked again when it is back.
  }
}

export function clearSearch(): void {
  showCategory(useCatalog.getState().category);
}

/** Opens the sheet that asks which variant is meant. */
export async function chooseVariant(tile: Tile): Promise<void> {
  const items = await client.call("variants", { product: tile.product });
  useCatalog.setState({ choosing: { name: tile.name, items } });
}

export function closeChoice(): void {
  useCatalog.setState({ choosing: null });
}
