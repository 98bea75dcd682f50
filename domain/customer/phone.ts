/** A shorter number is an extension or a mistake: it tells nobody apart. */
const MIN_DIGITS = 6;
/** What equal numbers end with, however they are written: only candidates by it are compared. */
const TAIL_DIGITS = 7;
/** E.164 has country codes of one to three digits. */
const MAX_COUNTRY_DIGITS = 3;

interface Dialled {
  /** With the country's code: as `+49 …` or `0049 …`. */
  readonly isInternational: boolean;
  /** Without the signs and zeros before them. */
  readonly digits: string;
}

/** A telephone number's digits, without `+`, `00` or the zero of a national number, and without the `(0)` that some write in between. */
export function phoneDigits(text: string | null): string {
  return dialled(text ?? "").digits;
}

/** The last digits of a number, the same however it is written; null where there are too few to tell people apart. */
export function phoneTail(text: string | null): string | null {
  const digits = phoneDigits(text);
  return digits.length < MIN_DIGITS ? null : digits.slice(-TAIL_DIGITS);
}

/** Whether both texts are one number: `+49 30 23125 001`, `0049 (0)30 23125001` and `030/23125001` are. */
export function isSamePhone(one: string, other: string): boolean {
  const a = dialled(one);
  const b = dialled(other);
  if (a.digits.length < MIN_DIGITS || b.digits.length < MIN_DIGITS) return false;
  if (a.isInternational === b.isInternational) return a.digits === b.digits;
  const [international, national] = a.isInternational ? [a.digits, b.digits] : [b.digits, a.digits];
  const country = international.length - national.length;
  return country >= 1 && country <= MAX_COUNTRY_DIGITS && international.endsWith(national);
}

function dialled(text: string): Dialled {
  const plain = text.normalize("NFKC").trim();
  const isInternational = /^(\+|00)/.test(plain);
  const bare = isInternational ? plain.replace("(0)", "") : plain;
  return { isInternational, digits: bare.replaceAll(/\D/g, "").replace(/^0+/, "") };
}
