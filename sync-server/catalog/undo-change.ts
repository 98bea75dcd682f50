import type { ProductId } from "#domain/ids.ts";
import type { FieldChange, ProductLogEntry } from "#domain/product/catalogue-product.ts";
import { takenBack } from "#domain/product/product-changes.ts";
import { isRemoval } from "#domain/product/removed-product.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { productSchema } from "#protocol/documents/product.ts";
import { productDetailsSchema } from "#protocol/hq/product.ts";
import type { Publication } from "../sync/publisher.ts";
import { type RemoveRefusal, type RestoreRefusal, removeProduct, restoreProduct } from "./remove-product.ts";
import { catalogueProduct, type SavedProduct, type SaveRefusal, saveProduct } from "./save-product.ts";

export type UndoRefusal =
  | SaveRefusal
  | { readonly kind: "unknownEntry" }
  /** These became something else again since. */
  | { readonly kind: "overtaken"; readonly fields: readonly Pick<FieldChange, "field" | "variant">[] }
  | { readonly kind: "changedSince" }
  | RemoveRefusal
  | RestoreRefusal;

/** Takes one change of a product back; what others changed elsewhere since stays, and what they changed at the same place keeps it from being taken back. */
export async function undoChange(
  publication: Publication,
  {
    product: id,
    entry: cursor,
    by,
    cause = `undo:${cursor}`,
  }: {
    readonly product: ProductId;
    readonly entry: number;
    readonly by: ProductLogEntry["by"];
    readonly cause?: string;
  },
): Promise<Result<SavedProduct, UndoRefusal>> {
  const { tx } = publication;
  const entry = await tx.productLogEntry(cursor);
  if (entry === null || entry.product !== id) return refused({ kind: "unknownEntry" });
  if (isRemoval(entry)) return restoreProduct(publication, { id, entry: cursor, by, cause });
  const now = await catalogueProduct(tx, id);
  if (now === null) return refused({ kind: "unknownProduct" });
  if (entry.created) {
    const [newest] = await tx.productLog({ product: id, before: null, limit: 1 });
    if (newest?.cursor !== cursor) return refused({ kind: "changedSince" });
    const removed = await removeProduct(publication, { id, by, cause });
    return removed.ok ? ok({ id, version: "", seq: removed.value, entry: null }) : removed;
  }
  const back = takenBack(now, entry.changes);
  if (!back.ok) return refused({ kind: "overtaken", fields: back.reason.fields });
  const wanted = {
    product: productSchema.parse(back.value.product),
    details: productDetailsSchema.parse(back.value.details),
  };
  return saveProduct(publication, { wanted, base: null, by, cause });
}
