import type { StoreId, VariantId } from "../ids.ts";

/** Where pieces of an article lie: the goods of one variant in one store. */
export interface Shelf {
  readonly store: StoreId;
  readonly variant: VariantId;
}

/** The same for the same shelf, and for no other: ids hold no space. */
export function shelfKey({ store, variant }: Shelf): string {
  return `${store} ${variant}`;
}
