import { isZero, subtractMoney, sumMoney } from "../money/arithmetic.ts";
import type { TaxMode } from "../tax/tax.ts";
import type { GrantedDiscount, SaleLine } from "../ticket/ticket.ts";

/**
 * Lines (as they are taxed) as a customer pays them who is exempt from tax: without it. Where prices include the tax it is taken off each line, as a discount whose
 * reason is the certificate. What was ordered keeps the price that was promised, and its tax.
 */
export function taxFreeLines(
  lines: readonly SaleLine[],
  { certificate, mode }: { readonly certificate: string; readonly mode: TaxMode },
): readonly SaleLine[] {
  return lines.map((line) => {
    if (line.order !== undefined) return line;
    const tax = sumMoney(
      line.taxes.map((each) => each.tax),
      line.total.currency,
    );
    if (mode === "exclusive" || isZero(tax)) return { ...line, taxes: [] };
    const off: GrantedDiscount = { source: "taxExemption", reason: certificate, amount: tax };
    return {
      ...line,
      discounts: [...line.discounts, off],
      total: subtractMoney(line.total, tax),
      taxes: [],
    };
  });
}
