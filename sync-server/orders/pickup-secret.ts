import type { PickupVerifier } from "#domain/orders/order.ts";
import { PICKUP_CODE_ALPHABET, PICKUP_CODE_CHARS, verifierOf } from "#domain/orders/pickup-code.ts";
import { sha256Hex } from "../sync/signatures.ts";

const SALT_CHARS = 24;

/** A new pickup code and what it is checked against. `randomBelow` answers a whole number from 0 to below its argument that nobody can guess. */
export function newPickupSecret(randomBelow: (limit: number) => number): {
  readonly code: string;
  readonly verifier: PickupVerifier;
} {
  const letters = (count: number): string =>
    Array.from({ length: count }, () =>
      PICKUP_CODE_ALPHABET.charAt(randomBelow(PICKUP_CODE_ALPHABET.length)),
    ).join("");
  const code = letters(PICKUP_CODE_CHARS);
  return { code, verifier: verifierOf({ code, salt: letters(SALT_CHARS), sha256Hex }) };
}
