import type { PriceListId } from "../ids.ts";
import type { Currency } from "../money/money.ts";

/** A list that prices are on. Which stores, channels and groups of customers ask it, and after which others, they say themselves. */
export interface PriceList {
  readonly id: PriceListId;
  readonly name: string;
  readonly currency: Currency;
}
