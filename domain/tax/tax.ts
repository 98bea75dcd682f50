import type { TaxClassId } from "../ids.ts";
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

export interface TaxSetup {
  readonly mode: TaxMode;
  readonly rounding: TaxRounding;
  readonly classes: readonly TaxClass[];
  readonly cashRounding: CashRounding | null;
}

/** Tax of one rate on a line or a ticket. `net` is the base it is taken on. */
export interface TaxAmount {
  readonly rate: TaxRate;
  readonly net: Money;
  readonly tax: Money;
}
