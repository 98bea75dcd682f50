import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Case } from "#domain/cases/case.ts";
import { type ChannelId, idOf } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { orderLineOf, type Ticket } from "#domain/ticket/ticket.ts";
import { qrSvg } from "#protocol/codes/qr-svg.ts";
import { shareBasketRequestSchema } from "#protocol/shop/basket.ts";
import {
  availabilityQuerySchema,
  cancelRequestSchema,
  type ShopOrder,
  shopOrderRequestSchema,
} from "#protocol/shop/order.ts";
import { receiptQuerySchema } from "#protocol/shop/receipt.ts";
import { type ReceiptCodeAnswer, receiptCodeRequestSchema } from "#protocol/shop/receipt-code.ts";
import type { Baskets } from "../baskets/baskets.ts";
import { shopCaseOf } from "../events/case-events.ts";
import { receiptOf } from "../receipts/documents.ts";
import type { ApiKeyRecord, ReadTransaction } from "../storage/port.ts";
import { keepKey, keyOf } from "./auth.ts";
import { type BasketLink, basketRefusal, linkMaker } from "./basket-answers.ts";
import { historyFor } from "./customers-routes.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { cancelRefusal, placingRefusal, receiptCodeRefusal } from "./order-refusals.ts";
import { sendDocument } from "./receipt-answers.ts";
import {
  basketParamsSchema,
  customerParamsSchema,
  orderParamsSchema,
  receiptParamsSchema,
  SHOP_API,
  type ShopCall,
} from "./shop-api.ts";
import { shopCredits } from "./shop-credits.ts";
import {
  changeShopCustomer,
  eraseShopCustomer,
  findShopCustomers,
  registerShopCustomer,
  shopCustomer,
} from "./shop-customers.ts";
import { burnPoints, quotePoints, releasePoints, shopLoyalty } from "./shop-loyalty.ts";
import { orderNamesOf, shopActor, toldToShop } from "./shop-order.ts";
import { shopProducts } from "./shop-products.ts";
import { quoteFor } from "./shop-quote.ts";
import { orderNamed, reaches } from "./shop-reach.ts";
import { announceReturn, shopReturn } from "./shop-returns.ts";
import { validated } from "./validate.ts";
import { type Guesser, WrongGuesses } from "./wrong-guesses.ts";

/** What the shops' calls need besides the server's parts. */
export interface ShopParts {
  readonly baskets: Baskets;
  readonly basketLink: BasketLink;
}

/** Calls by which somebody could try codes. */
const GUESSABLE: ReadonlySet<ShopCall> = new Set<ShopCall>(["credit", "holdCredit"]);
const GUESSES = { max: 120, timeWindow: 60_000 };

