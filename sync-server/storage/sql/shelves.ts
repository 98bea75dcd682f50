import { idOf } from "#domain/ids.ts";
import type { Shelf } from "#domain/stock/shelf.ts";
import type { Row } from "./database.ts";

/**
 * The shelves of `shelvesAsked` for which `asked` gives something, a question about the shelf `w.store`, `w.variant`; its answer is `found`. Each is looked up by itself: where
 * it is a join, a planner that does not know how many they are goes through whole tables.
 */
export function ofShelves(asked: string): string {
  return `SELECT x.store, x.variant, x.found FROM (SELECT w.store, w.variant, (${asked}) AS found
    FROM (SELECT value ->> 'store' AS store, value ->> 'variant' AS variant FROM json_each(?)) AS w) AS x WHERE x.found > 0`;
}

/** Each shelf once. */
export function shelvesAsked(shelves: readonly Shelf[]): string {
  const texts = shelves.map(({ store, variant }) => JSON.stringify({ store, variant }));
  return `[${[...new Set(texts)].join(",")}]`;
}

/** The shelf that a row with its two columns is of. */
export function shelfIn({ store, variant }: Row): Shelf {
  return { store: idOf<"Store">(String(store)), variant: idOf<"Variant">(String(variant)) };
}
