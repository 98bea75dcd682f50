import { z } from "zod";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { type CustomerHistory, customerHistorySchema } from "#protocol/documents/history.ts";
import {
  type ShareBasketAnswer,
  type SharedBasket,
  shareBasketAnswerSchema,
  shareBasketRequestSchema,
  sharedBasketSchema,
} from "#protocol/shop/basket.ts";
import { type ShopCase, shopCasesAnswerSchema } from "#protocol/shop/case.ts";
import {
  type ShopCustomer,
  shopChangeSchema,
  shopCustomerSchema,
  shopCustomersAnswerSchema,
  shopCustomersQuerySchema,
  shopErasedSchema,
  shopRegisterSchema,
} from "#protocol/shop/customer.ts";
import {
  burnAnswerSchema,
  burnRequestSchema,
  loyaltyParamsSchema,
  loyaltyQuoteRequestSchema,
  loyaltyQuoteSchema,
  releaseRequestSchema,
  type ShopLoyalty,
  shopLoyaltySchema,
} from "#protocol/shop/loyalty.ts";
import {
  type AvailabilityAnswer,
  availabilityAnswerSchema,
  availabilityQuerySchema,
  cancelRequestSchema,
  type ShopOrder,
  shopOrderRequestSchema,
  shopOrderSchema,
} from "#protocol/shop/order.ts";
import { type Quote, quoteRequestSchema, quoteSchema } from "#protocol/shop/quote.ts";
import { receiptQuerySchema } from "#protocol/shop/receipt.ts";
import {
  type ReceiptCodeAnswer,
  receiptCodeAnswerSchema,
  receiptCodeRequestSchema,
} from "#protocol/shop/receipt-code.ts";
import {
  type AnnounceReturnAnswer,
  announceReturnAnswerSchema,
  announceReturnRequestSchema,
  type ShopReturn,
  shopReturnSchema,
} from "#protocol/shop/return.ts";
import type { ErrorBody } from "#protocol/sync/error.ts";
import { SHOP_CREDIT_API } from "./shop-credit-api.ts";
import { SHOP_PRODUCT_API } from "./shop-product-api.ts";

/** One call of a web shop: what routing, checking and the description of it in `/openapi.json` are made of. */
export interface ApiCall {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** As the router writes it, `:name` for a parameter. */
  readonly path: string;
  readonly summary: string;
  readonly words: string;
  readonly params: z.ZodObject | null;
  readonly query: z.ZodObject | null;
  readonly body: { readonly schema: z.ZodObject; readonly example: unknown } | null;
  readonly answers: readonly { readonly status: number; readonly words: string }[];
  /** JSON, or files of one of these media types. */
  readonly answer:
    | { readonly schema: z.ZodObject; readonly example: unknown }
    | { readonly files: readonly string[] };
  readonly refusals: readonly ErrorBody["reason"][];
}

export const orderParamsSchema = z.object({ id: z.string().min(1).max(200) });
export const returnParamsSchema = z.object({ id: z.string().min(1).max(64) });
export const customerParamsSchema = z.object({ id: z.string().min(1).max(64) });
export const receiptParamsSchema = z.object({ id: z.string().min(1).max(64) });
export const basketParamsSchema = z.object({ code: z.string().min(1).max(64) });

