import { addMoney, sumMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import type { TaxAmount, TaxMode } from "../tax/tax.ts";

/** What the customer gets or pays for it: the tax on top is added where prices are without it. */
export function withTax(
  { total, taxes }: { readonly total: Money; readonly taxes: readonly TaxAmount[] },
  mode: TaxMode,
): Money {
  if (mode === "inclusive") return total;
  return addMoney(
    total,
    sumMoney(
      taxes.map(({ tax }) => tax),
      total.currency,
    ),
  );
}
