import type { VariantId } from "../ids.ts";
import { type Money, money } from "../money/money.ts";
import type { Product } from "../product/product.ts";
import type { DeliveryLine } from "./delivery.ts";

/** What pieces are worth at cost: what one costs times so many; below zero where they are missing. Null: nobody knows the cost. */
export function worthOf(pieces: number, cost: Money | null): Money | null {
  return cost === null ? null : money(cost.minor * pieces, cost.currency);
}

/** Pieces of a level that are worth something: where books say less than none there are none. */
export function piecesOfWorth(onHand: number): number {
  return Math.max(0, onHand);
}

/** Pieces that a delivery is about: what was sent, or what was asked for while nothing was. */
export function piecesDelivered({ sent, ordered }: Pick<DeliveryLine, "sent" | "ordered">): number {
  return sent > 0 ? sent : ordered;
}

/** What one piece costs; null where nobody knows, and of what is sold by weight: its cost is of a kilogram. */
export function pieceCost(
  { soldBy }: Pick<Product, "soldBy">,
  variant: VariantId,
  costs: ReadonlyMap<VariantId, Money>,
): Money | null {
  return soldBy === "weight" ? null : (costs.get(variant) ?? null);
}
