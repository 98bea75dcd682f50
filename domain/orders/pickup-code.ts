import type { PickupVerifier } from "./order.ts";

/** No 0/O, 1/I/L, 5/S, 2/Z, 8/B: read off a phone, said over a counter. */
export const PICKUP_CODE_ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY";
export const PICKUP_CODE_CHARS = 6;
/** What a pickup QR holds before the code, so that the scan router knows it: `OTP:{order number}:{code}`. */
export const PICKUP_QR_PREFIX = "OTP:";

/** What was typed or scanned as the bare code: without blanks, dashes and case; null when it is no pickup code at all. */
export function normalisePickupCode(text: string): string | null {
  const bare = text.toUpperCase().replace(/[\s-]/g, "");
  const legal = [...bare].every((character) => PICKUP_CODE_ALPHABET.includes(character));
  return bare.length === PICKUP_CODE_CHARS && legal ? bare : null;
}

/** Order number and code of a pickup QR; null for any other text. */
export function readPickupQr(text: string): { readonly number: string; readonly code: string } | null {
  if (!text.startsWith(PICKUP_QR_PREFIX)) return null;
  const at = text.lastIndexOf(":");
  const number = text.slice(PICKUP_QR_PREFIX.length, at);
  const code = normalisePickupCode(text.slice(at + 1));
  return number === "" || code === null ? null : { number, code };
}

export function pickupQr({ number, code }: { readonly number: string; readonly code: string }): string {
  return `${PICKUP_QR_PREFIX}${number}:${code}`;
}

export function verifierOf({
  code,
  salt,
  sha256Hex,
}: {
  readonly code: string;
  readonly salt: string;
  readonly sha256Hex: (text: string) => string;
}): PickupVerifier {
  return { salt, hash: sha256Hex(`${salt}:${code}`) };
}

export function isPickupCode({
  code,
  verifier,
  sha256Hex,
}: {
  readonly code: string;
  readonly verifier: PickupVerifier;
  readonly sha256Hex: (text: string) => string;
}): boolean {
  return verifierOf({ code, salt: verifier.salt, sha256Hex }).hash === verifier.hash;
}
