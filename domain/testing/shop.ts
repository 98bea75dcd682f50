import { idOf, type VariantId } from "../ids.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import type { TaxClass, TaxRate, TaxSetup } from "../tax/tax.ts";
import type { BasketLine, Discount } from "../ticket/basket.ts";

export const EUR: Currency = idOf<"Currency">("EUR");
export const USD: Currency = idOf<"Currency">("USD");
export const CHF: Currency = idOf<"Currency">("CHF");
export const JPY: Currency = idOf<"Currency">("JPY");
export const KWD: Currency = idOf<"Currency">("KWD");

export function eur(minor: number): Money {
  return money(minor, EUR);
}

export function rate(id: string, ppm: number): TaxRate {
  return { id, name: id, ppm };
}

export function taxClass(id: string, ...rates: readonly TaxRate[]): TaxClass {
  return { id: idOf<"TaxClass">(id), name: id, rates };
}

/** Germany: shelf prices contain 19 % or, for books and food, 7 %. */
export const GERMANY: TaxSetup = {
  mode: "inclusive",
  rounding: "ticket",
  classes: [taxClass("standard", rate("de-19", 190_000)), taxClass("reduced", rate("de-7", 70_000))],
  cashRounding: null,
};

/** New York City, in its three parts of 8.875 %; clothing pays the state's part alone. */
export const NEW_YORK: TaxSetup = {
  mode: "exclusive",
  rounding: "ticket",
  classes: [
    taxClass("standard", rate("ny-state", 40_000), rate("ny-city", 45_000), rate("ny-mctd", 3_750)),
    taxClass("clothing", rate("ny-state", 40_000)),
  ],
  cashRounding: null,
};

/** Switzerland: 8.1 % within the price, cash to five centimes. */
export const SWITZERLAND: TaxSetup = {
  mode: "inclusive",
  rounding: "ticket",
  classes: [taxClass("standard", rate("ch-8.1", 81_000))],
  cashRounding: { incrementMinor: 5 },
};

export interface Rung {
  readonly name: string;
  readonly price: Money;
  readonly quantity?: number;
  readonly taxClass?: string;
  readonly discount?: Discount | null;
}

/** A basket line in few words; its ids are made of its name. */
export function lineOf({
  name,
  price,
  quantity = 1,
  taxClass: ofClass = "standard",
  discount = null,
}: Rung): BasketLine {
  return {
    id: idOf<"Line">(`line-${name}`),
    variant: variantOf(name),
    sku: idOf<"Sku">(name.toUpperCase()),
    name,
    options: [],
    taxClass: idOf<"TaxClass">(ofClass),
    unitPrice: price,
    quantity,
    discount,
  };
}

export function variantOf(name: string): VariantId {
  return idOf<"Variant">(`variant-${name}`);
}
