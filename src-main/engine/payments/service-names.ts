/** Letters that nobody confuses: 32 of them, five bits each. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARS = 10;

/** A name that this till gives what it asks of a terminal: as long as nexo allows, so random that it never comes twice. */
export function newService(randomBytes: (count: number) => Uint8Array): string {
  return [...randomBytes(CHARS)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
