import type { Gtin, ImageHash, Instant, PriceListId, ProductId, Sku, TaxClassId, VariantId } from "../ids.ts";
import type { Money } from "../money/money.ts";

/** One sellable form of a product; `options` answers the product's `optionNames` in order ("M", "red"). */
export interface Variant {
  readonly id: VariantId;
  readonly sku: Sku;
  readonly gtins: readonly Gtin[];
  readonly options: readonly string[];
  readonly image: ImageHash | null;
}

export type ProductStatus = "active" | "draft" | "archived";

export interface Product {
  readonly id: ProductId;
  /** The web shop's name for it in addresses; unique; the key under which a CSV import finds it again. */
  readonly handle: string;
  readonly title: string;
  readonly brand: string;
  readonly category: string;
  readonly tags: readonly string[];
  readonly taxClass: TaxClassId;
  readonly status: ProductStatus;
  readonly optionNames: readonly string[];
  readonly variants: readonly Variant[];
  readonly image: ImageHash | null;
}

/** A price of one variant on one list, from `validFrom` (inclusive) until `validTo` (exclusive). */
export interface Price {
  readonly list: PriceListId;
  readonly variant: VariantId;
  readonly amount: Money;
  readonly compareAt: Money | null;
  readonly validFrom: Instant | null;
  readonly validTo: Instant | null;
}
