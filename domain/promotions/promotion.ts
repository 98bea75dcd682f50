import type { Instant, PromotionId, VariantId } from "../ids.ts";
import type { Money } from "../money/money.ts";

/** Which goods a promotion is about. */
export type PromotedGoods =
  | { readonly kind: "all" }
  | { readonly kind: "categories"; readonly categories: readonly string[] }
  | { readonly kind: "variants"; readonly variants: readonly VariantId[] };

export type PromotionRule =
  /** Goods worth at least so much at their prices: a share (parts per million) or an amount off. */
  | {
      readonly kind: "fromValue";
      readonly goods: PromotedGoods;
      readonly least: Money;
      readonly off:
        | { readonly kind: "percent"; readonly ppm: number }
        | { readonly kind: "amount"; readonly amount: Money };
    }
  /** Of every `size` pieces only `pays` are paid, the dearest of them ("3 for 2"). */
  | {
      readonly kind: "piecesFor";
      readonly goods: PromotedGoods;
      readonly size: number;
      readonly pays: number;
    }
  /** A set of all components at one price. */
  | {
      readonly kind: "bundle";
      readonly components: readonly { readonly goods: PromotedGoods; readonly each: number }[];
      readonly price: Money;
    };

/** Money off by rule, decided at HQ. Replica collection `promotions`. */
export interface Promotion {
  readonly id: PromotionId;
  /** As the customer reads it on the receipt. */
  readonly name: string;
  readonly validFrom: Instant;
  /** Null: until further notice. */
  readonly validUntil: Instant | null;
  /** The higher one comes first; among equals the lower id. A piece takes part in one promotion. */
  readonly priority: number;
  readonly rule: PromotionRule;
}

/** Those that hold at a moment, in the order in which they are granted. */
export function promotionsAt(promotions: readonly Promotion[], at: Instant): readonly Promotion[] {
  return promotions
    .filter(({ validFrom, validUntil }) => validFrom <= at && (validUntil === null || at < validUntil))
    .toSorted((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
}

export function isPromoted(
  goods: PromotedGoods,
  { variant, category }: { readonly variant: VariantId; readonly category: string | null },
): boolean {
  switch (goods.kind) {
    case "all":
      return true;
    case "categories":
      return category !== null && goods.categories.includes(category);
    case "variants":
      return goods.variants.includes(variant);
  }
}
