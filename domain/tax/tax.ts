import type { BusinessDay, TaxClassId } from "../ids.ts";
import type { Money } from "../money/money.ts";

/** One rate of one authority. `ppm` is parts per million: 19 % is 190000, 8.875 % is 88750. */
export interface TaxRate {
  readonly id: string;
  readonly name: string;
  readonly ppm: number;
}

/** What is taxed alike ("standard", "reduced", "books"). Several rates add up on one line (state + city). */
export interface TaxClass {
  readonly id: TaxClassId;
  readonly name: string;
  readonly rates: readonly TaxRate[];
}

/** Whether shelf prices contain the tax (`inclusive`, Europe) or it is added at the till (`exclusive`, US). */
export type TaxMode = "inclusive" | "exclusive";
/** Whether tax is rounded on each line and summed, or summed exactly and rounded once per rate and ticket. */
export type TaxRounding = "line" | "ticket";

/** Cash totals rounded to what coins exist, e.g. 5 minor units in Switzerland; halves go up. */
export interface CashRounding {
  readonly incrementMinor: number;
}

/** What is taxed how at one moment: what everything is priced by. */
export interface TaxSetup extends TaxTerms {
  /** Rates of other days are no part of it: `taxAt` of `tax-plan.ts` makes one of what a store keeps. */
  readonly planned?: never;
  readonly former?: never;
}

interface TaxTerms {
  readonly mode: TaxMode;
  readonly rounding: TaxRounding;
  readonly classes: readonly TaxClass[];
  readonly cashRounding: CashRounding | null;
}

/** The rates of a class from the first moment of a day on, by the store's own calendar. */
export interface PlannedRates {
  readonly taxClass: TaxClassId;
  readonly from: BusinessDay;
  readonly rates: readonly TaxRate[];
}

/** The rates that a class had before a day, by the store's own calendar. */
export interface FormerRates {
  readonly taxClass: TaxClassId;
  readonly until: BusinessDay;
  readonly rates: readonly TaxRate[];
}

/** What a store taxes by, with what is to change on a day to come and what held before. */
export interface TaxPlan extends TaxTerms {
  /** Absent: nothing is planned, as in settings of before rates could be. */
  readonly planned?: readonly PlannedRates[];
  /** Absent: nothing that was planned has begun. */
  readonly former?: readonly FormerRates[];
}

/** Tax of one rate on a line or a ticket. `net` is the base it is taken on. */
export interface TaxAmount {
  readonly rate: TaxRate;
  readonly net: Money;
  readonly tax: Money;
}
