/** How many rows each unfolded product has beneath it, by its place among the products. */
export type Unfolded = ReadonlyMap<number, number>;

/** How many rows there are in all. */
export function rowCount(products: number, unfolded: Unfolded): number {
  let count = products;
  for (const beneath of unfolded.values()) count += beneath;
  return count;
}

/** Which product stands in a row, or which variant beneath one (`variant` counts from 0; -1: the product itself). */
export function placeAt(
  row: number,
  unfolded: Unfolded,
): { readonly product: number; readonly variant: number } {
  let before = 0;
  for (const [product, beneath] of [...unfolded].toSorted(([one], [other]) => one - other)) {
    const at = product + before;
    if (row <= at) break;
    if (row <= at + beneath) return { product, variant: row - at - 1 };
    before += beneath;
  }
  return { product: row - before, variant: -1 };
}
