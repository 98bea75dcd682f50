import type { TaxSetup } from "./tax.ts";

export type TaxSetupFault = "sameClassTwice" | "classGone" | "sameRateTwice" | "rateTooHigh" | "noName";

/** All of something: a rate above it is a slip of the pen. */
const WHOLE_PPM = 1_000_000;

/**
 * What is wrong with a new tax set-up, and of which class; null: nothing. A class that was there stays, since products name it: its rates and its name may
 * change, from the next sale on.
 */
export function taxSetupFault({
  before,
  after,
}: {
  readonly before: TaxSetup;
  readonly after: TaxSetup;
}): { readonly fault: TaxSetupFault; readonly taxClass: string } | null {
  const ids = after.classes.map(({ id }) => id);
  const gone = before.classes.find(({ id }) => !ids.includes(id));
  if (gone !== undefined) return { fault: "classGone", taxClass: gone.name };
  for (const [at, { id, name, rates }] of after.classes.entries()) {
    const fault = ids.indexOf(id) !== at ? "sameClassTwice" : faultOf({ name, rates });
    if (fault !== null) return { fault, taxClass: name };
  }
  return null;
}

function faultOf({ name, rates }: Pick<TaxSetup["classes"][number], "name" | "rates">): TaxSetupFault | null {
  if (name.trim() === "" || rates.some((rate) => rate.name.trim() === "")) return "noName";
  if (new Set(rates.map(({ id }) => id)).size < rates.length) return "sameRateTwice";
  return rates.reduce((sum, { ppm }) => sum + ppm, 0) > WHOLE_PPM ? "rateTooHigh" : null;
}
