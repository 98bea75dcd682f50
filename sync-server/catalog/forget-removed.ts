import { instant } from "#domain/ids.ts";
import { KEEP_REMOVED_MS } from "#domain/product/removed-product.ts";
import type { WriteTransaction } from "../storage/port.ts";

/** Forgotten in one turn; what is left is forgotten in the next. */
const MAX_PER_TURN = 500;

/** Forgets what was kept of products that were deleted too long ago; their pictures are shown by nothing from then on. Safe to call at any time. */
export async function forgetRemoved(tx: WriteTransaction, at: number): Promise<void> {
  const before = instant(Math.max(0, at - KEEP_REMOVED_MS));
  for (const id of await tx.removedBefore({ before, limit: MAX_PER_TURN })) {
    await tx.dropRemovedProduct(id);
    // One of the same name that came since says by itself what it shows.
    if ((await tx.product(id)) === null)
      await tx.putPictureUses({ product: id, hashes: [], at: instant(at) });
  }
}
