import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import {
  captureRequestSchema,
  creditParamsSchema,
  holdParamsSchema,
  holdRequestSchema,
  refundHoldRequestSchema,
  releaseRequestSchema,
  type ShopCredit,
  type ShopHold,
  type SoldGiftCard,
  sellGiftCardRequestSchema,
  shopCreditSchema,
  shopHoldSchema,
  soldGiftCardSchema,
} from "#protocol/shop/credit.ts";

const EUR = idOf<"Currency">("EUR");
const AT = instant(1_800_000_000_000);
const WEB = idOf<"Channel">("web");
const DENIED = ["unauthorised", "forbidden", "tooManyRequests"] as const;

const CREDIT: ShopCredit = { kind: "giftCard", state: "open", balance: money(2_500, EUR), issuedAt: AT };
const HELD: ShopHold = {
  id: "0198b7c0-8c22-7a10-b1d4-3e5f7a9b1c2d",
  state: "held",
  held: money(1_990, EUR),
  captured: money(0, EUR),
  refunded: money(0, EUR),
  order: "",
  expiresAt: instant(AT + 15 * 60_000),
};
const CAPTURED: ShopHold = { ...HELD, state: "captured", captured: money(1_990, EUR), order: "1042" };
const SOLD: SoldGiftCard = { code: "CARD-7Q2M-X0VD-4T9K-W3HB-N5RC", amount: money(2_500, EUR) };

/** What web shops do with store credit and gift cards. */
export const SHOP_CREDIT_API = {
  credit: {
    method: "GET",
    path: "/shop/v1/credits/:code",
    summary: "How a store credit or a gift card stands",
    words:
      "By the code on its slip, read without regard to case, blanks and dashes. `awaited`: it was spent at a till, and the till that gave it out has not told of it yet; `overdrawn`: " +
      "tills that were cut off spent more than there was. Ask with what the customer typed only: whoever has the code can spend the credit. Guessing is held up: 120 questions a minute.",
    params: creditParamsSchema,
    query: null,
    body: null,
    answers: [{ status: 200, words: "What may still be spent; what is held is not in it." }],
    answer: { schema: shopCreditSchema, example: CREDIT },
    refusals: [...DENIED, "badRequest", "notFound"],
  },
  holdCredit: {
    method: "POST",
    path: "/shop/v1/credits/:code/holds",
    summary: "Hold an amount of a store credit or a gift card for an order",
    words:
      "Until it is captured, released or `ttlMs` is over, nobody else is told that it is there: no other order, and no till that has a connection. " +
      "Safe to repeat by `channel` and `key`. Refused as a conflict while a till has the code on its counter, and where less is left.",
    params: creditParamsSchema,
    query: null,
    body: {
      schema: holdRequestSchema,
      example: { channel: WEB, key: "payment-1", amount: money(1_990, EUR) },
    },
    answers: [{ status: 200, words: "The hold, new or as it was." }],
    answer: { schema: shopHoldSchema, example: HELD },
    refusals: [...DENIED, "badRequest", "notFound", "conflict"],
  },
  captureHold: {
    method: "POST",
    path: "/shop/v1/holds/:id/capture",
    summary: "Pay an order with what is held",
    words:
      "With all of it, or with `amount`; the rest is free again. Safe to repeat. A hold whose time is over pays nothing: hold anew.",
    params: holdParamsSchema,
    query: null,
    body: { schema: captureRequestSchema, example: { order: "1042" } },
    answers: [{ status: 200, words: "The hold, captured: the amount is off the credit." }],
    answer: { schema: shopHoldSchema, example: CAPTURED },
    refusals: [...DENIED, "badRequest", "notFound", "conflict"],
  },
  releaseHold: {
    method: "POST",
    path: "/shop/v1/holds/:id/release",
    summary: "Give a hold up",
    words: "All of it is free again. Safe to repeat. What was captured is given back by `refund`.",
    params: holdParamsSchema,
    query: null,
    body: { schema: releaseRequestSchema, example: {} },
    answers: [{ status: 200, words: "The hold, released." }],
    answer: { schema: shopHoldSchema, example: { ...HELD, state: "released" } },
    refusals: [...DENIED, "badRequest", "notFound", "conflict"],
  },
  refundHold: {
    method: "POST",
    path: "/shop/v1/holds/:id/refund",
    summary: "Give back onto the credit or gift card that an order was paid with",
    words: "Over all refunds no more than was captured. Safe to repeat by `key`.",
    params: holdParamsSchema,
    query: null,
    body: { schema: refundHoldRequestSchema, example: { key: "refund-1", amount: money(990, EUR) } },
    answers: [{ status: 200, words: "The hold, with what was given back in `refunded`." }],
    answer: { schema: shopHoldSchema, example: { ...CAPTURED, refunded: money(990, EUR) } },
    refusals: [...DENIED, "badRequest", "notFound", "conflict"],
  },
  sellGiftCard: {
    method: "POST",
    path: "/shop/v1/gift-cards",
    summary: "Sell a gift card",
    words:
      "Ask when it is paid: the card has its value from then on, online and in every store. Safe to repeat by `channel` and `key`: the same card is answered. " +
      "No tax is due on it; what it is spent on is taxed then.",
    params: null,
    query: null,
    body: {
      schema: sellGiftCardRequestSchema,
      example: { channel: WEB, key: "1042-1", order: "1042", amount: money(2_500, EUR) },
    },
    answers: [
      { status: 201, words: "The card was sold." },
      { status: 200, words: "It was sold before by this key." },
    ],
    answer: { schema: soldGiftCardSchema, example: SOLD },
    refusals: [...DENIED, "badRequest", "conflict"],
  },
} as const;
