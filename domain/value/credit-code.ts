/** Crockford's base 32: no I, L, O and U, so that nothing is misread or said wrongly. */
export const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SIZE = ALPHABET.length;
const BITS_PER_CHAR = 5;
const SECRET_CHARS = 19;
const GROUP_CHARS = 4;

/** Random bytes that one code is made of: 95 of their 96 bits. */
export const CREDIT_CODE_BYTES = 12;

/** The code of a store credit, e.g. `7Q2M-X0VD-…`: nobody guesses one, and its last character checks the others. `bytes` are `CREDIT_CODE_BYTES` random ones. */
export function creditCodeOf(bytes: Uint8Array): string {
  if (bytes.length !== CREDIT_CODE_BYTES)
    throw new RangeError(`a credit's code is made of ${CREDIT_CODE_BYTES} bytes, not of ${bytes.length}`);
  let number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let secret = "";
  for (let count = 0; count < SECRET_CHARS; count += 1) {
    secret += ALPHABET.charAt(Number(number % BigInt(SIZE)));
    number >>= BigInt(BITS_PER_CHAR);
  }
  return grouped(secret + checkCharacter(secret));
}

/** What was typed or scanned as a credit's code, as it is written; null when it is none, or was mistyped. */
export function readCreditCode(typed: string): string | null {
  const bare = typed.toUpperCase().replace(/[\s-]/g, "").replace(/[IL]/g, "1").replace(/O/g, "0");
  if (bare.length !== SECRET_CHARS + 1 || [...bare].some((each) => !ALPHABET.includes(each))) return null;
  const secret = bare.slice(0, SECRET_CHARS);
  return checkCharacter(secret) === bare.slice(SECRET_CHARS) ? grouped(bare) : null;
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
