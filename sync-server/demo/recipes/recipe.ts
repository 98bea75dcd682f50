import type { Content } from "#domain/product/product.ts";
import type { Colour } from "../colours.ts";
import type { SilhouetteName } from "../pictures/draw.ts";

/** The choices a product comes in besides its colour. */
export interface Sizes {
  readonly option: string;
  readonly values: readonly string[];
}

/** How one kind of article is made up: every product of it gets a brand, a title, colours, sizes and a price of its own. */
export interface Recipe {
  readonly category: string;
  /** Three capitals that begin the SKU. */
  readonly code: string;
  readonly silhouette: SilhouetteName;
  readonly brands: readonly string[];
  /** `{name}` and `{kind}` are replaced by one of the lists below. */
  readonly titles: readonly string[];
  readonly names: readonly string[];
  readonly kinds: readonly string[];
  readonly colours: readonly Colour[];
  /** How many of the colours one product comes in; with `painted` the colour only paints the picture. */
  readonly coloursPerProduct: { readonly from: number; readonly to: number } | "painted";
  readonly sizes: Sizes | null;
  readonly taxClass: "standard" | "reduced";
  /** Whole euros; `ending` cents are added. */
  readonly euros: { readonly from: number; readonly to: number };
  readonly endings: readonly number[];
  readonly products: number;
  readonly tags: readonly string[];
  /** Pieces of one variant on one store's shelf. */
  readonly shelf: { readonly from: number; readonly to: number };
  /** Made at the counter: no barcode. */
  readonly freshlyMade?: true;
  /** What each package holds, where its size does not say it. */
  readonly content?: Content;
}

export const NINETY_FIVE: readonly number[] = [95];
