import type { Instant, VariantId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { CatalogueProduct, ProductLogEntry } from "./catalogue-product.ts";
import type { ProductTrouble } from "./check-product.ts";
import type { Price } from "./product.ts";

/** So long a product that was deleted can come back with all it had, milliseconds; its pictures are kept so long as well. */
export const KEEP_REMOVED_MS = 90 * 24 * 3_600_000;

/** All that went from the catalogue with a product. Its stock, movements and history never went. */
export interface RemovedProduct extends CatalogueProduct {
  /** The place in its history of its being deleted. */
  readonly cursor: number;
  readonly at: Instant;
  readonly by: ProductLogEntry["by"];
  /** Of every list, those that are over and those that are to begin as well. */
  readonly prices: readonly Price[];
  readonly costs: readonly { readonly variant: VariantId; readonly cost: Money }[];
}

export type ComeBackRefusal =
  /** SKUs, GTINs or its handle, as they are written: another product has them by now. */
  | { readonly kind: "codesTaken"; readonly codes: readonly string[] }
  /** Not every store knows its tax class any more. */
  | { readonly kind: "taxClassGone"; readonly taxClass: string };

/**
 * What of all that is wrong with a product that is to come back keeps it from doing so; null: nothing. It came into the catalogue once with whatever else
 * is wrong with it, so that keeps it from nothing now.
 */
export function comeBackRefusal(troubles: readonly ProductTrouble[]): ComeBackRefusal | null {
  const codes = troubles.filter(({ fault }) => fault === "taken").map(({ value }) => value);
  if (codes.length > 0) return { kind: "codesTaken", codes: [...new Set(codes)] };
  const gone = troubles.find(({ field }) => field === "taxClass");
  return gone === undefined ? null : { kind: "taxClassGone", taxClass: gone.value };
}

/** Whether a change of the history is the product's being deleted. */
export function isRemoval({ changes }: Pick<ProductLogEntry, "changes">): boolean {
  return changes.some(({ field, variant, to }) => field === "product" && variant === null && to === null);
}
