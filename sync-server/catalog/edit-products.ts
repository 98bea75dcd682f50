import type { ProductId, TaxClassId } from "#domain/ids.ts";
import { type EditedProduct, editedProduct, type ProductEdit } from "#domain/product/edit.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import type { ReadTransaction } from "../storage/port.ts";
import type { Publication } from "../sync/publisher.ts";
import { catalogueProduct, type ProductAct, writeProduct } from "./save-product.ts";

export interface WishedEdit {
  readonly product: ProductId;
  readonly change: ProductEdit;
}

/** Why nothing was saved, and because of which product. */
export interface EditRefusal {
  readonly trouble: "unknownProduct" | "untitled" | "unknownTaxClass";
  readonly product: ProductId;
}

/** What edits would make of products; those that are so already are among them, with no field. */
export async function editedProducts(
  tx: ReadTransaction,
  edits: readonly WishedEdit[],
): Promise<Result<readonly (EditedProduct & { readonly before: EditedProduct["product"] })[], EditRefusal>> {
  const taxClasses = await commonTaxClasses(tx);
  const all: (EditedProduct & { readonly before: EditedProduct["product"] })[] = [];
  for (const { product: id, change } of edits) {
    const before = await tx.product(id);
    if (before === null) return refused({ trouble: "unknownProduct", product: id });
    const edited = editedProduct(before, change, taxClasses);
    if (!edited.ok) return refused({ trouble: edited.reason, product: id });
    all.push({ ...edited.value, before });
  }
  return ok(all);
}

/** Saves all these edits, or none and says why not. Answers how many products are different now; the tills learn of those alone. */
export async function saveEdits(
  publication: Publication,
  edits: readonly WishedEdit[],
  act: ProductAct,
): Promise<Result<number, EditRefusal>> {
  const edited = await editedProducts(publication.tx, edits);
  if (!edited.ok) return edited;
  const changed = edited.value.filter(({ fields }) => fields.length > 0);
  for (const { product } of changed) {
    const before = await catalogueProduct(publication.tx, product.id);
    if (before !== null) await writeProduct(publication, { before, after: { ...before, product }, ...act });
  }
  return ok(changed.length);
}

/** The classes that every store can reckon with. */
async function commonTaxClasses(tx: ReadTransaction): Promise<readonly TaxClassId[]> {
  const [first, ...others] = await tx.stores();
  const known = (first?.tax.classes ?? []).map(({ id }) => id);
  return known.filter((id) => others.every(({ tax }) => tax.classes.some((each) => each.id === id)));
}
