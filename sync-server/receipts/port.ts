import type { Instant } from "#domain/ids.ts";

export interface ReceiptReads {
  /** The server's own private key for receipts, PKCS #8 in base64url; null before it was made. */
  receiptSigningKey(): Promise<string | null>;
}

export interface ReceiptWrites {
  /** Kept from the first time on. */
  addReceiptSigningKey(privateKey: string, at: Instant): Promise<void>;
}
