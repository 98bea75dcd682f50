import { ok, type Result, refused } from "#domain/result.ts";
import { jsonOf } from "../json.ts";
import type { Connector, Envelope, RawWebhook } from "../port.ts";
import { isSigned } from "../signature.ts";
import { webhookSchema } from "./payload.ts";

/** Of the one scheme of signatures that there is. */
const VERSION = "v1,";
const MAX_ID_CHARS = 120;

/**
 * Judges a subscriber's message by the Standard Webhooks headers, one of whose signatures has to be right. The timestamp is signed, but how old it is does not
 * matter: a reader has no clock, and a message that is sent again is known by its id.
 */
export function openWebhook(
  { headers, body }: RawWebhook,
  { webhookSecret }: Pick<Connector, "webhookSecret">,
): Result<Envelope, "forged" | "malformed"> {
  const id = headers["webhook-id"] ?? "";
  const timestamp = headers["webhook-timestamp"] ?? "";
  if (id === "" || id.length > MAX_ID_CHARS || !/^\d{1,12}$/.test(timestamp)) return refused("forged");
  const secret = Buffer.from(webhookSecret.replace(/^whsec_/, ""), "base64");
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const given = (headers["webhook-signature"] ?? "").split(" ");
  const isGenuine = given.some(
    (each) =>
      each.startsWith(VERSION) &&
      isSigned({ body: signed, secret, signature: each.slice(VERSION.length), encoding: "base64" }),
  );
  if (!isGenuine) return refused("forged");
  const parsed = webhookSchema.safeParse(jsonOf(body));
  if (!parsed.success) return refused("malformed");
  return ok({ delivery: id, topic: parsed.data.name, body: parsed.data });
}
