import type { FastifyRequest } from "fastify";
import { type ChannelId, type CustomerId, idOf } from "#domain/ids.ts";
import {
  type BurnAnswer,
  burnRequestSchema,
  type LoyaltyQuote,
  loyaltyParamsSchema,
  loyaltyQuoteRequestSchema,
  releaseRequestSchema,
  type ShopLoyalty,
} from "#protocol/shop/loyalty.ts";
import { standingView } from "../loyalty/loyalty.ts";
import type { ShopBurnRefusal } from "../loyalty/shop-points.ts";
import { keyOf } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { reaches } from "./shop-reach.ts";
import { validated } from "./validate.ts";

type Parts = Pick<ServerDeps, "storage" | "loyalty" | "shopPoints">;

/** How a customer stands and what moved their points. */
export async function shopLoyalty(deps: Parts, request: FastifyRequest): Promise<ShopLoyalty> {
  const asked = await reachedCustomer(deps, request);
  const found = await deps.loyalty.standing(asked);
  if (found === null) throw noProgramme();
  const { customer, programme, standing, entries } = found;
  return {
    customer,
    programme: programme.name,
    ...standingView(programme, standing),
    entries: [...(await deps.loyalty.rows(entries))],
  };
}

export async function quotePoints(deps: Parts, request: FastifyRequest): Promise<LoyaltyQuote> {
  const customer = await reachedCustomer(deps, request);
  const quoted = await deps.shopPoints.quote({
    customer,
    ...validated(loyaltyQuoteRequestSchema, request.body),
  });
  if (!quoted.ok) throw noProgramme();
  return quoted.value;
}

export async function burnPoints(deps: Parts, request: FastifyRequest): Promise<BurnAnswer> {
  const customer = await reachedCustomer(deps, request);
  const { channel, order, points, total } = validated(burnRequestSchema, request.body);
  refuseUnreached(request, channel);
  const burned = await deps.shopPoints.burn({ customer, name: { channel, order }, points, total });
  if (burned.ok) return burned.value;
  if (burned.reason === "noProgramme") throw noProgramme();
  throw new Refusal("conflict", BURN_REFUSALS[burned.reason], [burned.reason]);
}

export async function releasePoints(deps: Parts, request: FastifyRequest): Promise<BurnAnswer> {
  const customer = await reachedCustomer(deps, request);
  const { channel, order, reference, points = null } = validated(releaseRequestSchema, request.body);
  refuseUnreached(request, channel);
  const released = await deps.shopPoints.release({ customer, name: { channel, order }, reference, points });
  if (released.ok) return released.value;
  throw released.reason === "nothingBurned"
    ? new Refusal("notFound", "This customer's points paid no such order.")
    : new Refusal("conflict", "Fewer points than that are left to give back.", [released.reason]);
}

/** The customer of the address, as far as the key reaches: the same refusal when there is none and when it is none of its channels'. */
async function reachedCustomer({ storage }: Parts, request: FastifyRequest): Promise<CustomerId> {
  const customer = idOf<"Customer">(validated(loyaltyParamsSchema, request.params).customer);
  const { channels } = keyOf(request);
  const isReached = await storage.read(
    async (tx) =>
      (await tx.customer(customer)) !== null &&
      (channels.length === 0 || (await tx.isNamedThrough({ customer, channels }))),
  );
  if (!isReached) throw new Refusal("notFound", "There is no such customer.");
  return customer;
}

function refuseUnreached(request: FastifyRequest, channel: ChannelId): void {
  const { channels } = keyOf(request);
  if (!reaches({ channels }, channel))
    throw new Refusal("forbidden", `This key pays orders of ${channels.join(", ")} only, not of ${channel}.`);
}

function noProgramme(): Refusal {
  return new Refusal("notFound", "There is no loyalty programme.");
}

const BURN_REFUSALS: Readonly<Record<Exclude<ShopBurnRefusal, "noProgramme">, string>> = {
  pointsPayNothing: "Points pay nothing in this programme.",
  pointsOtherCurrency: "Points pay in the programme's currency only.",
  pointsHeldByAnother: "A till is taking these points right now. Ask again in a moment.",
  pointsTooFew: "There are too few points for that.",
  pointsAboveOfflineLimit: "There are too few points for that.",
  pointsNotInSteps: "Points are taken in the programme's steps, and no fewer than its least.",
  pointsTooMany:
    "That is more than there are, than the programme lets one order take, or than is to be paid.",
  burnedOtherwise: "This order was paid with other points already.",
};