const EUR = idOf<"Currency">("EUR");
const PLACED_AT = instant(1_800_000_000_000);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const ORDER: ShopOrder = {
  id: idOf<"Order">("0198b7c0-5a3e-7d10-9c2f-6a1f5b8e4d21"),
  channel: "web",
  externalId: "1042",
  number: "FEN-1042",
  customer: idOf<"Customer">("0198b7c0-1c2d-7e3f-8a4b-5c6d7e8f9a0b"),
  status: "inProgress",
  placedAt: PLACED_AT,
  payment: {
    state: "paid",
    total: money(3_980, EUR),
    paid: money(3_980, EUR),
    refunded: money(0, EUR),
  },
  refundedByShop: money(0, EUR),
  returns: [],
  pickupCode: "K7DX4M",
  pickupQr: "OTP:FEN-1042:K7DX4M",
  fulfilments: [
    {
      id: idOf<"Fulfilment">("0198b7c0-5a40-7b52-8d11-0c9a7e3f2b64"),
      kind: "pickup",
      store: "BER1",
      storeName: "Berlin Mitte",
      state: "allocated",
      promisedAt: instant(PLACED_AT + 2 * HOUR_MS),
      collectBy: null,
      parcels: [],
      lines: [{ sku: idOf<"Sku">("LAMP-OAK"), name: "Oak lamp", quantity: 2, handed: 0, missing: 0 }],
    },
  ],
  remarks: [],
};
const ORDER_REQUEST: z.input<typeof shopOrderRequestSchema> = {
  channel: idOf<"Channel">("web"),
  id: "1042",
  number: "FEN-1042",
  currency: EUR,
  customer: { name: "Anna Ahrens", email: "anna.ahrens@example.com", phone: null },
  lines: [{ sku: idOf<"Sku">("LAMP-OAK"), quantity: 2, unitPrice: money(1_990, EUR) }],
  payment: { kind: "paid" },
  delivery: { kind: "pickup", store: "BER1" },
};
const AVAILABILITY: AvailabilityAnswer = {
  items: [
    {
      sku: idOf<"Sku">("LAMP-OAK"),
      stores: [
        {
          store: "BER1",
          id: idOf<"Store">("store-ber1"),
          name: "Berlin Mitte",
          available: 4,
          pickup: true,
          readyBy: instant(PLACED_AT + 2 * HOUR_MS),
          asOf: PLACED_AT,
          silent: false,
        },
      ],
    },
  ],
  unknown: ["LAMP-ELM"],
};
const BASKET_REQUEST: z.input<typeof shareBasketRequestSchema> = {
  lines: [{ sku: idOf<"Sku">("LAMP-OAK"), quantity: 2 }],
};
const BASKET_SHARED: ShareBasketAnswer = {
  code: "H4MKQ7XD",
  qr: "OTB:H4MKQ7XD",
  link: "https://shop.example/cart?basket=H4MKQ7XD",
  expiresAt: instant(PLACED_AT + 14 * DAY_MS),
};
const BASKET: SharedBasket = {
  code: "H4MKQ7XD",
  from: "till",
  lines: [
    {
      sku: idOf<"Sku">("LAMP-OAK"),
      variant: "0198b7c0-0001-7000-8000-000000000001",
      name: "Oak lamp",
      quantity: 2,
      price: money(1_990, EUR),
    },
  ],
  expiresAt: instant(PLACED_AT + 14 * DAY_MS),
};
const HISTORY: CustomerHistory = {
  customer: idOf<"Customer">("0198b7c0-1c2d-7e3f-8a4b-5c6d7e8f9a0b"),
  entries: [
    {
      kind: "order",
      id: ORDER.id,
      number: ORDER.number,
      channel: idOf<"Channel">("web"),
      at: PLACED_AT,
      status: "inProgress",
      storeNames: ["Berlin Mitte"],
      pieces: 2,
      goods: [{ name: "Oak lamp", quantity: 2 }],
      total: money(3_980, EUR),
    },
    {
      kind: "purchase",
      id: idOf<"Ticket">("0198b7bf-0a1b-7c2d-8e3f-4a5b6c7d8e9f"),
      number: idOf<"ReceiptNumber">("BER1-03-000123"),
      at: instant(PLACED_AT - DAY_MS),
      storeName: "Berlin Mitte",
      pieces: 1,
      goods: [{ name: "Pocket T-shirt · Ink / M", quantity: 1 }],
      total: money(1_895, EUR),
    },
  ],
  hasMore: false,
};

/** Of the first digits only: a real one has some hundreds. */
const RECEIPT_CODE: ReceiptCodeAnswer = { code: "663845500123456789012345", svg: null };
const CASE: ShopCase = {
  id: idOf<"Case">("0198b7c0-7a11-7c20-8a10-2f6b1c9d4e35"),
  number: "C-BER1-03-000012",
  customer: idOf<"Customer">("0198b7c0-6b01-7f00-9b1a-1c2d3e4f5a6b"),
  kind: "repair",
  status: "readyForPickup",
  outcome: null,
  store: "BER1",
  storeName: "Berlin Mitte",
  product: {
    variant: idOf<"Variant">("0198b7c0-0001-7000-8000-000000000001"),
    sku: idOf<"Sku">("LAMP-OAK"),
    name: "Oak lamp",
    options: [],
  },
  purchase: "BER1-03-000123",
  fault: "Does not light any more",
  openedAt: PLACED_AT,
  deadline: instant(PLACED_AT + 14 * DAY_MS),
  closedAt: null,
  steps: [{ at: instant(PLACED_AT + DAY_MS), status: "readyForPickup" }],
};

