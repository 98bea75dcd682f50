import type { ProductId, StoreId, VariantId } from "../ids.ts";
import { canonicalJson } from "../journal/canonical-json.ts";
import type { Money } from "../money/money.ts";
import type { Price } from "./product.ts";

/** What an import or a change of many products set beside the products themselves, as it was and as it is since. */
export type ValueChange =
  | {
      readonly kind: "price";
      readonly product: ProductId;
      readonly variant: VariantId;
      readonly from: Price | null;
      readonly to: Price;
    }
  | {
      readonly kind: "cost";
      readonly product: ProductId;
      readonly variant: VariantId;
      readonly from: Money | null;
      readonly to: Money;
    }
  | {
      readonly kind: "stock";
      readonly product: ProductId;
      readonly variant: VariantId;
      readonly store: StoreId;
      /** Pieces that the movement of this cause brought; negative where it took some. */
      readonly quantity: number;
      readonly cause: string;
    };

/** Whether two prices say the same to a customer; what was lowest before is worked out again whenever one is written. */
export function isSamePrice(one: Price | null, other: Price | null): boolean {
  return canonicalJson(told(one)) === canonicalJson(told(other));
}

function told(price: Price | null): Omit<Price, "lowest30"> | null {
  if (price === null) return null;
  const { lowest30: _, ...rest } = price;
  return rest;
}
