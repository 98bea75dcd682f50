import { timingSafeEqual } from "node:crypto";
import { instant } from "#domain/ids.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { webhookHeaders } from "../../events/sign.ts";
import type { Connector, Envelope, RawWebhook } from "../port.ts";
import { webhookSchema } from "./payload.ts";

const SECRET_PREFIX = "whsec_";
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
  const text = Buffer.from(body).toString("utf8");
  if (id === "" || id.length > MAX_ID_CHARS || !/^\d{1,12}$/.test(timestamp)) return refused("forged");
  const key = webhookSecret.startsWith(SECRET_PREFIX)
    ? webhookSecret.slice(SECRET_PREFIX.length)
    : webhookSecret;
  if (Buffer.from(key, "base64").length === 0) return refused("forged");
  const at = instant(Number(timestamp) * 1_000);
  const expected = webhookHeaders({ secret: `${SECRET_PREFIX}${key}`, id, at, body: text });
  // A timestamp that is written otherwise than it was signed (leading zeros) is not the one that was signed.
  if (expected["webhook-timestamp"] !== timestamp) return refused("forged");
  const given = (headers["webhook-signature"] ?? "").split(" ");
  const isSigned = given.some((each) => isSame(each, expected["webhook-signature"] ?? ""));
  if (!isSigned) return refused("forged");
  const parsed = webhookSchema.safeParse(jsonOf(text));
  if (!parsed.success) return refused("malformed");
  return ok({ delivery: id, topic: parsed.data.name, body: parsed.data });
}

function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return b.length > 0 && a.length === b.length && timingSafeEqual(a, b);
}

/** Undefined for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
