import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether `signature` is the HMAC-SHA256 of these very bytes under the secret, compared in constant time. Encoding as the platform
 * writes it (base64 with padding, hex in lower case). A missing signature is none, and an empty secret proves nothing.
 */
export function isSigned({
  body,
  secret,
  signature,
  encoding,
}: {
  readonly body: Uint8Array;
  /** Text is taken as UTF-8. */
  readonly secret: string | Uint8Array;
  readonly signature: string | undefined;
  readonly encoding: "base64" | "hex";
}): boolean {
  if (signature === undefined || secret.length === 0) return false;
  const expected = Buffer.from(createHmac("sha256", secret).update(body).digest(encoding));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
