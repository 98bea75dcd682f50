import { ok, type Result, refused } from "../../result.ts";
import type { Purchase } from "../purchase.ts";
import { MalformedCode } from "./bytes.ts";
import { bytesOfDigits } from "./digits.ts";
import { CODE_VERSION, KEY_ID_BYTES, MAX_CODE_BYTES, SIGNATURE_BYTES } from "./limits.ts";
import { signedBytes } from "./make-code.ts";
import { type CodeContent, type PurchaseSummary, readContent } from "./read-content.ts";
import { hexOf } from "./text.ts";
import { digestOf, type Sha256 } from "./write-content.ts";

/**
 * Why a text is not taken as a receipt. `notACode`: something else; `damaged`: misread or half read; `tooLong`: no printer made it; `unknownVersion`: of a newer
 * till; `unknownKey`: signed by nobody of this chain; `forged`: altered, or signed by somebody else; `revokedKey`: by a till that HQ has revoked;
 * `malformed`: signed, and yet no receipt.
 */
export const CODE_REFUSALS = [
  "notACode",
  "damaged",
  "tooLong",
  "unknownVersion",
  "unknownKey",
  "forged",
  "revokedKey",
  "malformed",
] as const;
export type CodeRefusal = (typeof CODE_REFUSALS)[number];

/** A key that signs receipts of this chain, or did. */
export interface CodeKey {
  /** Raw 32 bytes. */
  readonly publicKey: Uint8Array;
  readonly revoked: boolean;
}

export interface CodeTrust {
  /** The key of an id (`keyIdOf`); null when nobody of this chain has it. */
  readonly keyOf: (id: string) => CodeKey | null;
  readonly verify: (bytes: Uint8Array, signature: Uint8Array, publicKey: Uint8Array) => boolean;
}

const CONTENT_START = 1 + KEY_ID_BYTES;

/** What a scanned text says was bought. Never throws, whatever the text is. */
export function readReceiptCode(scanned: string, trust: CodeTrust): Result<CodeContent, CodeRefusal> {
  const read = bytesOfDigits(scanned);
  if (!read.ok) return read;
  const bytes = read.value;
  if (bytes.length > MAX_CODE_BYTES) return refused("tooLong");
  if (bytes[0] !== CODE_VERSION) return refused(bytes.length === 0 ? "malformed" : "unknownVersion");
  const end = bytes.length - SIGNATURE_BYTES;
  if (end < CONTENT_START) return refused("malformed");
  const key = trust.keyOf(hexOf(bytes.slice(1, CONTENT_START)));
  if (key === null) return refused("unknownKey");
  const isSigned = trust.verify(signedBytes(bytes.subarray(0, end)), bytes.slice(end), key.publicKey);
  if (!isSigned) return refused("forged");
  if (key.revoked) return refused("revokedKey");
  try {
    return ok(readContent(bytes.subarray(CONTENT_START, end)));
  } catch (error) {
    if (error instanceof MalformedCode) return refused("malformed");
    throw error;
  }
}

/** Whether a purchase is the very one that a summary was made of. An order's is another as soon as pieces of it were given up. */
export function isSummaryOf(
  { ref, digest }: Pick<PurchaseSummary, "ref" | "digest">,
  purchase: Purchase,
  sha256: Sha256,
): boolean {
  return (
    ref.kind === purchase.ref.kind &&
    ref.id === purchase.ref.id &&
    hexOf(digestOf(purchase, sha256)) === digest
  );
}
