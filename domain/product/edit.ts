import type { TaxClassId } from "../ids.ts";
import { ok, type Result, refused } from "../result.ts";
import type { Product, ProductStatus } from "./product.ts";

/** What is to be different of a product; what is not said stays. */
export interface ProductEdit {
  readonly title?: string | undefined;
  readonly brand?: string | undefined;
  readonly category?: string | undefined;
  readonly taxClass?: TaxClassId | undefined;
  readonly status?: ProductStatus | undefined;
  readonly addTags?: readonly string[] | undefined;
  readonly removeTags?: readonly string[] | undefined;
}

export type EditedField = "title" | "brand" | "category" | "taxClass" | "status" | "tags";

export interface EditedProduct {
  readonly product: Product;
  /** What is different now, in the order of the fields; nothing where it was so already. */
  readonly fields: readonly EditedField[];
}

const EDITED = ["title", "brand", "category", "taxClass", "status"] as const;

/**
 * A product as an edit makes it. `taxClasses` are those that every store knows: nothing may be sold by a class that a till cannot reckon with.
 * Tags that are there already are not added again; one that is added and removed at once is there in the end.
 */
export function editedProduct(
  product: Product,
  edit: ProductEdit,
  taxClasses: readonly TaxClassId[],
): Result<EditedProduct, "untitled" | "unknownTaxClass"> {
  if (edit.title !== undefined && edit.title.trim() === "") return refused("untitled");
  const { taxClass } = edit;
  if (taxClass !== undefined && taxClass !== product.taxClass && !taxClasses.includes(taxClass))
    return refused("unknownTaxClass");
  const tags = tagsAfter(product.tags, edit);
  const edited: Product = {
    ...product,
    title: edit.title ?? product.title,
    brand: edit.brand ?? product.brand,
    category: edit.category ?? product.category,
    taxClass: taxClass ?? product.taxClass,
    status: edit.status ?? product.status,
    tags,
  };
  const fields: EditedField[] = EDITED.filter((field) => edited[field] !== product[field]);
  if (tags !== product.tags) fields.push("tags");
  return ok({ product: edited, fields });
}

function tagsAfter(
  tags: readonly string[],
  { addTags = [], removeTags = [] }: ProductEdit,
): readonly string[] {
  const added = [...new Set(addTags)];
  const kept = tags.filter((tag) => added.includes(tag) || !removeTags.includes(tag));
  const missing = added.filter((tag) => !kept.includes(tag));
  return missing.length === 0 && kept.length === tags.length ? tags : [...kept, ...missing];
}
