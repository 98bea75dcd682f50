import type { Purchase } from "../purchase.ts";
import { ByteWriter } from "./bytes.ts";
import { digitsOf } from "./digits.ts";
import { keyIdBytes } from "./key-id.ts";
import { CODE_CONTEXT, CODE_VERSION, MAX_CODE_BYTES, SIGNATURE_BYTES } from "./limits.ts";
import { utf8Bytes } from "./text.ts";
import { fullContent, giftContent, type Sha256, summaryContent } from "./write-content.ts";

const CONTEXT_BYTES = Uint8Array.from(utf8Bytes(CODE_CONTEXT));

/** Who signs a code: a till or the server. `publicKey` is the raw 32 bytes, `sign` answers Ed25519's 64. */
export interface CodeSigner {
  readonly publicKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
}

export interface CodeMaking {
  readonly signer: CodeSigner;
  readonly sha256: Sha256;
  /** The raw public key of the till that sold, where the server signs for it; orders have none. */
  readonly origin?: Uint8Array | null;
  readonly gift?: boolean;
}

/**
 * The text of the QR code of a purchase: with all its lines; where they do not fit without the names of its promotions; where that is too long as well as a
 * summary. For a `gift` it says which purchase it was and no price. The same purchase and key always make the same text.
 */
export function makeReceiptCode(
  purchase: Purchase,
  { signer, sha256, origin: till = null, gift = false }: CodeMaking,
): string {
  const origin = till === null ? null : keyIdBytes(till, sha256);
  if (gift) return signed(unsigned(giftContent(purchase, origin), signer, sha256), signer);
  const longest = [
    () => fullContent(purchase, { nameless: false, origin }),
    () => fullContent(purchase, { nameless: true, origin }),
  ];
  for (const content of longest) {
    const bytes = unsigned(content(), signer, sha256);
    if (bytes.length + SIGNATURE_BYTES <= MAX_CODE_BYTES) return signed(bytes, signer);
  }
  return signed(unsigned(summaryContent(purchase, { sha256, origin }), signer, sha256), signer);
}

function unsigned(content: Uint8Array, { publicKey }: CodeSigner, sha256: Sha256): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(CODE_VERSION);
  writer.raw(keyIdBytes(publicKey, sha256));
  writer.raw(content);
  return writer.bytes;
}

function signed(bytes: Uint8Array, { sign }: CodeSigner): string {
  return digitsOf(joined(bytes, sign(signedBytes(bytes))));
}

/** What the signature covers. */
export function signedBytes(bytes: Uint8Array): Uint8Array {
  return joined(CONTEXT_BYTES, bytes);
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
