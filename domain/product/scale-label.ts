import { type Gtin, idOf } from "../ids.ts";
import { divideRounding } from "../money/divide.ts";
import { minorDigits } from "../money/format.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import { ok, type Result, refused } from "../result.ts";
import { gtinCheckDigit, parseGtin } from "./gtin.ts";
import { CHECKED_VALUE_DIGITS, priceCheckDigit } from "./price-check-digit.ts";

const LABEL_DIGITS = 13;
const KILO_DECIMALS = 3;

/**
 * How a retailer's scales print labels: a GTIN-13 of prefix, item number, perhaps a check digit of the value, the value and the check digit of it all. A label of
 * twelve digits (UPC-A) is read with a zero before it: its prefix begins with 0.
 */
export interface ScaleCode {
  readonly prefix: string;
  readonly itemDigits: number;
  readonly value: "price" | "weight";
  readonly valueDigits: number;
  /** Digits after the point: of the price, or of the weight in kilograms. */
  readonly decimals: number;
  readonly hasPriceCheckDigit: boolean;
}

export type ScaleValue =
  | { readonly kind: "price"; readonly price: Money }
  | { readonly kind: "weight"; readonly grams: number };

/** What a label says: which article, and what this package of it costs or weighs. */
export interface ScaleLabel {
  readonly item: string;
  readonly value: ScaleValue;
  /** By what the catalogue may know the article, in the order in which it is asked: the label's GTIN without a value, the item number, the same without zeros before it. */
  readonly articleCodes: readonly [string, ...string[]];
}

export type ScaleLabelRefusal = "notAScaleLabel" | "wrongPriceCheckDigit" | "nothingOnIt";

/** Whether a layout fills its label exactly, and a check digit is defined for its value where it has one. */
export function isWholeScaleCode(code: ScaleCode): boolean {
  const { prefix, itemDigits, valueDigits, hasPriceCheckDigit } = code;
  const digits = prefix.length + itemDigits + (hasPriceCheckDigit ? 1 : 0) + valueDigits + 1;
  return digits === LABEL_DIGITS && (!hasPriceCheckDigit || CHECKED_VALUE_DIGITS.includes(valueDigits));
}

/** Reads a scanned code as a scale's label, by the first layout whose prefix it has. */
export function readScaleLabel(
  scanned: string,
  { codes, currency }: { readonly codes: readonly ScaleCode[]; readonly currency: Currency },
): Result<ScaleLabel, ScaleLabelRefusal> {
  const gtin = parseGtin(scanned);
  if (!gtin.ok || gtin.value.length > LABEL_DIGITS || gtin.value.length < LABEL_DIGITS - 1)
    return refused("notAScaleLabel");
  const digits = gtin.value.padStart(LABEL_DIGITS, "0");
  const code = codes.find(({ prefix }) => digits.startsWith(prefix));
  if (code === undefined || !isWholeScaleCode(code)) return refused("notAScaleLabel");
  const item = digits.slice(code.prefix.length, code.prefix.length + code.itemDigits);
  const value = digits.slice(-1 - code.valueDigits, -1);
  const verifier = digits.at(-2 - code.valueDigits);
  if (code.hasPriceCheckDigit && priceCheckDigit(value) !== Number(verifier))
    return refused("wrongPriceCheckDigit");
  const said = valueOn(BigInt(value), code, currency);
  if (said === null) return refused("nothingOnIt");
  return ok({ item, value: said, articleCodes: [withoutValue(code, item), ...itemNumbers(item)] });
}

/** Null where it is nothing. */
function valueOn(number: bigint, { value, decimals }: ScaleCode, currency: Currency): ScaleValue | null {
  if (value === "weight") {
    const grams = shifted(number, KILO_DECIMALS - decimals);
    return grams > 0 ? { kind: "weight", grams } : null;
  }
  const price = money(shifted(number, minorDigits(currency) - decimals), currency);
  return price.minor > 0 ? { kind: "price", price } : null;
}

/** Times ten to the power of `places`, which may be below zero: then halves go up. */
export function shifted(number: bigint, places: number): number {
  const factor = 10n ** BigInt(Math.abs(places));
  return Number(places >= 0 ? number * factor : divideRounding(number, factor));
}

function withoutValue({ prefix }: ScaleCode, item: string): Gtin {
  const body = (prefix + item).padEnd(LABEL_DIGITS - 1, "0");
  return idOf<"Gtin">(`${body}${gtinCheckDigit(body)}`);
}

function itemNumbers(item: string): readonly string[] {
  const short = item.replace(/^0+/, "");
  return short === "" || short === item ? [item] : [item, short];
}
