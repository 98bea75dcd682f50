import { create } from "zustand";
import type { Item, Tile } from "#protocol/till/catalog.ts";
import { openOverlay } from "../../app/overlay.ts";
import { client, tell } from "../../app/till.ts";
import { refusalWords } from "../../i18n/translate.ts";

/** Tiles asked for at a time. */
export const PAGE_TILES = 60;
export const MAX_FOUND = 120;

interface CatalogState {
  /** Null is every shelf. */
  readonly category: string | null;
  readonly text: string;
  /** What the search found; null while the shelves are shown. */
  readonly found: readonly Item[] | null;
  readonly total: number;
  readonly pages: ReadonlyMap<number, readonly Tile[]>;
}

const EMPTY = { total: 0, pages: new Map<number, readonly Tile[]>() };

export const useCatalog = create<CatalogState>(() => ({
  category: null,
  text: "",
  found: null,
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

/** Fetches the pages that hold these tiles, each once. */
export function loadPages({ from, until }: { readonly from: number; readonly until: number }): void {
  for (let page = Math.floor(from / PAGE_TILES); page * PAGE_TILES < until; page += 1) void loadPage(page);
}

async function loadPage(page: number): Promise<void> {
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
    // The banner says that the engine is away; it is asked again when it tells of its catalogue.
    asked.delete(page);
  }
}

/** Fetches what is shown again after prices, stock or products changed; what is on screen stays until the new is there. */
export async function refreshCatalog(): Promise<void> {
  const { text, pages } = useCatalog.getState();
  if (text.trim() !== "") return void (await search(text));
  const wanted = [...new Set([0, ...pages.keys()])];
  for (const page of wanted) asked.delete(page);
  await Promise.all(wanted.map(loadPage));
}

/** Shows what fits these letters; none shows the shelves again. Answers what does; null where nobody could be asked, or there was nothing to ask. */
export async function search(text: string): Promise<readonly Item[] | null> {
  if (text.trim() === "") {
    clearSearch();
    return null;
  }
  question += 1;
  const mine = question;
  useCatalog.setState({ text });
  try {
    const found = await client.call("search", { text, limit: MAX_FOUND });
    if (mine === question) useCatalog.setState({ found });
    return found;
  } catch {
    // As above: it is asked again when the engine is back.
    return null;
  }
}

/** What Enter means in the search: the one article that is left, or a code typed by hand where the shelves have nothing of the kind. */
export type Entered = { readonly item: Item } | { readonly code: string };

/** One word with a digit in it, as long as the shortest code that is printed on anything. */
const CODE = /^(?=\S*\d)\S{4,}$/;

/** Null where there are several articles, or no words that are a code. Asked for anew: Enter may follow right upon the last letter, and what is shown be of an older one. */
export async function entered(): Promise<Entered | null> {
  const { text } = useCatalog.getState();
  if (text.trim() === "") return null;
  const found = await search(text);
  const [item] = found ?? [];
  if (item !== undefined) return found?.length === 1 ? { item } : null;
  return found !== null && CODE.test(text.trim()) ? { code: text.trim() } : null;
}

/** Goes on with what stands in the search: someone began to type without going there first. */
export function typeAhead(letters: string): void {
  void search(useCatalog.getState().text + letters);
}

export function clearSearch(): void {
  showCategory(useCatalog.getState().category);
}

/** Asks which form of the product is meant. */
export async function chooseVariant(tile: Tile): Promise<void> {
  try {
    const items = await client.call("variants", { product: tile.product });
    openOverlay({ kind: "variants", name: tile.name, items });
  } catch {
    tell("refusal", refusalWords("engineAway"));
  }
}
