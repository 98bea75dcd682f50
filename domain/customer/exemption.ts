import type { BusinessDay } from "../ids.ts";
import type { TaxExemption } from "./customer.ts";

/** By which certificate a customer pays no tax on a day; null where there is none that holds. */
export function exemptionOn(
  { taxExemption: exemption }: { readonly taxExemption?: TaxExemption | undefined },
  day: BusinessDay,
): TaxExemption | null {
  if (exemption === undefined) return null;
  return exemption.validUntil === null || day <= exemption.validUntil ? exemption : null;
}