const LOYALTY: ShopLoyalty = {
  customer: idOf<"Customer">("0198b7c0-1c2d-7e3f-8a4b-5c6d7e8f9a0b"),
  programme: "Friends of the shop",
  balance: 1_245,
  earnedInYear: 820,
  tier: "Silver",
  next: { tier: "Gold", missing: 680 },
  expiry: { points: 120, at: instant(PLACED_AT + 30 * DAY_MS) },
  worth: money(1_200, EUR),
  entries: [
    {
      id: "earned:ticket:0198b7bf-0a1b-7c2d-8e3f-4a5b6c7d8e9f",
      kind: "earned",
      points: 18,
      at: instant(PLACED_AT - DAY_MS),
      number: "BER1-03-000123",
      storeName: "Berlin Mitte",
      note: null,
    },
  ],
};
const RETURN: ShopReturn = {
  id: "0198b7c0-7a11-7e02-b0d3-1f2a3b4c5d6e",
  channel: "web",
  externalId: "R-77",
  state: "announced",
  number: "FEN-1042",
  announcedAt: instant(PLACED_AT + 5 * DAY_MS),
  arriveBy: idOf<"BusinessDay">("2027-02-19"),
  lines: [
    {
      position: 0,
      sku: idOf<"Sku">("LAMP-OAK"),
      name: "Oak lamp",
      quantity: 1,
      arrived: 0,
      reason: "changedMind",
    },
  ],
  refund: null,
  rejection: null,
};
const RETURN_REQUEST: z.input<typeof announceReturnRequestSchema> = {
  channel: idOf<"Channel">("web"),
  id: "R-77",
  purchase: { channel: idOf<"Channel">("web"), externalId: "1042" },
  lines: [
    { sku: idOf<"Sku">("LAMP-OAK"), quantity: 1, reason: "changedMind" },
    { sku: idOf<"Sku">("LAMP-ELM"), quantity: 1 },
  ],
};
const RETURN_ANNOUNCED: AnnounceReturnAnswer = {
  return: RETURN,
  refused: [
    { position: null, sku: idOf<"Sku">("LAMP-ELM"), quantity: 1, why: "unknownLine", left: 0, day: null },
  ],
};

const CUSTOMER: ShopCustomer = {
  id: idOf<"Customer">("0198b7c0-1c2d-7e3f-8a4b-5c6d7e8f9a0b"),
  name: "Anna Ahrens",
  email: "anna.ahrens@example.com",
  phone: null,
  cardNumber: null,
  language: "de",
  addresses: [],
  preferences: null,
  company: null,
  groups: [],
  taxExempt: false,
  consents: [{ purpose: "email", given: true, source: "shop web", at: PLACED_AT }],
};
const REGISTER_REQUEST: z.input<typeof shopRegisterSchema> = {
  channel: idOf<"Channel">("web"),
  id: "4711",
  name: "Anna Ahrens",
  email: "anna.ahrens@example.com",
  emailVerified: true,
  language: "de",
  consents: [{ purpose: "email", given: true }],
};
const QUOTE_REQUEST: z.input<typeof quoteRequestSchema> = {
  channel: idOf<"Channel">("web"),
  lines: [{ sku: idOf<"Sku">("LAMP-OAK"), quantity: 2 }],
  coupons: ["SUMMER10"],
  shipping: money(490, EUR),
};
const SUMMER = { id: idOf<"Promotion">("0198b7c0-9a11-7e02-b0d3-1f2a3b4c5d6e"), name: "Summer: 10 %" };
const QUOTE: Quote = {
  at: PLACED_AT,
  validUntil: instant(PLACED_AT + 3 * DAY_MS),
  currency: EUR,
  taxIncluded: true,
  lines: [
    {
      line: 1,
      charged: null,
      sku: idOf<"Sku">("LAMP-OAK"),
      name: "Oak lamp",
      quantity: 2,
      unitPrice: money(4_900, EUR),
      compareAt: null,
      gross: money(9_800, EUR),
      discounts: [{ promotion: SUMMER.id, name: SUMMER.name, amount: money(980, EUR) }],
      total: money(8_820, EUR),
      taxes: [{ name: "19 %", ppm: 190_000, net: money(7_412, EUR), tax: money(1_408, EUR) }],
    },
  ],
  coupons: [{ code: "SUMMER10", state: "used", why: null, promotion: SUMMER }],
  promotions: [{ ...SUMMER, amount: money(980, EUR) }],
  freeShipping: null,
  totals: {
    gross: money(9_800, EUR),
    discount: money(980, EUR),
    net: money(7_412, EUR),
    tax: money(1_408, EUR),
    goods: money(8_820, EUR),
    shipping: money(490, EUR),
    total: money(9_310, EUR),
  },
};

