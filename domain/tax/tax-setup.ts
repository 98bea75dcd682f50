import type { BusinessDay } from "../ids.ts";
import type { TaxClass, TaxPlan } from "./tax.ts";

export type TaxSetupFault =
  | "sameClassTwice"
  | "classGone"
  | "sameRateTwice"
  | "rateTooHigh"
  | "noName"
  /** Rates are planned for a class that is not there. */
  | "plannedClassUnknown"
  /** A class has two plans for one day. */
  | "plannedTwice"
  /** What begins today or has begun is no plan: the class's rates are changed themselves. */
  | "plannedPast";

/** All of something: a rate above it is a slip of the pen. */
const WHOLE_PPM = 1_000_000;

/**
 * What is wrong with a new tax set-up, and of which class; null: nothing. A class that was there stays, since products name it: its rates and its name may
 * change, from the next sale on, or from a day after `today` on as planned.
 */
export function taxSetupFault({
  before,
  after,
  today,
}: {
  readonly before: TaxPlan;
  readonly after: TaxPlan;
  readonly today: BusinessDay;
}): { readonly fault: TaxSetupFault; readonly taxClass: string } | null {
  const ids = after.classes.map(({ id }) => id);
  const gone = before.classes.find(({ id }) => !ids.includes(id));
  if (gone !== undefined) return { fault: "classGone", taxClass: gone.name };
  for (const [at, { id, name, rates }] of after.classes.entries()) {
    const fault = ids.indexOf(id) !== at ? "sameClassTwice" : faultOf({ name, rates });
    if (fault !== null) return { fault, taxClass: name };
  }
  const { planned = [] } = after;
  for (const [at, { taxClass, from, rates }] of planned.entries()) {
    const known = after.classes.find(({ id }) => id === taxClass);
    if (known === undefined) return { fault: "plannedClassUnknown", taxClass };
    const isTwice = planned.findIndex((each) => each.taxClass === taxClass && each.from === from) !== at;
    const fault = isTwice ? "plannedTwice" : from <= today ? "plannedPast" : faultOf({ ...known, rates });
    if (fault !== null) return { fault, taxClass: known.name };
  }
  return null;
}

function faultOf({ name, rates }: Pick<TaxClass, "name" | "rates">): TaxSetupFault | null {
  if (name.trim() === "" || rates.some((rate) => rate.name.trim() === "")) return "noName";
  if (new Set(rates.map(({ id }) => id)).size < rates.length) return "sameRateTwice";
  return rates.reduce((sum, { ppm }) => sum + ppm, 0) > WHOLE_PPM ? "rateTooHigh" : null;
}
