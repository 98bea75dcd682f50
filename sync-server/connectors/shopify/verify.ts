import { createHash } from "node:crypto";
import { ok, refused } from "#domain/result.ts";
import { jsonOf } from "../json.ts";
import type { WebhookReader } from "../port.ts";
import { isSigned } from "../signature.ts";

/** Opens a webhook of Shopify: signed by base64 HMAC-SHA256 over the raw body, its delivery named by `X-Shopify-Webhook-Id`. */
export const openShopify: WebhookReader["open"] = ({ headers, body }, { webhookSecret }) => {
  const signature = headers["x-shopify-hmac-sha256"];
  if (!isSigned({ body, secret: webhookSecret, signature, encoding: "base64" })) return refused("forged");
  const topic = headers["x-shopify-topic"] ?? "";
  const parsed = jsonOf(body, wholeIds);
  if (topic === "" || parsed === undefined) return refused("malformed");
  const delivery = headers["x-shopify-webhook-id"] ?? "";
  return ok({ delivery: delivery === "" ? digest(topic, body) : delivery, topic, body: parsed });
};

/** Ids beyond what a number holds exactly (those in Shopify's own test messages) are kept as text: rounded they would be somebody else's. */
function wholeIds(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  const isRounded = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isRounded ? (context?.source ?? value) : value;
}

function digest(topic: string, body: Uint8Array): string {
  return createHash("sha256").update(`${topic}\n`).update(body).digest("hex");
}
