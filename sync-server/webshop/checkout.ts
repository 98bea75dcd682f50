import { createHash } from "node:crypto";
import { z } from "zod";
import { type ChannelId, idOf } from "#domain/ids.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";
import { PICKUP_CODE_ALPHABET } from "#domain/orders/pickup-code.ts";
import type { Result } from "#domain/result.ts";
import { moneySchema, skuSchema } from "#protocol/scalars.ts";
import type { ShopOrderRequest } from "#protocol/shop/order.ts";
import { MAX_QUOTE_COUPONS, type Quote } from "#protocol/shop/quote.ts";
import type { QuoteRefusal, Quotes } from "../quotes/quotes.ts";
import type { Storage } from "../storage/port.ts";

export const DEMO_CHANNEL: ChannelId = idOf<"Channel">("demo-shop");
const NUMBER_CHARS = 6;
const MAX_LINES = 50;
const MAX_PIECES = 99;
const SHIPPING_MINOR = 490;

const written = z.string().trim().min(1).max(120);

const basketShape = {
  lines: z
    .array(z.strictObject({ sku: skuSchema, quantity: z.number().int().min(1).max(MAX_PIECES) }))
    .min(1)
    .max(MAX_LINES),
  /** As typed. */
  coupons: z.array(z.string().min(1).max(60)).max(MAX_QUOTE_COUPONS).default([]),
};

/** What the checkout's form sends. `attempt` is made by the page once for each filled basket: sending the form twice is one order. */
export const checkoutSchema = z.strictObject({
  attempt: z.uuid(),
  ...basketShape,
  /** What the page showed: what costs something else by now is not ordered unseen. */
  total: moneySchema.exactOptional(),
  customer: z.strictObject({
    name: written,
    email: z.email().max(254).nullable(),
    phone: z.string().trim().max(40).nullable(),
  }),
  /** Of a store credit or gift card that pays what it can, where it is paid now; empty for none. */
  code: z.string().trim().max(60).default(""),
  delivery: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("pickup"),
      store: z.string().regex(/^[A-Z0-9]{2,8}$/),
      pay: z.enum(["now", "inStore"]),
    }),
    z.strictObject({
      kind: z.literal("ship"),
      address: z.strictObject({
        street: written,
        postcode: z.string().trim().min(1).max(20),
        city: written,
        country: z.string().regex(/^[A-Z]{2}$/),
      }),
    }),
  ]),
});
export type Checkout = z.output<typeof checkoutSchema>;

/** What sending a parcel costs in the demo shop, whatever is in it. */
export function shippingOf(currency: Currency): Money {
  return money(SHIPPING_MINOR, currency);
}

/** What the page asks for while the basket is filled: the coupons that were typed, and whether it is to be sent. */
export const basketQuestionSchema = z.strictObject({ ...basketShape, ships: z.boolean().default(false) });
type BasketQuestion = z.output<typeof basketQuestionSchema>;

/** What a basket costs in the demo shop, by the same quote that any shop gets. */
export async function quoteBasket(
  { quotes, storage }: { readonly quotes: Quotes; readonly storage: Storage },
  { lines, coupons, ships }: BasketQuestion,
): Promise<Result<Quote, QuoteRefusal>> {
  const [home] = await storage.read((tx) => tx.stores());
  return quotes.quote({
    channel: DEMO_CHANNEL,
    lines,
    coupons,
    ...(ships && home !== undefined ? { shipping: shippingOf(home.currency) } : {}),
  });
}

/** The order that a checkout wants, for what the quote says. */
export function orderOfCheckout(checkout: Checkout, quote: Quote): ShopOrderRequest {
  // Deposits and the like are in the total: nobody picks them.
  const goods = quote.lines.filter(({ charged }) => charged === null);
  const lines = goods.map(({ sku, name, quantity, unitPrice, discounts, total }) => ({
    sku,
    name,
    quantity,
    unitPrice,
    discounts,
    total,
  }));
  const coupons = quote.coupons.flatMap(({ code, state }) => (state === "used" ? [code] : []));
  const { freeShipping } = quote;
  return {
    ...orderOf(checkout, { lines, quote }),
    coupons,
    ...(freeShipping === null ? {} : { freeShipping: freeShipping.id }),
  };
}

function orderOf(
  { attempt, customer, delivery }: Checkout,
  { lines, quote }: { readonly lines: ShopOrderRequest["lines"]; readonly quote: Quote },
): ShopOrderRequest {
  const common = {
    channel: DEMO_CHANNEL,
    id: attempt,
    number: numberOf(attempt),
    currency: quote.currency,
    total: quote.totals.total,
    customer: { ...customer, phone: customer.phone === "" ? null : customer.phone },
    lines,
    note: "",
  };
  if (delivery.kind === "pickup") {
    const { store, pay } = delivery;
    return {
      ...common,
      payment: { kind: pay === "now" ? "paid" : "atPickup" },
      delivery: { kind: "pickup", store },
      maySplit: false,
    };
  }
  const { street, postcode, city, country } = delivery.address;
  return {
    ...common,
    shipping: quote.totals.shipping,
    payment: { kind: "paid" },
    delivery: { kind: "ship", address: { name: customer.name, lines: [street], postcode, city, country } },
    maySplit: true,
  };
}

/** Short enough to be said over a counter, and always the same for one attempt. */
function numberOf(attempt: string): string {
  const digest = createHash("sha256").update(attempt).digest();
  const letters = Array.from(digest.subarray(0, NUMBER_CHARS), (byte) =>
    PICKUP_CODE_ALPHABET.charAt(byte % PICKUP_CODE_ALPHABET.length),
  );
  return `WEB-${letters.join("")}`;
}
