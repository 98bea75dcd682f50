import { createHmac } from "node:crypto";
import { idOf, instant } from "#domain/ids.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";
import type { Connector, RawWebhook } from "../port.ts";

export const EUR: Currency = idOf<"Currency">("EUR");
export const JPY: Currency = idOf<"Currency">("JPY");

export function eur(minor: number): Money {
  return money(minor, EUR);
}

const SECRET = "a-shop-secret-of-the-app";

export const ORDER_ID = "0190a1b2c3d4e5f60718293a4b5c6d7e";
const MOMENT = "2026-11-20T10:15:30.000+00:00";

/** 32 hexadecimal digits of a small number. */
export function hex(number: number): string {
  return number.toString(16).padStart(32, "0");
}

export const LAMP_LINE = hex(1);
export const CUSHION_LINE = hex(2);

export const connector: Connector = {
  id: "fen-shopware",
  platform: "shopware",
  channel: idOf<"Channel">("web"),
  webhookSecret: SECRET,
  apiUrl: "https://shop.example.org",
  credentials: { clientId: "SWIA-ID", clientSecret: "SWIA-SECRET" },
  locations: { default: "BER1", shipping_collect_berlin: "BER1" },
  createdAt: instant(0),
};

export interface ItemPayload {
  readonly [field: string]: unknown;
  readonly id: string;
  readonly totalPrice: number;
}

export function item({
  line = 1,
  quantity = 1,
  price,
  ...rest
}: {
  readonly line?: number;
  readonly quantity?: number;
  readonly price: number;
  readonly [field: string]: unknown;
}): ItemPayload {
  const id = hex(line);
  const totalPrice = Number((price * quantity).toFixed(2));
  return {
    id,
    identifier: `cart-${line}`,
    parentId: null,
    type: "product",
    label: `Article ${line}`,
    quantity,
    unitPrice: price,
    totalPrice,
    good: true,
    payload: { productNumber: `ART-${line}`, options: [] },
    createdAt: MOMENT,
    updatedAt: null,
    ...rest,
  };
}

/** A promotion as Shopware books it: a line of one piece below zero, whose payload says what it was for. */
export function promotion({
  off,
  ...rest
}: {
  readonly off: number;
  readonly [field: string]: unknown;
}): ItemPayload {
  const payload = { code: "ADVENT", discountType: "absolute", ...Object(rest.payload) };
  return { ...item({ line: 900, price: -off }), type: "promotion", label: "Advent", ...rest, payload };
}

export function transaction(
  technicalName: string,
  change: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: hex(700),
    amount: { unitPrice: 69.97, quantity: 1, totalPrice: 69.97, calculatedTaxes: [], taxRules: [] },
    stateMachineState: { technicalName, name: technicalName },
    paymentMethod: { technicalName: "payment_paypal", handlerIdentifier: "Swag\\PayPal\\PayPalHandler" },
    createdAt: MOMENT,
    updatedAt: null,
    ...change,
  };
}

export const ADDRESS = {
  firstName: "Ada",
  lastName: "Brandt",
  company: null,
  street: "Lindenweg 4",
  additionalAddressLine1: "Hinterhaus",
  additionalAddressLine2: null,
  zipcode: "10115",
  city: "Berlin",
  phoneNumber: "+49 30 1234",
  country: { iso: "DE", iso3: "DEU", name: "Deutschland" },
  countryState: null,
};

export function delivery(technicalName: string, address: unknown = ADDRESS): Record<string, unknown> {
  return {
    id: hex(800),
    shippingCosts: { unitPrice: 4.99, quantity: 1, totalPrice: 4.99, calculatedTaxes: [], taxRules: [] },
    shippingMethodId: hex(801),
    shippingMethod: { id: hex(801), technicalName, name: technicalName },
    shippingOrderAddress: address,
    stateMachineState: { technicalName: "open" },
    trackingCodes: [],
    updatedAt: null,
  };
}

/** Two cushions and a lamp, paid, to be sent: 64.98 and 4.99 for the parcel. */
export function orderPayload(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: ORDER_ID,
    versionId: "0fa91ce3e96a4bc2be4bd9ce752c3425",
    orderNumber: "10042",
    createdAt: MOMENT,
    updatedAt: null,
    currency: { isoCode: "EUR", symbol: "€" },
    price: {
      netPrice: 58.8,
      rawTotal: 69.97,
      totalPrice: 69.97,
      taxStatus: "gross",
      positionPrice: 64.98,
      calculatedTaxes: [{ tax: 11.17, taxRate: 19, price: 69.97 }],
    },
    amountTotal: 69.97,
    amountNet: 58.8,
    shippingTotal: 4.99,
    taxStatus: "gross",
    customerComment: "Bitte klingeln",
    stateMachineState: { technicalName: "open" },
    orderCustomer: {
      firstName: "Ada",
      lastName: "Brandt",
      company: null,
      email: "ada@example.org",
      customerNumber: "20017",
    },
    lineItems: [
      item({ line: 1, price: 24.99 }),
      item({ line: 2, quantity: 2, price: 19.995, totalPrice: 39.99 }),
    ],
    deliveries: [delivery("shipping_standard")],
    transactions: [transaction("paid")],
    ...change,
  };
}

export function webhookBody(
  payload: unknown,
  {
    event = "checkout.order.placed",
    source = {},
  }: { readonly event?: string; readonly source?: object } = {},
): unknown {
  return {
    data: { payload: loadedFor(event, payload), event },
    source: {
      url: "https://shop.example.org",
      appVersion: "1.0.0",
      shopId: "dgrH7nLU6tlE",
      eventId: hex(42),
      ...source,
    },
    timestamp: 1_795_000_000,
  };
}

/** From 6.6 on, a change of state is told with the order's own state, but without those of its payments and deliveries. */
function loadedFor(event: string, payload: unknown): unknown {
  const { order } = Object(payload);
  if (!event.startsWith("state_enter.") || order === undefined) return payload;
  const unloaded = (parts: readonly object[]) => parts.map((part) => ({ ...part, stateMachineState: null }));
  const { transactions, deliveries } = order;
  return { order: { ...order, transactions: unloaded(transactions), deliveries: unloaded(deliveries) } };
}

export function signed(body: string, secret = SECRET): RawWebhook {
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  return { headers: { "shopware-shop-signature": signature }, body: Buffer.from(body) };
}
