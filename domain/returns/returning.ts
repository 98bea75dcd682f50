import type { LineId, Sku, StaffId, TaxClassId, VariantId } from "../ids.ts";
import type { Money } from "../money/money.ts";
import type { Disposition, GoodsCondition, ReturnReason } from "./goods.ts";
import { isSamePurchase, type PurchaseLineRef, type PurchaseRef } from "./purchase.ts";
import type { PromotionsOnReturn } from "./repricing.ts";
import type { Standing } from "./returned.ts";

/** What is said of goods that come back. */
export interface ReturnedGoods {
  readonly id: LineId;
  readonly quantity: number;
  readonly reason: ReturnReason;
  readonly condition: GoodsCondition;
  readonly disposition: Disposition;
}

/** A line of goods that come back, in a basket: of a purchase, or without a receipt at the price given for such. */
export type BasketReturn =
  | (ReturnedGoods & { readonly kind: "receipted"; readonly of: PurchaseLineRef })
  | (ReturnedGoods & {
      readonly kind: "unreceipted";
      readonly variant: VariantId;
      readonly sku: Sku;
      readonly name: string;
      readonly options: readonly string[];
      readonly taxClass: TaxClassId;
      readonly unitPrice: Money;
    });

/** What comes back with a basket, all of it in the basket's currency. The purchases stand here as they were known when they were found. */
export interface Returning {
  readonly standings: readonly Standing[];
  readonly lines: readonly BasketReturn[];
  readonly promotions: PromotionsOnReturn;
  /** Those of the purchases that were opened by a gift receipt: who brings them did not pay, and gets credit or other goods. */
  readonly gifts?: readonly PurchaseRef[];
  /** Another till may be taking the same purchases back: cash that is given back is never rounded up. */
  readonly roundsDown?: boolean;
  /** A manager's word for what stood in the way when it was given: `covers` names that. What comes up later needs another. */
  readonly override: {
    readonly manager: StaffId;
    readonly reason: string;
    readonly covers?: readonly string[];
  } | null;
  /** What was seen of an identity document. */
  readonly identity: string | null;
}

/** Whether something comes back that was given to whoever brings it. */
export function bringsGifts({ gifts = [], lines }: Returning): boolean {
  return lines.some(
    (line) => line.kind === "receipted" && gifts.some((gift) => isSamePurchase(gift, line.of.purchase)),
  );
}

export function standingOf({ standings }: Returning, purchase: PurchaseRef): Standing | null {
  return standings.find((each) => isSamePurchase(each.purchase.ref, purchase)) ?? null;
}
