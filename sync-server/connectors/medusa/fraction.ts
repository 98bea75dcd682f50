import type { ExactAmount } from "#domain/money/round-together.ts";

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,2}))?$/i;
/** Decimal digits that any double keeps: what floating point adds lies beyond them. */
const DIGITS_OF_A_DOUBLE = 15;

export const ZERO: ExactAmount = { numerator: 0n, denominator: 1n };

/** A decimal as Medusa writes it (text of a BigNumber, or a JSON number), exactly; null for what is none. */
export function fractionOf(decimal: string | number): ExactAmount | null {
  const text = typeof decimal === "number" ? decimal.toPrecision(DIGITS_OF_A_DOUBLE) : decimal;
  const parts = DECIMAL.exec(text);
  if (parts === null) return null;
  const [, sign = "", whole = "", digits = "", exponent = "0"] = parts;
  const numerator = BigInt(`${sign}${whole}${digits}`);
  const shift = Number(exponent) - digits.length;
  return shift >= 0
    ? { numerator: numerator * 10n ** BigInt(shift), denominator: 1n }
    : { numerator, denominator: 10n ** BigInt(-shift) };
}

export function plus(a: ExactAmount, b: ExactAmount): ExactAmount {
  return {
    numerator: a.numerator * b.denominator + b.numerator * a.denominator,
    denominator: a.denominator * b.denominator,
  };
}

export function minus(a: ExactAmount, b: ExactAmount): ExactAmount {
  return plus(a, { ...b, numerator: -b.numerator });
}

export function times(a: ExactAmount, b: ExactAmount): ExactAmount {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** `b` is above zero. */
export function over(a: ExactAmount, b: ExactAmount): ExactAmount {
  return { numerator: a.numerator * b.denominator, denominator: a.denominator * b.numerator };
}

export function sumOf(parts: readonly ExactAmount[]): ExactAmount {
  return parts.reduce(plus, ZERO);
}
