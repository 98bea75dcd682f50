/** Crockford's base 32: no I, L, O and U, so that nothing is misread or said wrongly. */
export const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SIZE = ALPHABET.length;
const BITS_PER_CHAR = 5;
const SECRET_CHARS = 19;
const GROUP_CHARS = 4;
/** What a gift card's code begins with: a store credit's is shorter, so that neither is ever taken for the other. */
const GIFT_CARD_PREFIX = "CARD";

/** Value that the shop owes to whoever has its code: store credit that a return brought, or a gift card that was bought. Both are spent alike. */
export const VALUE_KINDS = ["credit", "giftCard"] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** Random bytes that one code is made of: 95 of their 96 bits. */
export const CREDIT_CODE_BYTES = 12;

/**
 * The code of a store credit, e.g. `7Q2M-X0VD-…`, or of a gift card, `CARD-7Q2M-…`: nobody guesses one, and its last character checks the others. `bytes` are
 * `CREDIT_CODE_BYTES` random ones; throws a RangeError on another number of them.
 */
export function creditCodeOf(bytes: Uint8Array, kind: ValueKind = "credit"): string {
  if (bytes.length !== CREDIT_CODE_BYTES)
    throw new RangeError(`a credit's code is made of ${CREDIT_CODE_BYTES} bytes, not of ${bytes.length}`);
  let number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let secret = "";
  for (let count = 0; count < SECRET_CHARS; count += 1) {
    secret += ALPHABET.charAt(Number(number % BigInt(SIZE)));
    number >>= BigInt(BITS_PER_CHAR);
  }
  const all = kind === "giftCard" ? GIFT_CARD_PREFIX + secret : secret;
  return grouped(all + checkCharacter(all));
}

/** What a code is of: only gift cards begin with their prefix and are as long. */
export function valueKindOf(code: string): ValueKind {
  return bareOf(code).length > SECRET_CHARS + 1 ? "giftCard" : "credit";
}

/** What was typed or scanned as the code of a credit or a gift card, as it is written; null when it is none, or was mistyped. */
export function readCreditCode(typed: string): string | null {
  const bare = bareOf(typed);
  if (!isAsLong(bare) || [...bare].some((each) => !ALPHABET.includes(each))) return null;
  return checkCharacter(bare.slice(0, -1)) === bare.slice(-1) ? grouped(bare) : null;
}

/** A code without what people put between its characters, with the letters that there are none of as the digits that they look like. */
export function bareOf(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
}

function isAsLong(bare: string): boolean {
  if (bare.length === SECRET_CHARS + 1) return true;
  return bare.startsWith(GIFT_CARD_PREFIX) && bare.length === GIFT_CARD_PREFIX.length + SECRET_CHARS + 1;
}

/** After ISO 7064's hybrid systems (MOD 33,32): notices every wrong character and nearly every two that changed places. */
export function checkCharacter(secret: string): string {
  let product = SIZE;
  for (const each of secret) {
    const sum = (product + ALPHABET.indexOf(each)) % SIZE;
    product = ((sum === 0 ? SIZE : sum) * 2) % (SIZE + 1);
  }
  return ALPHABET.charAt((SIZE + 1 - product) % SIZE);
}

function grouped(bare: string): string {
  return bare.match(new RegExp(`.{${GROUP_CHARS}}`, "g"))?.join("-") ?? bare;
}
