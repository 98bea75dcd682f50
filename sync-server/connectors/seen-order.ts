import type { z } from "zod";
import { zeroMoney } from "#domain/money/arithmetic.ts";
import { formatMoney } from "#domain/money/format.ts";
import type { PostalAddress } from "#domain/orders/order.ts";
import { shopOrderRequestSchema } from "#protocol/shop/order.ts";
import type { Connector, Reading, SeenOrder, Unreadable } from "./port.ts";

/** What is wrong with a payload, in words and at its place: `The order cannot be read: line_items.0.price is …`. */
export function unreadable(what: string, error: z.ZodError): Unreadable {
  const [first] = error.issues;
  const place = first === undefined || first.path.length === 0 ? "" : `${first.path.join(".")}: `;
  return {
    problem: `The ${what} cannot be read: ${place}${first === undefined ? "unknown" : wordsOf(first)}.`,
  };
}

function wordsOf(issue: z.core.$ZodIssue): string {
  return issue.code === "invalid_type" ? `missing, or of another type than ${issue.expected}` : issue.message;
}

/** The order as a reading, once it keeps the limits that every shop's orders keep; what does not keep them is said in words. */
export function readingOf(order: SeenOrder): Reading | Unreadable {
  const seen = { ...order, request: withFeeInWords(order.request) };
  const checked = shopOrderRequestSchema.safeParse(seen.request);
  return checked.success ? { kind: "order", order: seen } : unreadable("order", checked.error);
}

/** Orders that are paid in the store have no shipping there: a fee for the pickup stays in the total, and in words where people read them. */
function withFeeInWords(request: SeenOrder["request"]): SeenOrder["request"] {
  const { shipping, payment, note } = request;
  if (payment.kind !== "atPickup" || shipping === undefined || shipping.minor <= 0) return request;
  const words = `${formatMoney({ amount: shipping, locale: "en" })} are to be paid for the pickup too.`;
  return {
    ...request,
    shipping: zeroMoney(shipping.currency),
    note: clipped(`${words} ${note}`, 500) ?? words,
  };
}

/** Text of a platform cut to what our documents hold; null for none, or only blanks. */
export function clipped(text: string | null | undefined, max: number): string | null {
  const trimmed = (text ?? "").trim().slice(0, max).trim();
  return trimmed === "" ? null : trimmed;
}

/** The first name there is, or what stands for one: an order is never lost because nobody said whose it is. */
export function firstName(...names: readonly (string | null | undefined)[]): string {
  for (const name of names) {
    const text = clipped(name, 200);
    if (text !== null) return text;
  }
  return "?";
}

/** An address as we keep it; null where no parcel could be sent to it: no line, or no country. */
export function postalAddress({
  name,
  lines,
  postcode,
  city,
  country,
}: {
  readonly name: string;
  readonly lines: readonly (string | null | undefined)[];
  readonly postcode: string | null | undefined;
  readonly city: string | null | undefined;
  readonly country: string | null | undefined;
}): PostalAddress | null {
  const kept = lines.map((line) => clipped(line, 500)).filter((line) => line !== null);
  const code = (country ?? "").trim().toUpperCase();
  if (kept.length === 0 || !/^[A-Z]{2}$/.test(code)) return null;
  return {
    name,
    lines: kept.slice(0, 4),
    postcode: clipped(postcode, 20) ?? "",
    city: clipped(city, 120) ?? "",
    country: code,
  };
}

/** The store that a location stands for, by any of a platform's names for it, whatever its case; null where it stands for none. */
export function storeOf(
  locations: Connector["locations"],
  name: string | number | null | undefined,
): string | null {
  const wanted = String(name ?? "")
    .trim()
    .toLowerCase();
  if (wanted === "") return null;
  return Object.entries(locations).find(([key]) => key.trim().toLowerCase() === wanted)?.[1] ?? null;
}
