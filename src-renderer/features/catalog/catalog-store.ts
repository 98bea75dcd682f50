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

/** Shows what fits these letters, which stand in the search unless `shown` does; none shows the shelves again. Answers what does; null where nobody could be asked, or there was nothing to ask. */
export async function search(text: string, shown: string = text): Promise<readonly Item[] | null> {
  if (text.trim() === "") {
    clearSearch();
    return null;
  }
  question += 1;
  const mine = question;
  useCatalog.setState({ text: shown });
  try {
    const found = await client.call("search", { text, limit: MAX_FOUND });
    if (mine === question) useCatalog.setState({ found });
    return found;
  } catch {
    // As above: it is asked again when the engine is back.
    return null;
  }
}

/** What Enter means in the search: an article, or a code typed by hand where the shelves have nothing of the kind. */
export type Entered = { readonly item: Item } | { readonly code: string };

/** One word with a digit in it, as long as the shortest code that is printed on anything. */
const CODE = /^(?=\S*\d)\S{4,}$/;

/**
 * Takes what stands in the search, as Enter does, and hands on what it means: the article whose code it is, the one that is left, or a code. The search is free for the next article at once; what means nothing, or what `take` has no
 * use for (it answers so), stands there again unless something else does by then. Asked for anew: Enter may follow right upon the last letter, and what is shown be of an older one.
 */
export async function enter(take: (entered: Entered) => Promise<boolean>): Promise<void> {
  const { text } = useCatalog.getState();
  if (text.trim() === "") return;
  const found = await search(text, "");
  const meant = found === null ? null : meaningOf(text.trim(), found);
  const isTaken = meant !== null && (await take(meant));
  if (useCatalog.getState().text !== "") return;
  if (isTaken) clearSearch();
  else useCatalog.setState(found === null ? { text } : { text, found });
}

function meaningOf(text: string, found: readonly Item[]): Entered | null {
  const isCode = CODE.test(text);
  const word = text.toLowerCase();
  const exact = found.find(({ sku, gtin }) => sku.toLowerCase() === word || gtin === text);
  if (exact !== undefined) return { item: exact };
  const [item] = found;
  if (item === undefined) return isCode ? { code: text } : null;
  if (found.length > 1) return null;
  // Letters are forgiven a slip, and then the article is seen to be another; of a code nobody would see it.
  const reads = [item.sku, item.gtin ?? "", item.name, ...item.options].join(" ").toLowerCase();
  return isCode && !reads.includes(word) ? { code: text } : { item };
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
