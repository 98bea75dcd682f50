import { createHash } from "node:crypto";
import { ok, refused } from "#domain/result.ts";
import { jsonOf } from "../json.ts";
import type { WebhookReader } from "../port.ts";
import { isSigned } from "../signature.ts";

/** What a webhook's test is called here; WooCommerce gives it no topic. */
export const PING = "ping";

/**
 * Opens a webhook of WooCommerce: signed by base64 HMAC-SHA256 over the raw body. Its `X-WC-Webhook-Delivery-ID` is a hash of the webhook and
 * the second (`get_new_delivery_id`): two orders of one second share it, and the same message sent anew has another. So a delivery is known by
 * topic and body, which has the moment of the change in it. The unsigned `webhook_id=5` that tests the address when a webhook is saved is let
 * in, because WooCommerce will not save the webhook otherwise; it says nothing.
 */
export const openWooCommerce: WebhookReader["open"] = ({ headers, body }, { webhookSecret }) => {
  const signature = headers["x-wc-webhook-signature"];
  if (isPing(body)) return ok({ delivery: PING, topic: PING, body: null });
  if (!isSigned({ body, secret: webhookSecret, signature, encoding: "base64" })) return refused("forged");
  const topic = headers["x-wc-webhook-topic"] ?? "";
  const parsed = jsonOf(body);
  if (topic === "" || parsed === undefined) return refused("malformed");
  const delivery = createHash("sha256").update(`${topic}\n`).update(body).digest("hex");
  return ok({ delivery, topic, body: parsed });
};

function isPing(body: Uint8Array): boolean {
  return /^webhook_id=\d+$/.test(new TextDecoder().decode(body));
}
