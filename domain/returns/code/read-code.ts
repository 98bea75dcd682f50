import type { StoreId } from "../../ids.ts";
import { ok, type Result, refused } from "../../result.ts";
import { parseReceiptNumber } from "../../ticket/receipt-number.ts";
import type { Purchase } from "../purchase.ts";
import { MalformedCode } from "./bytes.ts";
import { bytesOfDigits } from "./digits.ts";
import type { PurchaseIdentity } from "./head.ts";
import { CODE_VERSION, KEY_ID_BYTES, MAX_CODE_BYTES, SIGNATURE_BYTES } from "./limits.ts";
import { signedBytes } from "./make-code.ts";
import { type CodeContent, type PurchaseSummary, type ReadContent, readContent } from "./read-content.ts";
import { hexOf } from "./text.ts";
import { digestOf, type Sha256 } from "./write-content.ts";

/**
 * Why a text is not taken as a receipt. `notACode`: something else; `damaged`: misread or half read; `tooLong`: no printer made it; `unknownVersion`: of a newer
 * till; `unknownKey`: signed by nobody of this chain; `forged`: altered, signed by somebody else, or by a till that never sold this; `revokedKey`: by a till that
 * HQ has revoked; `malformed`: signed, and yet nothing that can be bought.
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
  readonly owner: CodeKeyOwner;
}

/** Who signs with a key. `tills`: the places that the till ever had, by which it is told from others; null: a server of before said nothing of them. */
export type CodeKeyOwner =
  | { readonly kind: "server" }
  | { readonly kind: "till"; readonly tills: readonly TillPlace[] | null };

export interface TillPlace {
  readonly store: StoreId;
  readonly register: number;
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
  const content = contentOf(bytes.subarray(CONTENT_START, end), key);
  if (content === null) return refused("malformed");
  const refusal = notVouchedFor(content, key, trust);
  return refusal === null ? ok(content.content) : refused(refusal);
}

function contentOf(bytes: Uint8Array, { owner }: CodeKey): ReadContent | null {
  try {
    return readContent(bytes, { byServer: owner.kind === "server" });
  } catch (error) {
    if (error instanceof MalformedCode) return null;
    throw error;
  }
}

/** Orders are the server's to sign for; a ticket is its till's, and the server's only as that till's, while HQ has not revoked it. */
function notVouchedFor(
  { content, origin }: ReadContent,
  key: CodeKey,
  { keyOf }: Pick<CodeTrust, "keyOf">,
): CodeRefusal | null {
  const purchase = content.kind === "full" ? content.purchase : content.summary;
  if (purchase.ref.kind === "order") return key.owner.kind === "server" ? null : "forged";
  const sold = origin === null ? key : keyOf(hexOf(origin));
  if (sold === null) return "unknownKey";
  if (!isSoldBy(sold, purchase)) return "forged";
  return sold.revoked ? "revokedKey" : null;
}

function isSoldBy({ owner }: CodeKey, { store, number }: PurchaseIdentity): boolean {
  if (owner.kind === "server") return false;
  const { register, training = false } = parseReceiptNumber(number) ?? {};
  if (training) return false;
  return (
    owner.tills === null || owner.tills.some((till) => till.store === store && till.register === register)
  );
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
