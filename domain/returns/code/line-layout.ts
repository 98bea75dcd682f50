import type { Money } from "../../money/money.ts";
import type { TaxMode } from "../../tax/tax.ts";

/** What the head of a line says follows, because it is not as usual. Above these bits stands the line's tax group. */
export const LINE_FLAGS = {
  /** It does not follow the line before it: so many lines between are not in the code. */
  gap: 1,
  /** More than one piece. */
  pieces: 2,
  /** Not pieces times unit price. */
  total: 4,
  /** Other days of return than most lines. */
  days: 8,
  discounts: 16,
  /** Taxes on other amounts than `netsOf` says. */
  nets: 32,
} as const;
export const FLAG_BITS = 6;

/** Pieces times unit price; not a number beyond what is whole for sure. */
export function plainTotal(unitPrice: Money, quantity: number): number {
  const total = unitPrice.minor * quantity;
  return Number.isSafeInteger(total) ? total : Number.NaN;
}

/** The amount that each tax of a line is on: all of it where tax comes on top, else what is left of it without all its taxes. */
export function netsOf(
  mode: TaxMode,
  total: Money,
  taxes: readonly { readonly tax: Money }[],
): readonly number[] {
  const within = mode === "inclusive" ? taxes.reduce((sum, { tax }) => sum + tax.minor, 0) : 0;
  return taxes.map(() => total.minor - within);
}
