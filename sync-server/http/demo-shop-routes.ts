import { resolve } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Order } from "#domain/orders/order.ts";
import { qrSvg } from "#protocol/codes/qr-svg.ts";
import { shareBasketRequestSchema } from "#protocol/shop/basket.ts";
import type { ShopOrder, ShopOrderRequest } from "#protocol/shop/order.ts";
import { shopPictureParamsSchema } from "#protocol/shop/product.ts";
import type { HoldRecord } from "../credits/port.ts";
import { productPicture } from "../shop-products/one-product.ts";
import {
  basketQuestionSchema,
  type Checkout,
  checkoutSchema,
  DEMO_CHANNEL,
  orderOfCheckout,
  quoteBasket,
} from "../webshop/checkout.ts";
import { CODE_WORDS, giveBackOntoCode, holdForOrder } from "../webshop/pay-with-code.ts";
import { createShelf, shopFront } from "../webshop/shelf.ts";
import { basketRefusal, linkMaker } from "./basket-answers.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { cancelRefusal, noSuchOrder, placingRefusal } from "./order-refusals.ts";
import { sendPictureFound } from "./send-picture.ts";
import { basketParamsSchema, orderParamsSchema } from "./shop-api.ts";
import { orderNamesOf, shopActor, toldToShop } from "./shop-order.ts";
import { quoteRefusal } from "./shop-quote.ts";
import { availability, type ShopParts } from "./shop-routes.ts";
import { validated } from "./validate.ts";

const shelfQuery = z.strictObject({
  search: z.string().max(120).default(""),
  offset: z.coerce.number().int().nonnegative().max(100_000).default(0),
});
const handleParams = z.object({ handle: z.string().min(1).max(200) });

/** What a visitor may write in a minute, or codes that they try: anybody can open the demo shop. */
const WRITES = { config: { rateLimit: { max: 60, timeWindow: 60_000 } } };
/** Each change of a basket asks again. */
const QUOTES = { config: { rateLimit: { max: 300, timeWindow: 60_000 } } };

/** The demo web shop, its page and the calls of it. Open to everyone who reaches this server, so it is there with `--demo` only. */
export async function registerDemoShop(
  app: FastifyInstance,
  deps: ServerDeps,
  parts: ShopParts,
): Promise<void> {
  await app.register(fastifyStatic, {
    root: resolve(import.meta.dirname, "../webshop/page"),
    prefix: "/demo-shop/",
    decorateReply: false,
  });
  app.get("/demo-shop", (_request, reply) => reply.redirect("/demo-shop/"));
  app.get("/demo-shop/products/:id/pictures/:hash", (request, reply) => picture(deps, request, reply));
  registerShelf(app, deps);
  app.post("/demo-shop/api/orders", WRITES, (request, reply) => checkOut(deps, request, reply));
  app.post("/demo-shop/api/quote", QUOTES, async (request) => {
    const quoted = await quoteBasket(deps, validated(basketQuestionSchema, request.body));
    if (!quoted.ok) throw quoteRefusal(quoted.reason);
    return quoted.value;
  });
  app.get("/demo-shop/api/orders/:id", async (request) =>
    toldToShop(deps.storage, { order: await demoOrder(deps, request) }),
  );
  app.post("/demo-shop/api/orders/:id/cancel", WRITES, (request) => cancel(deps, request));
  app.post("/demo-shop/api/baskets", WRITES, async (request, reply) => {
    const { lines, note } = validated(shareBasketRequestSchema, request.body);
    const link = linkMaker(parts.basketLink, request);
    const shared = await parts.baskets.share({ lines, note, from: "shop", link });
    return reply.code(201).send({ basket: shared, qrSvg: qrSvg(shared.qr) });
  });
  app.get("/demo-shop/api/baskets/:code", WRITES, async (request) => {
    const { code } = validated(basketParamsSchema, request.params);
    const opened = await parts.baskets.open({ code, store: null });
    if (!opened.ok) throw basketRefusal(opened.reason);
    return opened.value;
  });
}

