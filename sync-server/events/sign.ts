import { createHmac, randomBytes } from "node:crypto";
import type { Instant } from "#domain/ids.ts";

const SECRET_PREFIX = "whsec_";
/** Standard Webhooks: 24 to 64 bytes. */
const SECRET_BYTES = 32;

/** A new secret of an endpoint, as its owner is shown it: `whsec_` and base64. */
export function newWebhookSecret(): string {
  return `${SECRET_PREFIX}${randomBytes(SECRET_BYTES).toString("base64")}`;
}

/**
 * The headers by which a receiver knows a message of ours and knows it again, by the Standard Webhooks specification: id, seconds since the epoch and
 * `v1,` HMAC-SHA256 of `id.timestamp.body`. `body` is the very text that is sent.
 */
export function webhookHeaders({
  secret,
  id,
  at,
  body,
}: {
  readonly secret: string;
  readonly id: string;
  readonly at: Instant;
  readonly body: string;
}): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1_000));
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`, "utf8").digest("base64");
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}
