import { type CreditId, idOf } from "../ids.ts";
import type { Sha256Hex } from "../journal/entry.ts";

const CONTEXT = "onetill.credit.v1:";
const ID_CHARS = 32;

/**
 * What a credit is called everywhere but on its slip: 128 bits of a digest of its code. Codes have 95 random bits, so that nobody finds one by trying; a salt
 * would keep tills from finding a credit by the code that is shown to them.
 */
export function creditIdOf(code: string, sha256Hex: Sha256Hex): CreditId {
  return idOf<"Credit">(sha256Hex(CONTEXT + code).slice(0, ID_CHARS));
}
