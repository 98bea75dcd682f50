import { reachesStore, type StoreReach } from "#domain/access/roles.ts";
import type { StoreId } from "#domain/ids.ts";
import { bulkPriceSchema, bulkStockSchema } from "#protocol/hq/bulk.ts";
import { setPriceIn } from "../set-price.ts";
import type { BulkWork, LineOutcome } from "./bulk.ts";

/** Prices as another system has them, from now on. */
export const bulkPrices: BulkWork<typeof bulkPriceSchema> = {
  schema: bulkPriceSchema,
  async apply(publication, line): Promise<LineOutcome> {
    const set = await setPriceIn(publication, line);
    if (!set.ok) return { ok: false, reason: set.reason, details: [] };
    return { ok: true, changed: set.value.from?.minor !== set.value.to.minor };
  },
};

/** What there is in stores, as another system has counted it: the difference is booked. Of stores that whoever asks does not work for, none is known. */
export function bulkStock({
  cause,
  reach,
}: {
  readonly cause: string;
  readonly reach: StoreReach;
}): BulkWork<typeof bulkStockSchema> {
  return {
    schema: bulkStockSchema,
    async apply(publication, { sku, store: code, onHand }, row): Promise<LineOutcome> {
      const { tx, at } = publication;
      const store = await tx.storeByCode(code);
      if (store === null || !reachesStore(reach, store.store))
        return { ok: false, reason: "unknownStore", details: [] };
      const owner = await tx.variantBySku(sku);
      if (owner === null) return { ok: false, reason: "unknownSku", details: [] };
      const where: { readonly store: StoreId; readonly variant: typeof owner.variant } = {
        store: store.store,
        variant: owner.variant,
      };
      const quantity = onHand - (await tx.onHand(where));
      if (quantity === 0) return { ok: true, changed: false };
      const level = await tx.addMovement(
        { ...where, quantity, reason: { kind: "import" } },
        { cause: `${cause}:${row}`, at },
      );
      if (level !== null) await publication.putStockLevel({ ...where, onHand: level });
      return { ok: true, changed: level !== null };
    },
  };
}
