import type { Item, Tile } from "#protocol/till/catalog.ts";

/** What a tile of the grid shows, whether it came from browsing or from a search. */
export type Shown =
  | { readonly kind: "tile"; readonly tile: Tile }
  | { readonly kind: "item"; readonly item: Item };

export function keyOf(shown: Shown): string {
  return shown.kind === "tile" ? shown.tile.product : shown.item.variant;
}
