import type { FastifyRequest } from "fastify";
import { type Quote, quoteRequestSchema } from "#protocol/shop/quote.ts";
import type { LineTrouble } from "../quotes/quoted-lines.ts";
import type { QuoteRefusal, Quotes } from "../quotes/quotes.ts";
import type { ApiKeyRecord } from "../storage/port.ts";
import { Refusal } from "./errors.ts";
import { reaches } from "./shop-reach.ts";
import { validated } from "./validate.ts";

const TROUBLES: Readonly<Record<LineTrouble["why"], string>> = {
  unknownSku: "there is no article of this SKU",
  notOnSale: "the article is not on sale",
  noPrice: "the article has no price at the moment",
  otherCurrency: "the article's price is in another currency than the shop's",
  linkedMissing: "its deposit, levy or bag has no price at the moment",
  soldInStores: "the article is sold in stores only: it is weighed, or priced at the counter",
};
const REFUSALS: Readonly<
  Record<Exclude<QuoteRefusal["why"], "lines">, readonly ["notFound" | "badRequest", string]>
> = {
  noStores: ["notFound", "The retailer has no store yet."],
  noSuchCustomer: ["notFound", "There is no such customer."],
  shippingAmount: ["badRequest", "`shipping` is zero or more, and no more than a parcel can cost."],
  shippingCurrency: ["badRequest", "`shipping` is in another currency than the shop's."],
};

/** What a basket costs, for a key: one that is bound to channels asks for these alone. */
export async function quoteFor(
  { quotes }: { readonly quotes: Quotes },
  request: FastifyRequest,
  { channels }: Pick<ApiKeyRecord, "channels">,
): Promise<Quote> {
  const wanted = validated(quoteRequestSchema, request.body);
  if (!reaches({ channels }, wanted.channel))
    throw new Refusal("forbidden", `This key is of ${channels.join(", ")} only, not of ${wanted.channel}.`);
  const quoted = await quotes.quote(wanted, { channels });
  if (!quoted.ok) throw quoteRefusal(quoted.reason);
  return quoted.value;
}

/** Names every line that there is trouble with, so that the shop can take them out in one go. */
export function quoteRefusal(refusal: QuoteRefusal): Refusal {
  if (refusal.why !== "lines") return new Refusal(...REFUSALS[refusal.why]);
  const details = refusal.troubles.map(({ line, sku, why }) => `Line ${line}, ${sku}: ${TROUBLES[why]}.`);
  return new Refusal("badRequest", `Some lines cannot be priced. ${details.join(" ")}`, details);
}
