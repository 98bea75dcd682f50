import { z } from "zod";
import { type Instant, idOf, instant } from "#domain/ids.ts";
import { addMoney, subtractMoney, sumMoney, timesMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import type { Connector, Reading, SeenOrder, Unreadable, WebhookReader } from "../port.ts";
import { clipped, firstName, readingOf, unreadable } from "../seen-order.ts";
import { deliveryOf } from "./delivery.ts";
import {
  currencyOnlySchema,
  deletedSchema,
  inShopMoney,
  orderSchema,
  refundSchema,
  type ShopifyOrder,
} from "./payload.ts";
import { paymentOf } from "./payment.ts";
import { amountOfRefund, seenRefund, settledAmountOfRefund } from "./refund.ts";

const WHOLE_ORDER = ["orders/create", "orders/updated", "orders/paid", "orders/cancelled"];

/** What a message of Shopify means, in the payloads of the Admin API 2026. Amounts are the shop's, never the customer's own currency. */
export const readShopify: WebhookReader["read"] = ({ topic, body }, connector) => {
  if (WHOLE_ORDER.includes(topic)) return readOrder(body, connector);
  if (topic === "refunds/create") return readRefund(body);
  if (topic === "orders/delete") return readDeletion(body);
  if (topic === "orders/edited")
    return {
      kind: "nothing",
      why: "An edit does not carry the order; orders/updated, which comes with it, does.",
    };
  return { kind: "nothing", why: `Messages of ${topic} are no concern of ours.` };
};

function readDeletion(body: unknown): Reading | Unreadable {
  const parsed = deletedSchema.safeParse(body);
  if (!parsed.success) return unreadable("deletion", parsed.error);
  return { kind: "cancelled", externalId: parsed.data.id, reason: "Deleted in Shopify", at: null };
}

/** A refund says nowhere whether taxes are in its prices, which one has to know when its transactions are in another currency than the shop's. */
function readRefund(body: unknown): Reading | Unreadable {
  const head = refundHeadSchema.safeParse(body);
  if (!head.success) return unreadable("refund", head.error);
  const currency = shopCurrencyOf(head.data);
  if (currency === null)
    return {
      kind: "nothing",
      why: "The refund gives no money back; the order itself says what was taken off.",
    };
  if (head.data.transactions.some((each) => (each.currency ?? currency) !== currency))
    return {
      kind: "nothing",
      why: "The customer paid in another currency; orders/updated, which comes with it, tells what was refunded.",
    };
  const parsed = refundSchema(currency).safeParse(body);
  if (!parsed.success) return unreadable("refund", parsed.error);
  return {
    kind: "refund",
    externalId: head.data.order_id,
    refund: seenRefund(parsed.data, { currency, taxesIncluded: true }),
  };
}

const shopSet = z
  .looseObject({ shop_money: z.looseObject({ currency_code: z.string().regex(/^[A-Z]{3}$/) }) })
  .nullish();
const refundHeadSchema = z.looseObject({
  order_id: z.union([z.number().int(), z.string().min(1)]).transform(String),
  total_duties_set: shopSet,
  refund_line_items: z.array(z.looseObject({ subtotal_set: shopSet })).default([]),
  order_adjustments: z.array(z.looseObject({ amount_set: shopSet })).default([]),
  transactions: z.array(z.looseObject({ currency: z.string().nullish() })).default([]),
});

/** A refund names the shop's currency only inside its sets; a transaction's own is the customer's, and the last resort. */
function shopCurrencyOf(head: z.output<typeof refundHeadSchema>): Currency | null {
  const sets = [
    ...head.refund_line_items.map((each) => each.subtotal_set),
    ...head.order_adjustments.map((each) => each.amount_set),
    head.total_duties_set,
  ];
  const code =
    sets.find((set) => set?.shop_money !== undefined)?.shop_money.currency_code ??
    head.transactions[0]?.currency ??
    null;
  return code === null ? null : idOf<"Currency">(code);
}

/** By `fulfillment_status`; null, or `restocked` after a cancellation, is nothing. */
const FULFILLED: Readonly<Record<string, SeenOrder["fulfilledThere"]>> = {
  fulfilled: "all",
  partial: "part",
};

function readOrder(body: unknown, connector: Connector): Reading | Unreadable {
  const head = currencyOnlySchema.safeParse(body);
  if (!head.success) return unreadable("order", head.error);
  const currency = idOf<"Currency">(head.data.currency);
  const parsed = orderSchema(currency).safeParse(body);
  if (!parsed.success) return unreadable("order", parsed.error);
  const order = parsed.data;
  if (order.source_name === "pos" && order.fulfillment_status === "fulfilled")
    return { kind: "nothing", why: "Sold and handed over at a till of Shopify's own." };
  const goods = order.line_items.filter(isGoods);
  if (goods.length === 0) return { kind: "nothing", why: "Nothing in it is to be handed over or sent." };
  const delivery = deliveryOf(order, connector);
  if (!delivery.ok) return delivery.reason;
  const zero = zeroMoney(currency);
  const total = inShopMoney(order.total_price_set, order.total_price, zero);
  const tax = { currency, taxesIncluded: order.taxes_included };
  const { payment, release } = paymentOf(order, {
    total,
    givenBack: sumMoney(
      order.refunds.map((refund) => settledAmountOfRefund(refund, tax)),
      currency,
    ),
    isPickup: delivery.value.kind === "pickup",
  });
  return readingOf({
    request: {
      channel: connector.channel,
      id: order.id,
      number: clipped(order.name, 60) ?? order.id,
      currency,
      customer: contactOf(order),
      lines: goods.map((line) => lineOf(line, zero)),
      shipping: shippingOf(order, zero),
      total,
      payment,
      delivery: delivery.value,
      maySplit: false,
      note: clipped(order.note, 500) ?? "",
    },
    updatedAt: atOf(order.updated_at),
    stillWanted: goods.flatMap((line) => stillWantedOf(line, order.refunds)),
    refunded: sumMoney(
      order.refunds.map((refund) => amountOfRefund(refund, tax)),
      currency,
    ),
    cancelled: cancellationOf(order),
    release,
    fulfilledThere: FULFILLED[order.fulfillment_status ?? ""] ?? "nothing",
  });
}

type Line = ShopifyOrder["line_items"][number];

/** Gift cards are sent by e-mail and a tip is nothing at all: they are in the order's total, but there is nothing to pick. A line of no pieces is none. */
function isGoods({ gift_card, tip, quantity }: Line): boolean {
  return gift_card !== true && (tip === undefined || tip === null) && quantity > 0;
}

function lineOf(line: Line, zero: Money): SeenOrder["request"]["lines"][number] {
  const unitPrice = inShopMoney(line.price_set, line.price, zero);
  return {
    id: idOf<"Line">(line.id),
    sku: idOf<"Sku">(clipped(line.sku, 64) ?? standInSku(line)),
    name: clipped(line.name, 500) ?? clipped(line.title, 500) ?? "?",
    quantity: line.quantity,
    unitPrice,
    total: subtractMoney(timesMoney(unitPrice, line.quantity), discountsOf(line, zero)),
  };
}

/** A product without a SKU and a custom item are raised as unknown products by a name of their own, so that nothing that was sold is lost. */
function standInSku({ variant_id, id }: Line): string {
  return variant_id === null || variant_id === undefined ? `shopify-line-${id}` : `shopify-${variant_id}`;
}

function discountsOf({ discount_allocations }: Pick<Line, "discount_allocations">, zero: Money): Money {
  return sumMoney(
    discount_allocations.map(({ amount, amount_set }) => inShopMoney(amount_set, amount, zero)),
    zero.currency,
  );
}

/** `discounted_price` leaves out discounts on the whole order; the allocations have them all. */
function shippingOf({ shipping_lines }: ShopifyOrder, zero: Money): Money {
  return shipping_lines
    .filter((line) => line.is_removed !== true)
    .map((line) => {
      const price = inShopMoney(line.price_set, line.price, zero);
      return line.discount_allocations.length === 0
        ? inShopMoney(line.discounted_price_set, line.discounted_price, price)
        : subtractMoney(price, discountsOf(line, zero));
    })
    .reduce(addMoney, zero);
}

function contactOf({
  customer,
  shipping_address: to,
  billing_address: payer,
  ...order
}: ShopifyOrder): SeenOrder["request"]["customer"] {
  const email =
    clipped(order.email, 254) ?? clipped(order.contact_email, 254) ?? clipped(customer?.email, 254);
  return {
    name: firstName(
      [customer?.first_name, customer?.last_name].filter(Boolean).join(" "),
      to?.name,
      payer?.name,
      to?.company,
      payer?.company,
      email,
    ),
    email,
    phone:
      clipped(order.phone, 40) ??
      clipped(to?.phone, 40) ??
      clipped(customer?.phone, 40) ??
      clipped(payer?.phone, 40),
  };
}

/** `current_quantity` is what edits and refunds left; payloads of old API versions have none, and there refunds tell. `fulfillable_quantity` also falls by what we handed out, so it says nothing here. */
function stillWantedOf(line: Line, refunds: ShopifyOrder["refunds"]): SeenOrder["stillWanted"] {
  const refunded = refunds
    .flatMap((refund) => refund.refund_line_items)
    .filter((each) => each.line_item_id === line.id)
    .reduce((sum, each) => sum + each.quantity, 0);
  const left = line.current_quantity ?? Math.max(0, line.quantity - refunded);
  return left < line.quantity ? [{ line: idOf<"Line">(line.id), quantity: left }] : [];
}

const CANCEL_REASONS: Readonly<Record<string, string>> = {
  customer: "the customer changed their mind",
  fraud: "the order was fraudulent",
  inventory: "there was not enough stock",
  declined: "the payment was declined",
  staff: "staff made a mistake",
};

function cancellationOf({ cancelled_at, cancel_reason }: ShopifyOrder): SeenOrder["cancelled"] {
  if (cancelled_at === null || cancelled_at === undefined) return null;
  const why = CANCEL_REASONS[cancel_reason ?? ""];
  return { reason: why === undefined ? "Cancelled in Shopify" : `Cancelled in Shopify: ${why}` };
}

function atOf(iso: string): Instant {
  return instant(Date.parse(iso));
}
