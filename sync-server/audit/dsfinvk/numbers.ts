const PPM = 1_000_000n;
/** Decimals of amounts in detail files. */
export const DETAIL_DECIMALS = 5;

/** `minor / 10^digits` with so many decimals and a comma, e.g. `-12,50000`. */
export function amountText(
  minor: number,
  { digits, decimals }: { readonly digits: number; readonly decimals: number },
): string {
  return scaledText(rescaled(BigInt(minor), digits, decimals), decimals);
}

/** A whole number of 10^-decimals as text with a comma. */
export function scaledText(scaled: bigint, decimals: number): string {
  const magnitude = (scaled < 0n ? -scaled : scaled).toString().padStart(decimals + 1, "0");
  const whole = magnitude.slice(0, magnitude.length - decimals);
  const fraction = decimals === 0 ? "" : `,${magnitude.slice(-decimals)}`;
  return `${scaled < 0n ? "-" : ""}${whole}${fraction}`;
}

/** What is in a gross amount before tax, in 10^-5: `minor` has so many digits. */
export function netOf(minor: number, ppm: number, digits: number): bigint {
  const gross = rescaled(BigInt(minor), digits, DETAIL_DECIMALS);
  return rounded(gross * PPM, PPM + BigInt(ppm));
}

/** One unit's share of an amount, in 10^-5: `milli` thousandths of a unit cost it. */
export function unitShare(minor: number, milli: number, digits: number): bigint {
  const gross = rescaled(BigInt(minor), digits, DETAIL_DECIMALS);
  return milli === 0 ? 0n : rounded(gross * 1_000n, BigInt(milli));
}

export function rescaled(value: bigint, from: number, to: number): bigint {
  return to >= from ? value * 10n ** BigInt(to - from) : rounded(value, 10n ** BigInt(from - to));
}

/** The nearest whole number, halves away from zero. */
function rounded(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n !== denominator < 0n;
  const [n, d] = [numerator < 0n ? -numerator : numerator, denominator < 0n ? -denominator : denominator];
  const whole = (2n * n + d) / (2n * d);
  return isNegative ? -whole : whole;
}
