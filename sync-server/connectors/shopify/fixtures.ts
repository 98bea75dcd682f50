import { createHmac } from "node:crypto";
import { idOf, instant } from "#domain/ids.ts";
import type { Connector, RawWebhook } from "../port.ts";

/** Made-up data for tests, in the shapes of Shopify's documentation (Admin API 2026, webhooks). */
type Fields = Readonly<Record<string, unknown>>;

export const FEN: Connector = {
  id: "fen-shopify",
  platform: "shopify",
  channel: idOf<"Channel">("fen"),
  webhookSecret: "shpss_made_up",
  apiUrl: "https://fen.example",
  credentials: { accessToken: "shpat_made_up" },
  locations: { "124656943": "BER1", "Fen Berlin": "BER1", "Fen Hamburg": "HAM1" },
  createdAt: instant(1_790_000_000_000),
};

/** An amount in the shop's currency, and what the customer saw, by default the same. */
export function moneySet(
  amount: string,
  currency = "EUR",
  seen: readonly [string, string] = [amount, currency],
) {
  return {
    shop_money: { amount, currency_code: currency },
    presentment_money: { amount: seen[0], currency_code: seen[1] },
  };
}

export function allocation(amount: string, currency = "EUR") {
  return { amount, amount_set: moneySet(amount, currency), discount_application_index: 0 };
}

export function shopifyLine(changes: Fields = {}) {
  const price = typeof changes.price === "string" ? changes.price : "19.99";
  return {
    id: 13456789012345,
    admin_graphql_api_id: "gid://shopify/LineItem/13456789012345",
    current_quantity: changes.quantity ?? 2,
    fulfillable_quantity: changes.quantity ?? 2,
    fulfillment_service: "manual",
    fulfillment_status: null,
    gift_card: false,
    name: "Linen shirt - M",
    price,
    price_set: moneySet(price),
    product_exists: true,
    product_id: 632910392,
    quantity: 2,
    requires_shipping: true,
    sku: "SHIRT-M",
    taxable: true,
    title: "Linen shirt",
    total_discount: "0.00",
    variant_id: 808950810,
    variant_title: "M",
    tax_lines: [],
    discount_allocations: [],
    ...changes,
  };
}

export const PICKUP_LINE = {
  id: 369256396,
  code: "Fen Berlin",
  title: "Fen Berlin",
  source: "shopify",
  delivery_category: "pickup",
  carrier_identifier: null,
  price: "0.00",
  price_set: moneySet("0.00"),
  discounted_price: "0.00",
  discounted_price_set: moneySet("0.00"),
  discount_allocations: [],
  tax_lines: [],
  is_removed: false,
};

export function shippingLine(price: string, changes: Fields = {}) {
  return {
    ...PICKUP_LINE,
    code: "standard",
    title: "Standard",
    delivery_category: null,
    price,
    price_set: moneySet(price),
    discounted_price: price,
    discounted_price_set: moneySet(price),
    ...changes,
  };
}

export const ANNA_HOME = {
  first_name: "Anna",
  last_name: "Ahrens",
  name: "Anna Ahrens",
  company: null,
  address1: "Beispielallee 3",
  address2: "2. OG",
  city: "Berlin",
  zip: "10115",
  province: null,
  country: "Germany",
  country_code: "DE",
  phone: "+49 30 000000",
};

/**
 * Two shirts of 19.99, collected in Berlin, paid by card, taxes in the prices. As Shopify has it: `total_price` is what was ordered,
 * `current_total_price` what edits and refunds left of it, and `total_outstanding` that less what was taken and not given back.
 */
export function shopifyOrder(changes: Fields = {}) {
  const total = typeof changes.total_price === "string" ? changes.total_price : "39.98";
  const current = typeof changes.current_total_price === "string" ? changes.current_total_price : total;
  return {
    id: 5678901234567,
    admin_graphql_api_id: "gid://shopify/Order/5678901234567",
    name: "#1042",
    order_number: 1042,
    created_at: "2026-11-20T10:00:00+01:00",
    updated_at: "2026-11-20T10:00:05+01:00",
    cancelled_at: null,
    cancel_reason: null,
    currency: "EUR",
    presentment_currency: "EUR",
    financial_status: "paid",
    fulfillment_status: null,
    payment_gateway_names: ["shopify_payments"],
    source_name: "web",
    taxes_included: true,
    test: false,
    email: "anna@example.com",
    contact_email: "anna@example.com",
    phone: null,
    note: null,
    location_id: null,
    customer: { id: 7310627314723, first_name: "Anna", last_name: "Ahrens", email: "anna@example.com" },
    billing_address: ANNA_HOME,
    shipping_address: null,
    line_items: [shopifyLine()],
    shipping_lines: [PICKUP_LINE],
    refunds: [],
    total_price: total,
    total_price_set: moneySet(total),
    current_total_price: current,
    current_total_price_set: moneySet(
      current,
      typeof changes.currency === "string" ? changes.currency : "EUR",
    ),
    total_outstanding: "0.00",
    ...changes,
  };
}

/** One shirt given back, as in an order and in `refunds/create`. */
export function shopifyRefund(changes: Fields = {}) {
  return {
    id: 929361462,
    order_id: 5678901234567,
    created_at: "2026-11-21T09:00:00+01:00",
    processed_at: "2026-11-21T09:00:00+01:00",
    note: null,
    restock: true,
    total_duties_set: moneySet("0.00"),
    order_adjustments: [],
    refund_line_items: [
      {
        id: 104689539,
        line_item_id: 13456789012345,
        quantity: 1,
        restock_type: "cancel",
        subtotal: "19.99",
        subtotal_set: moneySet("19.99"),
        total_tax: "3.19",
        total_tax_set: moneySet("3.19"),
        line_item: { id: 13456789012345, gift_card: false },
      },
    ],
    transactions: [
      {
        id: 179259969,
        kind: "refund",
        status: "success",
        amount: "19.99",
        currency: "EUR",
        gateway: "shopify_payments",
      },
    ],
    ...changes,
  };
}

/** A webhook as Shopify signs and sends it. */
export function shopifyWebhook({
  topic,
  payload,
  secret = FEN.webhookSecret,
}: {
  readonly topic: string;
  readonly payload: unknown;
  readonly secret?: string;
}): RawWebhook {
  const body = Buffer.from(typeof payload === "string" ? payload : JSON.stringify(payload));
  return {
    body,
    headers: {
      "content-type": "application/json",
      "x-shopify-topic": topic,
      "x-shopify-webhook-id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
      "x-shopify-event-id": "98880550-7158-44d4-b7cd-2c97c8a091b5",
      "x-shopify-triggered-at": "2026-11-20T09:00:06.000Z",
      "x-shopify-hmac-sha256": createHmac("sha256", secret).update(body).digest("base64"),
    },
  };
}
