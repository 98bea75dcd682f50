// GS1 General Specifications 7.9.2: each digit of the field is weighted by one of four tables.
const TWO_MINUS = [0, 2, 4, 6, 8, 9, 1, 3, 5, 7];
const THREE = [0, 3, 6, 9, 2, 5, 8, 1, 4, 7];
const FIVE_PLUS = [0, 5, 1, 6, 2, 7, 3, 8, 4, 9];
const FIVE_MINUS = [0, 5, 9, 4, 8, 3, 7, 2, 6, 1];

const FOUR_DIGITS = [TWO_MINUS, TWO_MINUS, THREE, FIVE_MINUS];
const FIVE_DIGITS = [FIVE_PLUS, TWO_MINUS, FIVE_MINUS, FIVE_PLUS, TWO_MINUS];

/** Lengths of a price or weight that GS1 defines a check digit for. */
export const CHECKED_VALUE_DIGITS: readonly number[] = [4, 5];

/** The check digit of a price or weight of four or five digits on a scale's label (GS1 General Specifications 7.9.3 and 7.9.4). Throws a RangeError on any other length. */
export function priceCheckDigit(value: string): number {
  if (value.length === FOUR_DIGITS.length) return (weighted(value, FOUR_DIGITS) * 3) % 10;
  if (value.length !== FIVE_DIGITS.length) throw new RangeError(`no check digit is defined for ${value}`);
  return FIVE_MINUS.indexOf((10 - (weighted(value, FIVE_DIGITS) % 10)) % 10);
}

function weighted(value: string, tables: readonly (readonly number[])[]): number {
  return tables.reduce((sum, table, index) => sum + (table[Number(value[index])] ?? 0), 0);
}
