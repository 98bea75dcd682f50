import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ChannelId } from "#domain/ids.ts";
import {
  listingsQuerySchema,
  shopPictureParamsSchema,
  shopProductParamsSchema,
  shopProductQuerySchema,
  shopProductsQuerySchema,
} from "#protocol/shop/product.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";
import { changedProducts } from "../shop-products/changed.ts";
import { changedListings, listingsOf } from "../shop-products/listings.ts";
import { oneProduct, productPicture } from "../shop-products/one-product.ts";
import type { ApiKeyRecord } from "../storage/port.ts";
import { keyOf } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { sendPictureFound } from "./send-picture.ts";
import { reaches } from "./shop-reach.ts";
import { validated } from "./validate.ts";

type Deps = Pick<ServerDeps, "storage" | "now">;

/** The channel that a request is about: the key's own, or the one that it names. Throws a refusal that says how to name one. */
function channelOf({ channels }: Pick<ApiKeyRecord, "channels">, named: ChannelId | undefined): ChannelId {
  if (named !== undefined) {
    if (reaches({ channels }, named)) return named;
    throw new Refusal("forbidden", `This key is of ${channels.join(", ")} only, not of ${named}.`);
  }
  const [only, second] = channels;
  if (only !== undefined && second === undefined) return only;
  throw new Refusal(
    "badRequest",
    only === undefined
      ? "This key is of all channels. Say which one you mean: `channel=web`."
      : `This key is of ${channels.join(", ")}. Say which one you mean: \`channel=${only}\`.`,
  );
}

type Why = "noStores" | "noCursor" | "cursorAhead" | "otherTerms" | "tooOld";
const REFUSALS: Readonly<Record<Why, readonly [ErrorBody["reason"], string]>> = {
  noStores: ["notFound", "The retailer has no store yet, so nothing has a currency or a price."],
  noCursor: ["badRequest", "`after` is no cursor of this address. Send `next` of the last answer."],
  cursorAhead: [
    "checkpointExpired",
    "This cursor is none of this server any more. Begin without one and read all products anew.",
  ],
  otherTerms: [
    "checkpointExpired",
    "The channel asks other price lists or stores by now. Ask without a cursor and read all products anew.",
  ],
  tooOld: ["checkpointExpired", "This cursor is too old. Ask without a cursor and read all products anew."],
};

async function products(deps: Deps, request: FastifyRequest): Promise<unknown> {
  const { channel: named, after, limit } = validated(shopProductsQuerySchema, request.query);
  const channel = channelOf(keyOf(request), named);
  const page = await deps.storage.read((tx) =>
    changedProducts(tx, { channel, at: deps.now(), after, limit }),
  );
  if (!page.ok) throw new Refusal(...REFUSALS[page.reason]);
  return page.value;
}

async function product(deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { id: name } = validated(shopProductParamsSchema, request.params);
  const { channel: named } = validated(shopProductQuerySchema, request.query);
  const channel = channelOf(keyOf(request), named);
  const found = await deps.storage.read((tx) => oneProduct(tx, { channel, at: deps.now(), name }));
  if (found === null) throw new Refusal("notFound", `There is no such product on ${channel}.`);
  const text = JSON.stringify(found);
  // Weak: compressed or not it is the same product.
  const tag = `W/"${createHash("sha256").update(text).digest("base64url")}"`;
  reply.header("etag", tag).header("cache-control", "private, no-cache");
  if (isKnown(request.headers["if-none-match"], tag)) return reply.code(304).send();
  return reply.type("application/json").send(text);
}

/** Whether one of the versions that the shop has is this one, compared as RFC 9110, section 13.1.2, says. */
function isKnown(header: string | undefined, tag: string): boolean {
  const opaque = (each: string) => each.trim().replace(/^W\//, "");
  return (header ?? "").split(",").some((each) => each.trim() === "*" || opaque(each) === opaque(tag));
}

async function picture(deps: Deps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { id, hash } = validated(shopPictureParamsSchema, request.params);
  const { channels } = keyOf(request);
  const found = await deps.storage.read((tx) => productPicture(tx, { product: id, hash, channels }));
  return sendPictureFound(found, reply);
}

async function listings(deps: Deps, request: FastifyRequest): Promise<unknown> {
  const { channel: named, after, limit, sku } = validated(listingsQuerySchema, request.query);
  const asked = { channel: channelOf(keyOf(request), named), at: deps.now() };
  return deps.storage.read(async (tx) => {
    if (sku !== undefined) {
      const found = await listingsOf(tx, { ...asked, skus: sku });
      if (found === null) throw new Refusal(...REFUSALS.noStores);
      return found;
    }
    const page = await changedListings(tx, { ...asked, after, limit });
    if (!page.ok) throw new Refusal(...REFUSALS[page.reason]);
    return page.value;
  });
}

/** The calls of the catalogue (`shop-product-api.ts`). */
export const shopProducts = { products, product, picture, listings };
