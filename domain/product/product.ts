import type { Gtin, ImageHash, Instant, PriceListId, ProductId, Sku, TaxClassId, VariantId } from "../ids.ts";
import type { Money } from "../money/money.ts";

/** One sellable form of a product; `options` answers the product's `optionNames` in order ("M", "red"). */
export interface Variant {
  readonly id: VariantId;
  readonly sku: Sku;
  readonly gtins: readonly Gtin[];
  readonly options: readonly string[];
  readonly image: ImageHash | null;
  /** What one piece holds, for the price per kilogram, litre, metre or piece. Absent: nothing that is priced so. */
  readonly content?: Content;
}

/** What a package holds: whole grams, millilitres, millimetres or pieces. */
export interface Content {
  readonly quantity: number;
  readonly unit: "g" | "ml" | "mm" | "piece";
}

/** Charged with each piece of a product: a deposit on its bottle, a levy by law, a bag that it goes into. */
export interface ProductLink {
  readonly variant: VariantId;
  readonly kind: "deposit" | "levy" | "bag";
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
  /** `weight`: its prices are per kilogram. `openPrice`: the colleague types what it costs. Absent: by the piece, at its price. */
  readonly soldBy?: "weight" | "openPrice";
  readonly links?: readonly ProductLink[];
}

/** What one piece costs once there are `from` pieces of the variant in the basket; all of them cost that then. */
export interface QuantityPrice {
  readonly from: number;
  readonly amount: Money;
}

/** A price of one variant on one list, from `validFrom` (inclusive) until `validTo` (exclusive). */
export interface Price {
  readonly list: PriceListId;
  readonly variant: VariantId;
  readonly amount: Money;
  readonly compareAt: Money | null;
  readonly validFrom: Instant | null;
  readonly validTo: Instant | null;
  /** Ascending by `from`, which is 2 or more. Absent: one price for any number. */
  readonly tiers?: readonly QuantityPrice[];
  /** The lowest price on this list in the 30 days before it was reduced, worked out by the server (Directive 98/6/EC, article 6a). Absent: not reduced, or not known. */
  readonly lowest30?: Money;
}
