import type { StoreId } from "../ids.ts";
import type { Currency } from "../money/money.ts";
import type { Family } from "./families.ts";
import type { Period } from "./period.ts";
import type { Sums } from "./sums.ts";

/** Which figures are added up. Null: all of them. */
export interface SumsFilter extends Period {
  readonly family: Family | "article";
  readonly stores: readonly StoreId[] | null;
  readonly channels: readonly string[] | null;
  /** Of the family. */
  readonly values: readonly string[] | null;
  /** Where the family is one of lines. */
  readonly categories: readonly string[] | null;
}

/** What sums are told apart by, beside their currency. */
export type SumsBy = "value" | "day" | "store" | "channel";

export interface SummedRow {
  readonly key: string;
  readonly currency: Currency;
  readonly sums: Sums;
}
