import type { ChannelId, Instant, PriceListId, ProductId, StoreId, TaxClassId, VariantId } from "../ids.ts";
import { divideRounding } from "../money/divide.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import { PPM } from "../money/share.ts";
import type { TaxSetup } from "../tax/tax.ts";

/** Stores and web channels that ask the same price lists in the same order: what holds in one of them holds in all. */
export interface PricePlace {
  /** As people call them: codes of stores, names of channels. */
  readonly names: readonly string[];
  readonly stores: readonly StoreId[];
  readonly channels: readonly ChannelId[];
  readonly lists: readonly PriceListId[];
  readonly currency: Currency;
  readonly tax: TaxSetup;
}

/** What is cheaper to change than to understand: see `contradictions.ts`. */
export type PriceFix =
  /** The price of this list, variant and beginning is this from now on; it is made where there is none. */
  | {
      readonly act: "setAmount";
      readonly list: PriceListId;
      readonly variant: VariantId;
      readonly validFrom: Instant | null;
      readonly amount: Money;
    }
  /** It ends then; null: it does not end. */
  | {
      readonly act: "endPrice";
      readonly list: PriceListId;
      readonly variant: VariantId;
      readonly validFrom: Instant | null;
      readonly validTo: Instant | null;
    }
  | { readonly act: "setTaxClass"; readonly product: ProductId; readonly taxClass: TaxClassId }
  /** It is not for sale until somebody has priced it. */
  | { readonly act: "makeDraft"; readonly product: ProductId }
  | { readonly act: "endPromotion"; readonly promotion: string }
  | { readonly act: "leaveOut"; readonly promotion: string; readonly variant: VariantId }
  | { readonly act: "stopStacking"; readonly promotion: string };

/** Parts per million of tax on goods of a class; null where the place does not know the class. */
export function taxPpmAt({ tax }: PricePlace, taxClass: TaxClassId): number | null {
  const found = tax.classes.find(({ id }) => id === taxClass);
  return found === undefined ? null : found.rates.reduce((sum, { ppm }) => sum + ppm, 0);
}

/** What is left of a price when the tax in it is paid. */
export function netPrice(amount: Money, { tax }: PricePlace, ppm: number): Money {
  if (tax.mode === "exclusive") return amount;
  const minor = divideRounding(BigInt(amount.minor) * BigInt(PPM), BigInt(PPM + ppm));
  return money(Number(minor), amount.currency);
}

/** The lowest price of which at least `cost` is left when the tax in it is paid. */
export function leastPriceFor(cost: Money, place: PricePlace, ppm: number): Money {
  if (place.tax.mode === "exclusive") return cost;
  const near = Number((BigInt(cost.minor) * BigInt(PPM + ppm)) / BigInt(PPM));
  for (let minor = Math.max(0, near - 1); ; minor += 1) {
    const price = money(minor, cost.currency);
    if (netPrice(price, place, ppm).minor >= cost.minor) return price;
  }
}
