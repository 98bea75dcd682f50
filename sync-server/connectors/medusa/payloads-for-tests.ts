import { idOf, instant } from "#domain/ids.ts";
import { type Currency, type Money, money } from "#domain/money/money.ts";
import { webhookHeaders } from "../../events/sign.ts";
import type { Connector, RawWebhook } from "../port.ts";

export const EUR: Currency = idOf<"Currency">("EUR");
export const JPY: Currency = idOf<"Currency">("JPY");

export function eur(minor: number): Money {
  return money(minor, EUR);
}

const SECRET = `whsec_${Buffer.from("a secret of thirty-two bytes, no").toString("base64")}`;

export const ORDER_ID = "order_01JD3X9G5Q8Z7Y6W5V4T3S2R1P";
export const LAMP_LINE = "ordli_01JD3X9G5QLAMP";
export const CUSHION_LINE = "ordli_01JD3X9G5QCUSHION";
const MOMENT = "2026-11-20T10:15:30.000Z";

export const connector: Connector = {
  id: "fen-medusa",
  platform: "medusa",
  channel: idOf<"Channel">("web"),
  webhookSecret: SECRET,
  apiUrl: "https://api.example.org",
  credentials: { apiKey: "sk_secret" },
  locations: { so_collect_berlin: "BER1", sloc_berlin: "BER1" },
  createdAt: instant(0),
};

type Payload = Readonly<Record<string, unknown>>;

function rawOf(value: number | string): Payload {
  return { value: String(value), precision: 20 };
}

/** A line item as Medusa has it; its price has 19 % of tax in it unless said otherwise. */
export function item({
  id = LAMP_LINE,
  quantity = 1,
  price,
  ...rest
}: {
  readonly id?: string;
  readonly quantity?: number;
  readonly price: number;
  readonly [field: string]: unknown;
}): Payload {
  return {
    id,
    title: "Oak",
    product_title: "Lamp",
    variant_title: "Oak",
    variant_sku: `SKU-${id.slice(-4)}`,
    unit_price: price,
    raw_unit_price: rawOf(price),
    quantity,
    is_tax_inclusive: true,
    tax_lines: [{ id: "ordlitxl_1", code: "de-vat", rate: 19, raw_rate: rawOf(19) }],
    adjustments: [],
    detail: { quantity, fulfilled_quantity: 0, return_received_quantity: 0, written_off_quantity: 0 },
    ...rest,
  };
}

export function adjustment(amount: number | string, isTaxInclusive = true): Payload {
  return {
    id: "ordliadj_1",
    code: "ADVENT",
    amount: Number(amount),
    raw_amount: rawOf(amount),
    is_tax_inclusive: isTaxInclusive,
  };
}

export function shippingMethod(amount: number, change: Payload = {}): Payload {
  return {
    id: "ordsm_1",
    name: "Parcel",
    amount,
    raw_amount: rawOf(amount),
    is_tax_inclusive: true,
    tax_lines: [{ code: "de-vat", rate: 19 }],
    adjustments: [],
    shipping_option_id: "so_parcel",
    shipping_option: {
      service_zone: { fulfillment_set: { type: "shipping", location: { id: "sloc_berlin" } } },
    },
    ...change,
  };
}

export const ADDRESS = {
  first_name: "Ada",
  last_name: "Brandt",
  company: "",
  address_1: "Lindenweg 4",
  address_2: "Hinterhaus",
  postal_code: "10115",
  city: "Berlin",
  province: null,
  country_code: "de",
  phone: "+49 30 1234",
};

export function summary(paid: number, refunded = 0): Payload {
  return {
    paid_total: paid,
    raw_paid_total: rawOf(paid),
    refunded_total: refunded,
    raw_refunded_total: rawOf(refunded),
    current_order_total: paid,
    pending_difference: 0,
  };
}

/** A payment collection as Medusa keeps it: `status` says how far authorising went, and `completed` that all of it was captured. */
export function paymentCollection({
  amount = 69.99,
  captured = 0,
  refunded = 0,
  ...rest
}: {
  readonly amount?: number;
  readonly captured?: number;
  readonly refunded?: number;
  readonly [field: string]: unknown;
} = {}): Payload {
  const part = captured > 0 ? "partially_captured" : "authorized";
  const booked = (sum: number, id: string) =>
    sum === 0 ? [] : [{ id, amount: sum, raw_amount: rawOf(sum), created_at: MOMENT }];
  return {
    id: "pay_col_1",
    status: captured >= amount ? "completed" : part,
    amount,
    raw_amount: rawOf(amount),
    authorized_amount: amount,
    captured_amount: captured,
    refunded_amount: refunded,
    updated_at: MOMENT,
    payments: [
      {
        id: "pay_1",
        provider_id: "pp_stripe_stripe",
        amount,
        updated_at: MOMENT,
        canceled_at: null,
        captures: booked(captured, "capt_1"),
        refunds: booked(refunded, "ref_1"),
      },
    ],
    ...rest,
  };
}

/**
 * A lamp and two cushions, paid, to be sent: 64.99 and 5.00 for the parcel. As a query has it: `payment_status` and `fulfillment_status` are computed by a workflow of
 * the APIs alone, and are no fields of an order.
 */
export function orderPayload(change: Payload = {}): Payload {
  return {
    id: ORDER_ID,
    display_id: 42,
    version: 1,
    status: "pending",
    email: "ada@example.org",
    currency_code: "eur",
    created_at: MOMENT,
    updated_at: MOMENT,
    canceled_at: null,
    items: [
      item({ price: 24.99 }),
      item({ id: CUSHION_LINE, quantity: 2, price: 20, product_title: "Cushion", variant_sku: "CUSHION" }),
    ],
    shipping_methods: [shippingMethod(5)],
    shipping_address: ADDRESS,
    billing_address: null,
    credit_line_total: 0,
    summary: summary(69.99),
    payment_collections: [paymentCollection({ captured: 69.99 })],
    ...change,
  };
}

export function signed(
  body: string,
  { secret = SECRET, id = "msg_1" }: { readonly secret?: string; readonly id?: string } = {},
): RawWebhook {
  const at = instant(1_795_000_000_000);
  return { headers: webhookHeaders({ secret, id, at, body }), body: Buffer.from(body) };
}
