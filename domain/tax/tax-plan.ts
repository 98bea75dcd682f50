import type { BusinessDay, Instant } from "../ids.ts";
import { businessDayOf } from "../store/business-day.ts";
import { instantOfLocalTime } from "../store/local-time.ts";
import type { FormerRates, PlannedRates, TaxClass, TaxPlan, TaxSetup } from "./tax.ts";

/** Days to come that one store may keep rates for, over all classes. */
export const MAX_PLANNED_RATES = 100;
/** Changes that are kept after they began, for goods that come back; the earliest are forgotten first. */
export const MAX_FORMER_RATES = 200;

/** When something is sold, and by which calendar (IANA name). */
export interface TaxMoment {
  readonly at: Instant;
  readonly timeZone: string;
}

/**
 * What is taxed how at a moment. A rate changes as the day begins by the store's own clocks, at tills that are cut off as well: whoever has the plan needs nobody's
 * word for it. The law changes rates by days (e.g. § 28 UStG in 2020), never within one.
 */
export function taxAt(plan: TaxPlan, moment: TaxMoment): TaxSetup {
  const { planned = [], former = [], ...terms } = plan;
  if (planned.length === 0 && former.length === 0) return terms;
  const day = businessDayOf(moment);
  return { ...terms, classes: terms.classes.map((each) => ({ ...each, rates: ratesOn(day, each, plan) })) };
}

function ratesOn(
  day: BusinessDay,
  { id, rates }: TaxClass,
  { planned = [], former = [] }: TaxPlan,
): TaxClass["rates"] {
  const [begun] = planned
    .filter(({ taxClass, from }) => taxClass === id && from <= day)
    .toSorted((a, b) => (a.from > b.from ? -1 : 1));
  if (begun !== undefined) return begun.rates;
  const [before] = former
    .filter(({ taxClass, until }) => taxClass === id && until > day)
    .toSorted((a, b) => (a.until < b.until ? -1 : 1));
  return before?.rates ?? rates;
}

/**
 * The plan with all that has begun by a day told as what holds: what was planned becomes the rates of its class, what held is kept as former. It says the
 * same of every moment, and to readers that know nothing of plans as well. The same object where nothing has begun.
 */
export function settledPlan(plan: TaxPlan, today: BusinessDay): TaxPlan {
  const { planned = [], former = [], ...terms } = plan;
  const begun = planned.filter(({ from }) => from <= today).toSorted(byDay);
  if (begun.length === 0) return plan;
  const rates = new Map(terms.classes.map((each) => [each.id, each.rates]));
  const ended: FormerRates[] = [];
  for (const { taxClass, from, rates: next } of begun) {
    const before = rates.get(taxClass);
    if (before === undefined) continue;
    ended.push({ taxClass, until: from, rates: before });
    rates.set(taxClass, next);
  }
  const waiting = planned.filter((each) => !begun.includes(each));
  const kept = [...former, ...ended].slice(-MAX_FORMER_RATES);
  return {
    ...terms,
    classes: terms.classes.map((each) => ({ ...each, rates: rates.get(each.id) ?? each.rates })),
    ...(waiting.length === 0 ? {} : { planned: waiting }),
    ...(kept.length === 0 ? {} : { former: kept }),
  };
}

function byDay(a: PlannedRates, b: PlannedRates): number {
  if (a.from === b.from) return 0;
  return a.from < b.from ? -1 : 1;
}

/** The first moment after `at` at which a planned rate begins; null: none is planned. */
export function nextTaxChange({ planned = [] }: TaxPlan, { at, timeZone }: TaxMoment): Instant | null {
  const moments = planned.flatMap(({ from }) => {
    const begins = instantOfLocalTime({ text: `${from}T00:00`, timeZone });
    return begins === null || begins <= at ? [] : [begins];
  });
  return moments.reduce<Instant | null>(
    (next, moment) => (next === null || moment < next ? moment : next),
    null,
  );
}
