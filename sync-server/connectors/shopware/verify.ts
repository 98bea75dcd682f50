import { createHash } from "node:crypto";
import { ok, type Result, refused } from "#domain/result.ts";
import { jsonOf } from "../json.ts";
import type { Connector, Envelope, RawWebhook } from "../port.ts";
import { isSigned } from "../signature.ts";
import { webhookSchema } from "./payload.ts";

/**
 * Judges an app's webhook by the header `shopware-shop-signature`: the HMAC-SHA256 of the raw body under the shop's secret, in hexadecimal. Its `timestamp` is
 * not judged: a message that is sent again is known by its delivery.
 */
export function openWebhook(
  { headers, body }: RawWebhook,
  { webhookSecret }: Pick<Connector, "webhookSecret">,
): Result<Envelope, "forged" | "malformed"> {
  const signature = headers["shopware-shop-signature"];
  if (!isSigned({ body, secret: webhookSecret, signature, encoding: "hex" })) return refused("forged");
  const parsed = webhookSchema.safeParse(jsonOf(body));
  if (!parsed.success) return refused("malformed");
  const { data, source } = parsed.data;
  const delivery = source.eventId ?? createHash("sha256").update(body).digest("hex");
  return ok({ delivery, topic: data.event, body: parsed.data });
}
