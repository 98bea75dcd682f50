import { idOf } from "#domain/ids.ts";
import type { Shelf } from "#domain/stock/shelf.ts";
import type { Row } from "./database.ts";

/** Shelves that are asked for together: what a statement joins them by, whose value is `shelvesAsked`. */
export const SHELVES = "json_each(?) w";
export const SHELF = { store: "w.value ->> 'store'", variant: "w.value ->> 'variant'" } as const;

/** Each shelf once. */
export function shelvesAsked(shelves: readonly Shelf[]): string {
  const texts = shelves.map(({ store, variant }) => JSON.stringify({ store, variant }));
  return `[${[...new Set(texts)].join(",")}]`;
}

/** The shelf that a row with its two columns is of. */
export function shelfIn({ store, variant }: Row): Shelf {
  return { store: idOf<"Store">(String(store)), variant: idOf<"Variant">(String(variant)) };
}