type Answering = (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>;

/** The calls of web shops (`shop-api.ts`). Every address needs a key of scope `shop` or `hq`. */
export function registerShopRoutes(app: FastifyInstance, deps: ServerDeps, parts: ShopParts): void {
  const guesses = new WrongGuesses(deps);
  const guessingKey = (request: FastifyRequest): Guesser => ({
    who: `key:${keyOf(request).hash}`,
    perMinute: GUESSES.max,
  });
  const answering: Readonly<Record<ShopCall, Answering>> = {
    quote: (request) => quoteFor(deps, request, keyOf(request)),
    placeOrder: (request, reply) => placeOrder(deps, request, reply),
    order: async (request) => tellShop(deps, request, { order: await orderFor(deps, request) }),
    cancelOrder: (request) => cancelOrder(deps, request),
    receiptCode: (request) => receiptCode(deps, request),
    announceReturn: (request, reply) => announceReturn(deps, request, reply),
    return: (request) => shopReturn(deps, request),
    availability: (request) => availability(deps, request.query),
    products: (request) => shopProducts.products(deps, request),
    product: (request, reply) => shopProducts.product(deps, request, reply),
    productPicture: (request, reply) => shopProducts.picture(deps, request, reply),
    listings: (request) => shopProducts.listings(deps, request),
    shareBasket: async (request, reply) => {
      const { lines, note } = validated(shareBasketRequestSchema, request.body);
      const link = linkMaker(parts.basketLink, request);
      return reply.code(201).send(await parts.baskets.share({ lines, note, from: "shop", link }));
    },
    basket: async (request) => {
      const { code } = validated(basketParamsSchema, request.params);
      const opened = await parts.baskets.open({ code, store: null });
      if (!opened.ok) throw basketRefusal(opened.reason);
      return opened.value;
    },
    credit: (request) => guesses.counted(guessingKey(request), () => shopCredits.credit(deps, request)),
    holdCredit: (request) =>
      guesses.counted(guessingKey(request), () => shopCredits.holdCredit(deps, request)),
    captureHold: (request) => shopCredits.captureHold(deps, request),
    releaseHold: (request) => shopCredits.releaseHold(deps, request),
    refundHold: (request) => shopCredits.refundHold(deps, request),
    sellGiftCard: (request, reply) => shopCredits.sellGiftCard(deps, request, reply),
    registerCustomer: (request, reply) => registerShopCustomer(deps, request, reply),
    findCustomers: (request) => findShopCustomers(deps, request),
    customer: (request) => shopCustomer(deps, request),
    changeCustomer: (request) => changeShopCustomer(deps, request),
    eraseCustomer: (request) => eraseShopCustomer(deps, request),
    customerHistory: (request) => historyFor(deps, request, keyOf(request)),
    receipt: (request, reply) => receipt(deps, request, reply),
    customerCases: (request) => customerCases(deps, request),
    loyalty: (request) => shopLoyalty(deps, request),
    quoteLoyalty: (request) => quotePoints(deps, request),
    burnPoints: (request) => burnPoints(deps, request),
    releasePoints: (request) => releasePoints(deps, request),
  };
  app.register(async (shop) => {
    keepKey(shop, deps, ["shop", "hq"]);
    for (const name of Object.keys(answering) as ShopCall[]) {
      const { method, path } = SHOP_API[name];
      const config = GUESSABLE.has(name) ? { config: { rateLimit: GUESSES } } : {};
      shop.route({ method, url: path, handler: answering[name], ...config });
    }
  });
}

async function placeOrder(
  deps: ServerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const wanted = validated(shopOrderRequestSchema, request.body);
  const { channels } = keyOf(request);
  if (!reaches({ channels }, wanted.channel))
    throw new Refusal(
      "forbidden",
      `This key places orders of ${channels.join(", ")} only, not of ${wanted.channel}.`,
    );
  const placed = await deps.orders.place(wanted);
  if (!placed.ok) throw placingRefusal(placed.reason);
  return reply.code(placed.value.isNew ? 201 : 200).send(await tellShop(deps, request, placed.value));
}

/** A key that is bound to channels hears of no customer whom its shop did not name. */
function tellShop(
  { storage }: ServerDeps,
  request: FastifyRequest,
  told: Parameters<typeof toldToShop>[1],
): Promise<ShopOrder> {
  return toldToShop(storage, { ...told, tellsGuesses: keyOf(request).channels.length === 0 });
}

async function receiptCode(deps: ServerDeps, request: FastifyRequest): Promise<ReceiptCodeAnswer> {
  const { order, channel = "", externalId = "", svg } = validated(receiptCodeRequestSchema, request.body);
  const name = order === undefined ? { channel, externalId } : { id: order };
  const made = await deps.receiptCodes.codeOf(await orderNamed(deps, request, name));
  if (!made.ok) throw receiptCodeRefusal(made.reason);
  return { code: made.value, svg: svg ? qrSvg(made.value) : null };
}

function orderFor(deps: ServerDeps, request: FastifyRequest): Promise<Order> {
  const { id } = validated(orderParamsSchema, request.params);
  return orderNamed(deps, request, ...orderNamesOf(id));
}

/** Throws the same refusal when there is none and when it is of no order that the key reaches. */
async function receipt(
  deps: ServerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { id } = validated(receiptParamsSchema, request.params);
  const { format, language = null } = validated(receiptQuerySchema, request.query);
  const codeOf = await deps.receiptCodes.ofTickets();
  const wish = { ticket: idOf<"Ticket">(id), isCopy: true, language, codeOf };
  const found = await deps.storage.read(async (tx) => {
    const document = await receiptOf(tx, wish);
    return document !== null && (await reachesTicket(tx, keyOf(request), document.ticket)) ? document : null;
  });
  if (found === null) throw new Refusal("notFound", "There is no such receipt.");
  return sendDocument(reply, found, { format, pdfs: deps.pdfs });
}

async function reachesTicket(
  tx: ReadTransaction,
  key: Pick<ApiKeyRecord, "channels">,
  { lines }: Ticket,
): Promise<boolean> {
  if (key.channels.length === 0) return true;
  for (const order of new Set(lines.map((line) => orderLineOf(line)?.order))) {
    const found = order === undefined ? null : await tx.order(order);
    if (found !== null && reaches(key, found.channel)) return true;
  }
  return false;
}

async function cancelOrder(deps: ServerDeps, request: FastifyRequest): Promise<unknown> {
  const { reason } = validated(cancelRequestSchema, request.body);
  const { id, channel } = await orderFor(deps, request);
  const cancelled = await deps.orders.cancel({ name: { id }, reason, by: shopActor(channel) });
  if (!cancelled.ok) throw cancelRefusal(cancelled.reason);
  return tellShop(deps, request, { order: cancelled.value });
}

const MAX_CASES_OF_CUSTOMER = 200;

async function customerCases(deps: ServerDeps, request: FastifyRequest): Promise<unknown> {
  const { id } = validated(customerParamsSchema, request.params);
  const { channels } = keyOf(request);
  return deps.storage.read(async (tx) => {
    const { cases } = await tx.cases({
      filter: "all",
      kind: null,
      store: null,
      customer: idOf<"Customer">(id),
      search: "",
      at: deps.now(),
      offset: 0,
      limit: MAX_CASES_OF_CUSTOMER,
    });
    const stores = await tx.stores();
    const told = [];
    for (const of of cases) if (await isReached(tx, { of, channels })) told.push(shopCaseOf({ of, stores }));
    return { cases: told };
  });
}

/** Whether a key of these channels may know of a case: by the order that it is about. */
async function isReached(
  tx: ReadTransaction,
  { of, channels }: { readonly of: Case; readonly channels: readonly ChannelId[] },
): Promise<boolean> {
  if (channels.length === 0) return true;
  const ref = of.purchase?.ref;
  const order = ref?.kind === "order" ? await tx.order(ref.id) : null;
  return order !== null && channels.includes(order.channel);
}

/** What each store can promise, for a shop and for a till alike. Throws a refusal when the store is none of ours. */
export async function availability(deps: ServerDeps, query: unknown): Promise<unknown> {
  const { sku, store: code } = validated(availabilityQuerySchema, query);
  const store = code === undefined ? null : await deps.storage.read((tx) => tx.storeByCode(code));
  if (code !== undefined && store === null) throw new Refusal("notFound", `There is no store ${code}.`);
  return deps.orders.availability({ skus: sku, store: store?.store ?? null });
}
