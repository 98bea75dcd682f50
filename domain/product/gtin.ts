import { type Gtin, idOf } from "../ids.ts";
import { ok, type Result, refused } from "../result.ts";

export type GtinRefusal = "notDigits" | "wrongLength" | "wrongCheckDigit";

const GTIN_LENGTHS: readonly number[] = [8, 12, 13, 14];

/** Check digit of a GTIN given without it (GS1 General Specifications, section 7.9: weights 3 and 1 from the right). */
export function gtinCheckDigit(digits: string): number {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

/** A GTIN-8, -12 (UPC-A), -13 (EAN) or -14 with its check digit right. */
export function parseGtin(text: string): Result<Gtin, GtinRefusal> {
  const digits = text.trim();
  if (!/^\d+$/.test(digits)) return refused("notDigits");
  if (!GTIN_LENGTHS.includes(digits.length)) return refused("wrongLength");
  if (gtinCheckDigit(digits.slice(0, -1)) !== Number(digits.at(-1))) return refused("wrongCheckDigit");
  return ok(idOf<"Gtin">(digits));
}

/** 14 digits, zero-padded: the form in which a UPC-A and the EAN-13 of the same article are equal. */
export function gtinKey(gtin: Gtin): string {
  return gtin.padStart(14, "0");
}
