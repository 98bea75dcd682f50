import { createHmac } from "node:crypto";
import { idOf, instant } from "#domain/ids.ts";
import type { Connector, RawWebhook } from "../port.ts";

/** Made-up data for tests, in the shapes of WooCommerce's documentation (REST API v3, webhooks). */
type Fields = Readonly<Record<string, unknown>>;

export const TORF: Connector = {
  id: "torf-woo",
  platform: "woocommerce",
  channel: idOf<"Channel">("torf"),
  webhookSecret: "made up & secret",
  apiUrl: "https://torf.example/shop",
  credentials: { consumerKey: "ck_made_up", consumerSecret: "cs_made_up" },
  locations: { default: "BER1", "local_pickup:3": "BER1", "Torf Hamburg": "HAM1" },
  createdAt: instant(1_790_000_000_000),
};

export const ANNA = {
  first_name: "Anna",
  last_name: "Ahrens",
  company: "",
  address_1: "Beispielallee 3",
  address_2: "",
  city: "Berlin",
  state: "DE-BE",
  postcode: "10115",
  country: "DE",
  email: "anna@example.com",
  phone: "+49 30 000000",
};
const NOWHERE = {
  ...ANNA,
  first_name: "",
  last_name: "",
  address_1: "",
  city: "",
  state: "",
  postcode: "",
  country: "",
};

export function wooLine(changes: Fields = {}) {
  return {
    id: 315,
    name: "Peat, 20 l",
    product_id: 93,
    variation_id: 0,
    quantity: 2,
    tax_class: "",
    subtotal: "16.81",
    subtotal_tax: "3.19",
    total: "16.81",
    total_tax: "3.19",
    taxes: [{ id: 1, total: "3.193277", subtotal: "3.193277" }],
    meta_data: [],
    sku: "PEAT-20",
    price: 8.403361,
    ...changes,
  };
}

export const PICKUP = {
  id: 317,
  method_title: "Local pickup",
  method_id: "local_pickup",
  instance_id: "3",
  total: "0.00",
  total_tax: "0.00",
  taxes: [],
  meta_data: [],
};

export function flatRate(total: string, total_tax = "0.00") {
  return { ...PICKUP, method_title: "Flat rate", method_id: "flat_rate", instance_id: "1", total, total_tax };
}

/** Two bags of 10.00, collected in Berlin, paid by card, taxes (19 %) in the prices. */
export function wooOrder(changes: Fields = {}) {
  return {
    id: 727,
    parent_id: 0,
    number: "727",
    order_key: "wc_order_made_up",
    created_via: "checkout",
    version: "10.4.0",
    status: "processing",
    currency: "EUR",
    prices_include_tax: true,
    date_created: "2026-11-20T10:00:00",
    date_created_gmt: "2026-11-20T09:00:00",
    date_modified: "2026-11-20T10:00:05",
    date_modified_gmt: "2026-11-20T09:00:05",
    date_paid_gmt: "2026-11-20T09:00:04",
    date_completed_gmt: null,
    discount_total: "0.00",
    discount_tax: "0.00",
    shipping_total: "0.00",
    shipping_tax: "0.00",
    cart_tax: "3.19",
    total: "20.00",
    total_tax: "3.19",
    customer_id: 26,
    customer_note: "",
    billing: ANNA,
    shipping: NOWHERE,
    payment_method: "stripe",
    payment_method_title: "Card",
    transaction_id: "pi_made_up",
    meta_data: [],
    line_items: [wooLine()],
    tax_lines: [],
    shipping_lines: [PICKUP],
    fee_lines: [],
    coupon_lines: [],
    refunds: [],
    ...changes,
  };
}

/** A webhook as WooCommerce signs and sends it. */
export function wooWebhook({
  topic,
  payload,
  secret = TORF.webhookSecret,
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
      "x-wc-webhook-source": "https://torf.example/",
      "x-wc-webhook-topic": topic,
      "x-wc-webhook-resource": "order",
      "x-wc-webhook-event": topic.split(".")[1],
      "x-wc-webhook-id": "5",
      "x-wc-webhook-delivery-id": "36e520ebabc2fa725092ff4a47acedf2",
      "x-wc-webhook-signature": createHmac("sha256", secret).update(body).digest("base64"),
    },
  };
}