function registerShelf(app: FastifyInstance, deps: ServerDeps): void {
  app.get("/demo-shop/api/shop", async () => {
    const front = await shopFront(deps.storage);
    if (front === null) throw new Refusal("notFound", "The retailer has no store yet.");
    return front;
  });
  const shelf = createShelf(deps);
  app.get("/demo-shop/api/products", (request) => shelf.page(validated(shelfQuery, request.query)));
  app.get("/demo-shop/api/products/:handle", async (request) => {
    const { handle } = validated(handleParams, request.params);
    const product = await shelf.product(handle);
    if (product === null) throw new Refusal("notFound", "This product is not on sale.");
    return product;
  });
  app.get("/demo-shop/api/availability", (request) => availability(deps, request.query));
}

async function checkOut(
  deps: ServerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const checkout = validated(checkoutSchema, request.body);
  const quoted = await quoteBasket(deps, { ...checkout, ships: checkout.delivery.kind === "ship" });
  if (!quoted.ok) throw new Refusal("conflict", "Something in the basket is not on sale any more.");
  const wanted = orderOfCheckout(checkout, quoted.value);
  // Sent twice it is the order of before, whatever its coupon is worth by now.
  const isKnown = (await deps.orders.find({ channel: DEMO_CHANNEL, externalId: wanted.id })) !== null;
  const isAsShown = checkout.total === undefined || checkout.total.minor === quoted.value.totals.total.minor;
  if (!isKnown && !isAsShown)
    throw new Refusal("conflict", "A price has changed meanwhile. Look at the basket once more.");
  const hold = await heldFor(deps, checkout, wanted);
  const placed = await deps.orders.place(wanted);
  if (!placed.ok) {
    if (hold !== null) await deps.shopDesk.release(null, hold);
    throw placingRefusal(placed.reason);
  }
  const order = await toldToShop(deps.storage, placed.value);
  const paid =
    hold === null
      ? null
      : await deps.shopDesk.capture(null, { id: hold.id, amount: null, order: order.number });
  return reply.code(placed.value.isNew ? 201 : 200).send({
    order,
    qrSvg: pickupPicture(order),
    ...(paid?.ok === true ? { paidWithCode: paid.value.captured } : {}),
  });
}

/** Null where no code was typed, or where the order is paid in the store. */
async function heldFor(
  deps: ServerDeps,
  { code, delivery }: Checkout,
  order: ShopOrderRequest,
): Promise<HoldRecord | null> {
  if (code === "" || (delivery.kind === "pickup" && delivery.pay === "inStore")) return null;
  const held = await holdForOrder(deps, { typed: code, order });
  if (!held.ok) throw new Refusal("conflict", CODE_WORDS[held.reason]);
  return held.value;
}

function pickupPicture({ pickupQr }: ShopOrder): string | null {
  return pickupQr === null ? null : qrSvg(pickupQr);
}

async function cancel(deps: ServerDeps, request: FastifyRequest): Promise<ShopOrder> {
  const order = await demoOrder(deps, request);
  const cancelled = await deps.orders.cancel({
    name: { id: order.id },
    reason: "Cancelled by the customer in the demo shop",
    by: shopActor(DEMO_CHANNEL),
  });
  if (!cancelled.ok) throw cancelRefusal(cancelled.reason);
  await giveBackOntoCode(deps, cancelled.value);
  return toldToShop(deps.storage, { order: cancelled.value });
}

/** Whoever knows the id of an order of this shop may look at it and cancel it; orders of other shops are not there. */
async function demoOrder(deps: ServerDeps, request: FastifyRequest): Promise<Order> {
  const { id } = validated(orderParamsSchema, request.params);
  const [name] = orderNamesOf(id);
  const found = name !== undefined && "id" in name ? await deps.orders.find(name) : null;
  if (found === null || found.channel !== DEMO_CHANNEL) throw noSuchOrder();
  return found;
}

async function picture(
  deps: ServerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { id, hash } = validated(shopPictureParamsSchema, request.params);
  const of = { product: id, hash, channels: [DEMO_CHANNEL] };
  return sendPictureFound(await deps.storage.read((tx) => productPicture(tx, of)), reply);
}
