import { zeroMoney } from "#domain/money/arithmetic.ts";
import type { Money } from "#domain/money/money.ts";
import { variantLabel } from "#domain/product/variant-label.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import type { CustomerDisplay } from "#protocol/till/counter.ts";

/** A sale that was just completed. */
export interface Thanks {
  readonly total: Money;
  readonly change: Money;
}

/** More lines than these are above the edge of every display; the newest are below. */
const MAX_LINES = 60;

/**
 * What customers see: what is rung up, what it costs, what they get back, a word of thanks. Picked field by field: whatever else a basket comes to hold (staff,
 * stock, reasons, who the customer is) never gets here by itself.
 */
export function displayContent(
  basket: BasketView | null,
  thanks: Thanks | null,
  { locale, storeName }: { readonly locale: string; readonly storeName: string },
): CustomerDisplay {
  const returned = basket?.returning?.refund;
  if (basket !== null && (basket.lines.length > 0 || (returned?.minor ?? 0) !== 0)) {
    const { lines, discounted, due, paid, remaining } = basket;
    return {
      kind: "basket",
      locale,
      storeName,
      lines: lines.map(lineOf).slice(-MAX_LINES),
      returned: returned ?? zeroMoney(due.currency),
      saved: discounted,
      total: due,
      paid,
      remaining,
    };
  }
  if (thanks !== null) return { kind: "thanks", locale, storeName, ...thanks };
  return { kind: "idle", locale, storeName };
}

function lineOf({ name, options, quantity, weighed, total }: BasketView["lines"][number]) {
  const label = variantLabel(options);
  return {
    name: label === "" ? name : `${name}, ${label}`,
    quantity,
    grams: weighed?.grams ?? null,
    total,
  };
}
