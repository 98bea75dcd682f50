import { createHash } from "node:crypto";
import { z } from "zod";
import { type ChannelId, type Instant, idOf } from "#domain/ids.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";
import { PICKUP_CODE_ALPHABET } from "#domain/orders/pickup-code.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { skuSchema } from "#protocol/scalars.ts";
import type { ShopOrderRequest } from "#protocol/shop/order.ts";
import { type Article, articleOf } from "../baskets/article.ts";
import { listsOfChannel } from "../prices/lists.ts";
import type { Storage } from "../storage/port.ts";

export const DEMO_CHANNEL: ChannelId = idOf<"Channel">("demo-shop");
const NUMBER_CHARS = 6;
const MAX_LINES = 50;
const MAX_PIECES = 99;
const SHIPPING_MINOR = 490;

const written = z.string().trim().min(1).max(120);

/** What the checkout's form sends. `attempt` is made by the page once for each filled basket: sending the form twice is one order. */
export const checkoutSchema = z.strictObject({
  attempt: z.uuid(),
  lines: z
    .array(z.strictObject({ sku: skuSchema, quantity: z.number().int().min(1).max(MAX_PIECES) }))
    .min(1)
    .max(MAX_LINES),
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

/** The order that a checkout wants, at the prices of this moment. Refused when the shop has no price for something in it. */
export function orderOfCheckout(
  storage: Storage,
  { checkout, at }: { readonly checkout: Checkout; readonly at: Instant },
): Promise<Result<ShopOrderRequest, "notForSale" | "noStores">> {
  return storage.read(async (tx): Promise<Result<ShopOrderRequest, "notForSale" | "noStores">> => {
    const store = (await tx.stores())[0];
    if (store === undefined) return refused("noStores");
    const lists = await listsOfChannel(tx, DEMO_CHANNEL);
    const lines: ShopOrderRequest["lines"] = [];
    for (const { sku, quantity } of checkout.lines) {
      const article = await articleOf(tx, { sku, lists, at });
      if (article === null || article.price === null) return refused("notForSale");
      lines.push(lineOf(article, { unitPrice: article.price, quantity }));
    }
    return ok(orderOf(checkout, { lines, currency: store.currency }));
  });
}

function lineOf(
  { sku, name }: Article,
  { unitPrice, quantity }: { readonly unitPrice: Money; readonly quantity: number },
): ShopOrderRequest["lines"][number] {
  return { sku, name, quantity, unitPrice };
}

function orderOf(
  { attempt, customer, delivery }: Checkout,
  { lines, currency }: { readonly lines: ShopOrderRequest["lines"]; readonly currency: Currency },
): ShopOrderRequest {
  const common = {
    channel: DEMO_CHANNEL,
    id: attempt,
    number: numberOf(attempt),
    currency,
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
    shipping: shippingOf(currency),
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
