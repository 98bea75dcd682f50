import { type Money, money } from "../money/money.ts";
import { shareMoney } from "../money/share.ts";

/** How many prices are changed at once. */
export interface PriceRule {
  readonly change: /** Parts per million more (or, below zero, less). */
    | { readonly kind: "percent"; readonly ppm: number }
    /** Minor units more, or less. */
    | { readonly kind: "amount"; readonly minor: number };
  readonly rounding: PriceRounding;
}

export type PriceRounding =
  | { readonly kind: "none" }
  /** To whole steps of minor units, the nearest; half a step goes up. */
  | { readonly kind: "step"; readonly minor: number }
  /** To the nearest price that ends so (`.99` of a currency with cents: 99 of 100); halfway goes up. Never to less than that ending. */
  | { readonly kind: "ending"; readonly minor: number; readonly of: number };

/** The price that a rule makes of one; never below zero. */
export function changedPrice(amount: Money, { change, rounding }: PriceRule): Money {
  const more = change.kind === "percent" ? shareMoney({ amount, ppm: change.ppm }).minor : change.minor;
  return money(rounded(Math.max(0, amount.minor + more), rounding), amount.currency);
}

function rounded(minor: number, rounding: PriceRounding): number {
  switch (rounding.kind) {
    case "none":
      return minor;
    case "step":
      return Math.floor((minor + rounding.minor / 2) / rounding.minor) * rounding.minor;
    case "ending": {
      const { minor: ending, of } = rounding;
      const steps = Math.floor((minor - ending + of / 2) / of);
      return Math.max(0, steps) * of + ending;
    }
  }
}
