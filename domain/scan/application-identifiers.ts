/** Ends a field of changing length in a GS1 element string: FNC1 as scanners send it. */
export const GROUP_SEPARATOR = "\u001d";

/** One field of a GS1 code: its application identifier and what stands behind it. */
export interface Gs1Field {
  readonly ai: string;
  readonly value: string;
}

interface FieldRule {
  /** How many digits the identifier itself has. */
  readonly digits: 2 | 3 | 4;
  /** How long every value is; absent: up to `most`, ended by a separator or the end. */
  readonly exactly?: number;
  readonly most: number;
}

const fixed = (exactly: number, digits: FieldRule["digits"] = 2): FieldRule => ({
  digits,
  exactly,
  most: exactly,
});
const upTo = (most: number, digits: FieldRule["digits"] = 2): FieldRule => ({ digits, most });

const SSCC = fixed(18);
const GTIN = fixed(14);
const DATE = fixed(6);
const LONGEST = 90;

/** By the first digits of an identifier, the longest that fit (GS1 General Specifications, sections 3 and 7.8.5): how it is read, known to the till or not. */
const RULES: Readonly<Record<string, FieldRule>> = {
  "00": SSCC,
  "01": GTIN,
  "02": GTIN,
  "03": GTIN,
  "04": fixed(16),
  11: DATE,
  12: DATE,
  13: DATE,
  14: DATE,
  15: DATE,
  16: DATE,
  17: DATE,
  18: DATE,
  19: DATE,
  20: fixed(2),
  10: upTo(20),
  21: upTo(20),
  22: upTo(20),
  23: upTo(LONGEST, 3),
  24: upTo(30, 3),
  25: upTo(30, 3),
  30: upTo(8),
  31: fixed(6, 4),
  32: fixed(6, 4),
  33: fixed(6, 4),
  34: fixed(6, 4),
  35: fixed(6, 4),
  36: fixed(6, 4),
  37: upTo(8),
  39: upTo(18, 4),
  40: upTo(30, 3),
  41: fixed(13, 3),
  42: upTo(LONGEST, 3),
  43: upTo(LONGEST, 4),
  70: upTo(LONGEST, 4),
  71: upTo(20, 3),
  72: upTo(LONGEST, 4),
  80: upTo(LONGEST, 4),
  81: upTo(LONGEST, 4),
  82: upTo(LONGEST, 4),
  90: upTo(30),
  91: upTo(LONGEST),
  92: upTo(LONGEST),
  93: upTo(LONGEST),
  94: upTo(LONGEST),
  95: upTo(LONGEST),
  96: upTo(LONGEST),
  97: upTo(LONGEST),
  98: upTo(LONGEST),
  99: upTo(LONGEST),
};

/** Identifiers whose values are digits only. */
const DIGITS_ONLY = /^(0[0-4]|1[1-9]|20|30|37|3[1-69]\d\d|41\d)$/;
/** GS1's character set 82, without the blank. */
const CHARACTERS = /^[!"%-?A-Z_a-z]+$/;

/** The identifier that a text begins with; null where no code has such a one. */
export function identifierAt(text: string): { readonly ai: string; readonly exactly: number | null } | null {
  const rule = RULES[text.slice(0, 2)];
  const ai = rule === undefined ? "" : text.slice(0, rule.digits);
  if (rule === undefined || ai.length !== rule.digits || !/^\d+$/.test(ai)) return null;
  return { ai, exactly: rule.exactly ?? null };
}

/** Whether a value can stand behind its identifier. */
export function isLegalField({ ai, value }: Gs1Field): boolean {
  const rule = RULES[ai.slice(0, 2)];
  if (rule === undefined || rule.digits !== ai.length || value === "" || value.length > rule.most)
    return false;
  if (rule.exactly !== undefined && value.length !== rule.exactly) return false;
  return DIGITS_ONLY.test(ai) ? /^\d+$/.test(value) : CHARACTERS.test(value);
}