const DENIED = ["unauthorised", "forbidden", "tooManyRequests"] as const;
const ORDER_NAME =
  "The order by our id, or by yours as `channel:id`, e.g. `web:1042` (percent-encode what an address cannot hold).";

/** Everything a web shop can ask of the server. */
export const SHOP_API = {
  quote: {
    method: "POST",
    path: "/shop/v1/quote",
    summary: "What a basket costs",
    words:
      "Prices a basket with the same rules and to the same cents as a till: price lists, promotions, coupons, taxes. Nothing is kept of it; ask again when the basket changes and before the customer pays. " +
      "Each cent off names its promotion. A coupon is `used`, good but `notUsed` for what is in the basket, or `refused` with the reason. " +
      "Place the order with the line totals of the quote, and name the coupons that are `used` in it and its `freeShipping`. A key that HQ bound to channels names customers who ordered there.",
    params: null,
    query: null,
    body: { schema: quoteRequestSchema, example: QUOTE_REQUEST },
    answers: [{ status: 200, words: "What the basket costs as it stands." }],
    answer: { schema: quoteSchema, example: QUOTE },
    refusals: [...DENIED, "badRequest", "notFound"],
  },
  placeOrder: {
    method: "POST",
    path: "/shop/v1/orders",
    summary: "Place an order",
    words:
      "Safe to repeat: an order is known by `channel` and `id`. Asking again answers the order as it is now and changes nothing, whatever the body says. " +
      "What is merely odd (an unknown SKU, a missing address, a sum that does not add up) is taken, said in `remarks`, and settled by people: the customer has been promised it. " +
      "Amounts are whole minor units (cents). A key that HQ bound to channels places and sees the orders of these alone.",
    params: null,
    query: null,
    body: { schema: shopOrderRequestSchema, example: ORDER_REQUEST },
    answers: [
      {
        status: 201,
        words: "The order was placed. `pickupCode` is told this once; show it to the customer.",
      },
      { status: 200, words: "The order was known already and is as it was." },
    ],
    answer: { schema: shopOrderSchema, example: ORDER },
    refusals: [...DENIED, "badRequest", "notFound", "conflict", "tooLarge"],
  },
  order: {
    method: "GET",
    path: "/shop/v1/orders/:id",
    summary: "How an order stands",
    words: ORDER_NAME,
    params: orderParamsSchema,
    query: null,
    body: null,
    answers: [{ status: 200, words: "The order as it is now." }],
    answer: { schema: shopOrderSchema, example: { ...ORDER, pickupCode: null, pickupQr: null } },
    refusals: [...DENIED, "notFound"],
  },
  cancelOrder: {
    method: "POST",
    path: "/shop/v1/orders/:id/cancel",
    summary: "Cancel an order",
    words: `Cancels whatever was not handed over yet; what was paid for it counts as refunded. ${ORDER_NAME}`,
    params: orderParamsSchema,
    query: null,
    body: { schema: cancelRequestSchema, example: { reason: "Customer changed their mind" } },
    answers: [{ status: 200, words: "The order after it was cancelled." }],
    answer: {
      schema: shopOrderSchema,
      example: {
        ...ORDER,
        status: "cancelled",
        pickupCode: null,
        pickupQr: null,
        payment: { ...ORDER.payment, state: "refunded", refunded: ORDER.payment.total },
        fulfilments: ORDER.fulfilments.map((each) => ({ ...each, state: "cancelled" })),
      },
    },
    refusals: [...DENIED, "badRequest", "notFound", "conflict"],
  },
  receiptCode: {
    method: "POST",
    path: "/shop/v1/receipt-code",
    summary: "The receipt code of an order",
    words:
      "What to print as a QR code (error level M) on the order's confirmation or invoice: any till of the chain takes the goods back by it, offline as well, without ever having heard of the order. " +
      "It says what is ordered and paid at the moment of asking, so ask again after a change. Name the order by `order` (our id) or by `channel` and `externalId` (yours).",
    params: null,
    query: null,
    body: {
      schema: receiptCodeRequestSchema,
      example: { channel: idOf<"Channel">("web"), externalId: "1042" },
    },
    answers: [{ status: 200, words: "The digits of the QR code, and its picture where `svg` asks for it." }],
    answer: { schema: receiptCodeAnswerSchema, example: RECEIPT_CODE },
    refusals: [...DENIED, "badRequest", "notFound", "conflict"],
  },
  announceReturn: {
    method: "POST",
    path: "/shop/v1/returns",
    summary: "Announce goods that come back by mail",
    words:
      "Idempotent by `channel` and `id`: announcing again answers the return as it is. What was bought is named by a receipt's number, by what its QR code holds, or as an order; it may have been bought online or in a store. " +
      "Each line is taken whole or refused with the reason (`unknownLine`; `tooMany`: `left` pieces can be sent back; `late`: its window ended on `day`; `finalSale`; `refundedTwice`: headquarters has to look at the purchase first). What is refused here may still be brought to a store, where a manager may allow it.",
    params: null,
    query: null,
    body: { schema: announceReturnRequestSchema, example: RETURN_REQUEST },
    answers: [
      { status: 201, words: "The return was announced; the goods are expected until `arriveBy`." },
      {
        status: 200,
        words: "It was announced already and is as it is; or nothing of it was taken, and `return` is null.",
      },
    ],
    answer: { schema: announceReturnAnswerSchema, example: RETURN_ANNOUNCED },
    refusals: [...DENIED, "badRequest", "notFound"],
  },
  return: {
    method: "GET",
    path: "/shop/v1/returns/:id",
    summary: "How a return by mail stands",
    words: "By the `id` that announcing it answered. Endpoints are told of each change as `return.…` events.",
    params: returnParamsSchema,
    query: null,
    body: null,
    answers: [{ status: 200, words: "The return as it is now." }],
    answer: { schema: shopReturnSchema, example: RETURN },
    refusals: [...DENIED, "notFound"],
  },
  availability: {
    method: "GET",
    path: "/shop/v1/availability",
    summary: "What each store can promise",
    words:
      "On hand minus reserved minus safety stock, per store. `asOf` is the last word from that store's tills; `silent` says that it is older than the retailer allows, so the figure may be outdated. " +
      "Repeat `sku` for several articles.",
    params: null,
    query: availabilityQuerySchema,
    body: null,
    answers: [{ status: 200, words: "The articles that are known, and the SKUs that are not." }],
    answer: { schema: availabilityAnswerSchema, example: AVAILABILITY },
    refusals: [...DENIED, "badRequest", "notFound"],
  },
  ...SHOP_PRODUCT_API,
  shareBasket: {
    method: "POST",
    path: "/shop/v1/baskets",
    summary: "Share a basket, to be finished in a store",
    words:
      "Answers a code and the text of a QR code that any till opens. Prices are those of where it is finished.",
    params: null,
    query: null,
    body: { schema: shareBasketRequestSchema, example: BASKET_REQUEST },
    answers: [{ status: 201, words: "The basket can be opened by its code from now on." }],
    answer: { schema: shareBasketAnswerSchema, example: BASKET_SHARED },
    refusals: [...DENIED, "badRequest"],
  },
  basket: {
    method: "GET",
    path: "/shop/v1/baskets/:code",
    summary: "Open a shared basket",
    words:
      "A basket begun in a store or in a shop. The code is read without regard to case, blanks and dashes.",
    params: basketParamsSchema,
    query: null,
    body: null,
    answers: [{ status: 200, words: "What is in it, with today's prices." }],
    answer: { schema: sharedBasketSchema, example: BASKET },
    refusals: [...DENIED, "codeUnknown", "codeExpired"],
  },
  ...SHOP_CREDIT_API,
  registerCustomer: {
    method: "POST",
    path: "/shop/v1/customers",
    summary: "Register a customer",
    words:
      "Safe to repeat: a customer is known by `channel` and `id`, your own id of the account; asking again answers the profile as it is. Where the chain knows the e-mail address under a name that " +
      "does not contradict, both are one profile and its `id` is answered, but only with `emailVerified`: anybody can open an account with somebody else's address. Without it HQ decides, and " +
      "you can ask again once the address is shown to be theirs. `consents` are those given in your shop; where and when is noted.",
    params: null,
    query: null,
    body: { schema: shopRegisterSchema, example: REGISTER_REQUEST },
    answers: [
      { status: 201, words: "The customer was registered." },
      { status: 200, words: "The customer was known already." },
    ],
    answer: { schema: shopCustomerSchema, example: CUSTOMER },
    refusals: [...DENIED, "badRequest"],
  },
  findCustomers: {
    method: "GET",
    path: "/shop/v1/customers",
    summary: "Find a customer by e-mail address",
    words: "However the address is spelt. A key that HQ bound to channels finds nobody.",
    params: null,
    query: shopCustomersQuerySchema,
    body: null,
    answers: [{ status: 200, words: "The profiles with this address; usually one or none." }],
    answer: { schema: shopCustomersAnswerSchema, example: { customers: [CUSTOMER] } },
    refusals: [...DENIED, "badRequest"],
  },
  customer: {
    method: "GET",
    path: "/shop/v1/customers/:id",
    summary: "A customer's profile",
    words:
      "One profile for every store and shop. The `id` of the answer may be another one than you asked for: that of the profile it is part of by now; keep that one. " +
      "A key that HQ bound to channels reaches customers who registered or ordered there.",
    params: customerParamsSchema,
    query: null,
    body: null,
    answers: [{ status: 200, words: "The profile as it is now." }],
    answer: { schema: shopCustomerSchema, example: CUSTOMER },
    refusals: [...DENIED, "notFound"],
  },
  changeCustomer: {
    method: "PUT",
    path: "/shop/v1/customers/:id",
    summary: "Change a customer's profile",
    words:
      "Only the fields that you send change; null takes a value away. `consents` are added to those there are: send `given: false` where one is withdrawn.",
    params: customerParamsSchema,
    query: null,
    body: {
      schema: shopChangeSchema,
      example: { channel: idOf<"Channel">("web"), consents: [{ purpose: "email", given: false }] },
    },
    answers: [{ status: 200, words: "The profile as it is now." }],
    answer: { schema: shopCustomerSchema, example: CUSTOMER },
    refusals: [...DENIED, "badRequest", "notFound"],
  },
  eraseCustomer: {
    method: "DELETE",
    path: "/shop/v1/customers/:id",
    summary: "Erase a customer",
    words:
      "Everywhere, on tills that are cut off at their next sync. Receipts and invoices stay, as the law demands, and name nobody. `conflict` as long as an order or a case of theirs is open; " +
      "`details` names them. A key that HQ bound to channels erases nobody.",
    params: customerParamsSchema,
    query: null,
    body: null,
    answers: [{ status: 200, words: "The customer is forgotten." }],
    answer: { schema: shopErasedSchema, example: { erased: CUSTOMER.id } },
    refusals: [...DENIED, "notFound", "conflict"],
  },
  customerHistory: {
    method: "GET",
    path: "/shop/v1/customers/:id/history",
    summary: "What a customer bought and ordered, in stores and online",
    words:
      "The newest first; an order says whose it is in `customer`. A key that HQ bound to channels reaches customers who ordered there, and of their orders those of its channels; " +
      "purchases in stores are told to every key.",
    params: customerParamsSchema,
    query: null,
    body: null,
    answers: [{ status: 200, words: "The history as it is now." }],
    answer: { schema: customerHistorySchema, example: HISTORY },
    refusals: [...DENIED, "notFound"],
  },
  receipt: {
    method: "GET",
    path: "/shop/v1/receipts/:id",
    summary: "A receipt, for the customer's account",
    words:
      "Of a sale at a till, by the ticket's id, as a page or a PDF; marked as a copy, for the customer was given one as they paid. " +
      "A key that HQ bound to channels reads the receipts of these channels' orders alone.",
    params: receiptParamsSchema,
    query: receiptQuerySchema,
    body: null,
    answers: [{ status: 200, words: "The receipt as it was, with the store's texts of today." }],
    answer: { files: ["text/html", "application/pdf"] },
    refusals: [...DENIED, "badRequest", "notFound"],
  },
  customerCases: {
    method: "GET",
    path: "/shop/v1/customers/:id/cases",
    summary: "A customer's complaints, warranty cases and repairs",
    words:
      "Of every store and channel, newest first: where each stands, and until when its customer was promised to hear. " +
      "A key that HQ bound to channels sees those alone that are about an order of these channels.",
    params: customerParamsSchema,
    query: null,
    body: null,
    answers: [{ status: 200, words: "The cases, none where the customer has none or is not known." }],
    answer: { schema: shopCasesAnswerSchema, example: { cases: [CASE] } },
    refusals: [...DENIED],
  },
  loyalty: {
    method: "GET",
    path: "/shop/v1/loyalty/:customer",
    summary: "How a customer stands in the loyalty programme",
    words:
      "Points of stores and channels are one balance. `worth` is what whole steps of it would pay; `expiry` the points that lapse next. Below zero: more came back than was left, or tills that were cut off took the same points. " +
      "A key that HQ bound to channels reaches customers who ordered there.",
    params: loyaltyParamsSchema,
    query: null,
    body: null,
    answers: [{ status: 200, words: "The balance, the tier, and what moved it, the newest first." }],
    answer: { schema: shopLoyaltySchema, example: LOYALTY },
    refusals: [...DENIED, "notFound"],
  },
  quoteLoyalty: {
    method: "POST",
    path: "/shop/v1/loyalty/:customer/quote",
    summary: "What a basket earns, and how many points may pay for it",
    words:
      "`total` of a line is what is paid for all its pieces, discounts off and tax in it. Gift cards and deposits are left out: they neither earn nor are paid with points.",
    params: loyaltyParamsSchema,
    query: null,
    body: {
      schema: loyaltyQuoteRequestSchema,
      example: {
        lines: [{ sku: idOf<"Sku">("LAMP-OAK"), quantity: 2, total: money(3_980, EUR) }],
        points: 500,
      },
    },
    answers: [{ status: 200, words: "As it is now; nothing is held or taken." }],
    answer: {
      schema: loyaltyQuoteSchema,
      example: {
        earns: 34,
        burn: { least: 100, most: 1_200, step: 100, worth: money(100, EUR), amount: money(1_200, EUR) },
      },
    },
    refusals: [...DENIED, "badRequest", "notFound"],
  },
  burnPoints: {
    method: "POST",
    path: "/shop/v1/loyalty/:customer/burn",
    summary: "Pay an order with points",
    words:
      "Takes the points at once, once per order (`channel` and your own id of it, placed or not): asking again answers what was taken. An order that comes to nothing gives them back by `release`. " +
      "What orders earn is booked by itself as they complete, less what was paid with points.",
    params: loyaltyParamsSchema,
    query: null,
    body: {
      schema: burnRequestSchema,
      example: { channel: idOf<"Channel">("web"), order: "1042", points: 500, total: money(3_980, EUR) },
    },
    answers: [{ status: 200, words: "What was taken, what it pays, and what is left." }],
    answer: { schema: burnAnswerSchema, example: { points: 500, amount: money(500, EUR), balance: 745 } },
    refusals: [...DENIED, "badRequest", "notFound", "conflict"],
  },
  releasePoints: {
    method: "POST",
    path: "/shop/v1/loyalty/:customer/release",
    summary: "Give points back that paid an order",
    words:
      "For an order that was cancelled or came back. Once per `reference`, your own name for it; without `points` all that were taken and did not go back yet.",
    params: loyaltyParamsSchema,
    query: null,
    body: {
      schema: releaseRequestSchema,
      example: { channel: idOf<"Channel">("web"), order: "1042", reference: "cancelled" },
    },
    answers: [{ status: 200, words: "What went back, and what there is now." }],
    answer: { schema: burnAnswerSchema, example: { points: 500, amount: money(500, EUR), balance: 1_245 } },
    refusals: [...DENIED, "badRequest", "notFound", "conflict"],
  },
} as const satisfies Readonly<Record<string, ApiCall>>;

export type ShopCall = keyof typeof SHOP_API;
