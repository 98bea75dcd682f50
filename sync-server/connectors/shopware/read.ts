import { type Instant, idOf, instant, type Sku } from "#domain/ids.ts";
import { allocateMoney } from "#domain/money/allocate.ts";
import { subtractMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import type { PostalAddress } from "#domain/orders/order.ts";
import type { Connector, Envelope, Reading, SeenOrder, Unreadable } from "../port.ts";
import { clipped, firstName, postalAddress, readingOf, unreadable } from "../seen-order.ts";
import { withChangedState } from "./changed-state.ts";
import { type Discount, discountOf, takeOff } from "./discounts.ts";
import {
  carriedOrderSchema,
  type LineItem,
  msOf,
  type OrderAddress,
  orderSchema,
  type ShopwareOrder,
  webhookSchema,
} from "./payload.ts";
import { paymentOf } from "./payment.ts";

type SeenLine = SeenOrder["request"]["lines"][number];

const MAX_TEXT = 500;

/**
 * What an app's webhook means. Only events that carry the order say anything: `order.written` names ids, and nothing can be asked of the shop while reading.
 */
export function readWebhook({ topic, body }: Envelope, connector: Connector): Reading | Unreadable {
  const webhook = webhookSchema.safeParse(body);
  const carried = carriedOrderSchema.safeParse(webhook.data?.data.payload);
  if (!carried.success) return carriesNoOrder(topic);
  const currency = carried.data.order.currency.isoCode;
  const order = orderSchema(currency).safeParse(carried.data.order);
  if (!order.success) return unreadable("order", order.error);
  return seen(withChangedState(order.data, topic), { currency, connector });
}

function carriesNoOrder(topic: string): Reading | Unreadable {
  const isAboutOrders = topic === "checkout.order.placed" || topic.startsWith("state_enter.order");
  if (isAboutOrders) return { problem: "The order, or its currency, is missing in the message." };
  return {
    kind: "nothing",
    why: `${topic} does not carry the order; checkout.order.placed and the state_enter events do.`,
  };
}

function seen(
  order: ShopwareOrder,
  { currency, connector }: { readonly currency: Currency; readonly connector: Connector },
): Reading | Unreadable {
  const costs = costsOf(order, currency);
  if (costs.shipping.minor < 0)
    return {
      problem: "The order's discounts are more than it costs. Correct it in the shop, then replay this.",
    };
  const store = pickupStoreOf(order, connector);
  const { payment, refunded, release, isKnown } = paymentOf(order, { currency, isPickup: store !== null });
  const address = order.deliveries?.[0]?.shippingOrderAddress ?? null;
  const request: SeenOrder["request"] = {
    channel: connector.channel,
    id: order.id,
    number: clipped(order.orderNumber, 60) ?? order.id,
    currency,
    customer: customerOf(order, address),
    lines: costs.lines,
    shipping: costs.shipping,
    total: order.amountTotal,
    payment,
    delivery: store === null ? { kind: "ship", address: postalOf(address) } : { kind: "pickup", store },
    maySplit: store === null,
    note: clipped(order.customerComment, MAX_TEXT) ?? "",
  };
  const isCancelled = order.stateMachineState?.technicalName === "cancelled";
  return readingOf({
    request,
    updatedAt: isKnown || isCancelled ? lastChangeOf(order) : lastChangeOfPayment(order),
    // Named even where it is all of it: an edit in the shop lessens a line in place, and what it was before is not told.
    stillWanted: costs.lines.map(({ id, quantity }) => ({ line: id, quantity })),
    refunded,
    cancelled: isCancelled ? { reason: "Cancelled in the shop" } : null,
    release,
    fulfilledThere: fulfilledThere(order),
  });
}

/** A discount on shipping is a delivery of its own, which nobody ships. */
function fulfilledThere({ stateMachineState, deliveries }: ShopwareOrder): SeenOrder["fulfilledThere"] {
  const states = (deliveries ?? []).map((delivery) => delivery.stateMachineState?.technicalName);
  if (stateMachineState?.technicalName === "completed" || states.includes("shipped")) return "all";
  return states.includes("shipped_partially") ? "part" : "nothing";
}

/** The lines after all discounts, and shipping. With tax in them by the order's tax status: a net order's tax is in its total only. */
function costsOf(
  order: ShopwareOrder,
  currency: Currency,
): { readonly lines: SeenLine[]; readonly shipping: Money } {
  const parents = new Set(order.lineItems.map(({ parentId }) => parentId));
  // A container costs what is in it, which is listed as well.
  const items = order.lineItems.filter(({ id }) => !parents.has(id));
  const goods = items.filter((item) => item.totalPrice.minor >= 0 && item.type !== "promotion");
  const off = items.filter(({ totalPrice }) => totalPrice.minor < 0);
  const { totals, left } = takeOff({
    prices: goods.map(({ totalPrice }) => totalPrice),
    discounts: [...off.map((item) => discountOf(item, goods, currency)), ...roundedOff(order)],
    currency,
  });
  const lines = goods.map((item, index) => lineOf(item, totals[index] ?? item.totalPrice));
  return { lines, shipping: subtractMoney(order.shippingTotal, left) };
}

/** Totals that are rounded down to what can be paid in cash (Swiss francs) leave the lines too dear by that. */
function roundedOff({ price }: ShopwareOrder): readonly Discount[] {
  if (!price.rawTotal || price.taxStatus === "net") return [];
  const amount = subtractMoney(price.rawTotal, price.totalPrice);
  return amount.minor > 0 ? [{ amount, weights: null }] : [];
}

function lineOf(item: LineItem, total: Money): SeenLine {
  const { id, label, quantity, totalPrice } = item;
  const name = clipped(label, MAX_TEXT);
  return {
    id: idOf<"Line">(id),
    sku: skuOf(item),
    ...(name === null ? {} : { name }),
    quantity,
    unitPrice: item.unitPrice ?? dearestPiece(totalPrice, quantity),
    total,
  };
}

/** What has no product number is no product here: a number is made up, so that people are asked and the line is not lost. */
function skuOf({ id, payload }: LineItem): Sku {
  return idOf<"Sku">(clipped(payload?.productNumber, 64) ?? `shopware-${id}`);
}

function dearestPiece(total: Money, quantity: number): Money {
  const weights = Array.from({ length: quantity }, () => 1);
  return allocateMoney({ total, weights })[0] ?? zeroMoney(total.currency);
}

function customerOf(
  { orderCustomer }: ShopwareOrder,
  address: OrderAddress | null,
): SeenOrder["request"]["customer"] {
  const email = clipped(orderCustomer?.email, 254);
  return {
    name: firstName(nameOf(orderCustomer), orderCustomer?.company, nameOf(address), email),
    email,
    phone: clipped(address?.phoneNumber, 40),
  };
}

function postalOf(address: OrderAddress | null): PostalAddress | null {
  if (address === null || clipped(address.street, MAX_TEXT) === null) return null;
  const { company, street, additionalAddressLine1, additionalAddressLine2, zipcode, countryState } = address;
  // `US-NY`: an address there is not whole without it.
  const region = countryState?.shortCode?.split("-").at(-1);
  return postalAddress({
    name: clipped(nameOf(address), MAX_TEXT) ?? clipped(company, MAX_TEXT) ?? "",
    lines: [company, street, additionalAddressLine1, additionalAddressLine2],
    postcode: zipcode,
    city: [address.city, region].filter((part) => part).join(", "),
    country: address.country?.iso,
  });
}

function nameOf(who: Pick<OrderAddress, "firstName" | "lastName"> | null | undefined): string {
  return `${who?.firstName ?? ""} ${who?.lastName ?? ""}`.trim();
}

/** A shipping method that HQ mapped to a store is collecting there. */
function pickupStoreOf({ deliveries }: ShopwareOrder, { locations }: Connector): string | null {
  const delivery = deliveries?.[0];
  const method = delivery?.shippingMethod;
  const keys = [method?.technicalName, method?.id, delivery?.shippingMethodId];
  for (const key of keys) {
    const store = key ? locations[key] : undefined;
    if (store !== undefined) return store;
  }
  return null;
}

/** A change of a part (a payment's state) leaves the order's own moment as it was. */
function lastChangeOf({ createdAt, updatedAt, transactions, deliveries, lineItems }: ShopwareOrder): Instant {
  const parts = [...(transactions ?? []), ...(deliveries ?? []), ...lineItems].map((part) => part.updatedAt);
  const moments = [createdAt, updatedAt, ...parts].flatMap((moment) => (moment ? [Date.parse(moment)] : []));
  return instant(Math.max(...moments));
}

/**
 * How new an order is of which a message does not say whether it is paid. Messages overtake each other: were it as new as its last change, a word of the
 * payment that was sent before it and comes after it would count as outdated, and the order would wait for ever.
 */
function lastChangeOfPayment({ createdAt, transactions }: ShopwareOrder): Instant {
  return instant(Math.max(msOf(createdAt), ...(transactions ?? []).map(({ updatedAt }) => msOf(updatedAt))));
}
