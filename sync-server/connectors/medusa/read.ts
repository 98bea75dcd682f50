import { type Instant, idOf, instant, type Sku } from "#domain/ids.ts";
import { addMoney, lesserMoney, subtractMoney } from "#domain/money/arithmetic.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import type { PostalAddress } from "#domain/orders/order.ts";
import type { Connector, Envelope, Reading, SeenOrder, Unreadable } from "../port.ts";
import { clipped, firstName, postalAddress, readingOf, unreadable } from "../seen-order.ts";
import { costsOf, roundedMoney, unitPriceOf } from "./costs.ts";
import { ZERO } from "./fraction.ts";
import { type Address, type Item, type MedusaOrder, orderSchema, webhookSchema } from "./payload.ts";
import { paymentStatusOf } from "./payment-status.ts";

type SeenLine = SeenOrder["request"]["lines"][number];

const MAX_TEXT = 500;
/** Medusa's own provider says that all is authorised and asks nobody: the money is taken by hand. */
const BY_HAND = "pp_system_default";

/** What a subscriber's message means. */
export function readWebhook({ topic, body }: Envelope, connector: Connector): Reading | Unreadable {
  const data = webhookSchema.safeParse(body).data?.data;
  if (!data?.order) return carriesNoOrder(topic, data?.id ?? null);
  const order = orderSchema.safeParse(data.order);
  if (!order.success) return unreadable("order", order.error);
  try {
    return seen(order.data, connector);
  } catch (error) {
    // Its decimals have no bounds, and what they multiply to may be no amount of money any more.
    if (error instanceof RangeError)
      return { problem: "The order's amounts are beyond all that can be kept." };
    throw error;
  }
}

function carriesNoOrder(topic: string, id: string | null): Reading | Unreadable {
  if (topic === "order.canceled" && id !== null)
    return { kind: "cancelled", externalId: id, reason: "Cancelled in the shop", at: null };
  if (topic.startsWith("order."))
    return {
      problem: "The order is missing in the message. The subscriber has to send it whole, as data.order.",
    };
  return { kind: "nothing", why: `${topic} came without an order.` };
}

function fulfilledThere({ items }: MedusaOrder): SeenOrder["fulfilledThere"] {
  const fulfilled = items.map(({ detail }) => detail?.fulfilled_quantity ?? 0);
  if (items.length > 0 && items.every(({ quantity }, index) => (fulfilled[index] ?? 0) >= quantity))
    return "all";
  return fulfilled.some((pieces) => pieces > 0) ? "part" : "nothing";
}

function seen(order: MedusaOrder, connector: Connector): Reading | Unreadable {
  const currency = idOf<"Currency">(order.currency_code.toUpperCase());
  const pickup = pickupOf(order, connector);
  if (pickup.kind === "unknown") {
    return {
      problem: `The order is to be collected at ${pickup.location}, which stands for no store. Add it to the connector's locations, then replay this.`,
    };
  }
  const costs = costsOf(order, currency);
  if ([...costs.lines, costs.shipping].some(({ minor }) => minor < 0))
    return {
      problem: "The order's discounts are more than it costs. Correct it in the shop, then replay this.",
    };
  const { payment, release } = paymentOf(order, { total: costs.total, isPickup: pickup.kind === "pickup" });
  const refunded = order.summary.raw_refunded_total?.value ?? order.summary.refunded_total;
  const lines = order.items.map((item, index) => lineOf(item, costs.lines[index] ?? costs.total, currency));
  return readingOf({
    request: {
      channel: connector.channel,
      id: order.id,
      number: clipped(order.custom_display_id, 60) ?? String(order.display_id ?? order.id).slice(0, 60),
      currency,
      customer: customerOf(order),
      lines: lines.filter(({ quantity }) => quantity > 0),
      shipping: costs.shipping,
      total: costs.total,
      payment,
      delivery:
        pickup.kind === "pickup"
          ? { kind: "pickup", store: pickup.store }
          : { kind: "ship", address: postalOf(order.shipping_address ?? null) },
      maySplit: pickup.kind === "ship",
      note: "",
    },
    updatedAt: lastChangeOf(order),
    // Named even where it is all of it: an edit in the shop lessens a line in place, and what it was before is not told.
    stillWanted: order.items.map((item) => ({ line: idOf<"Line">(item.id), quantity: wantedOf(item) })),
    refunded: roundedMoney(refunded, currency),
    cancelled: order.status === "canceled" || order.canceled_at ? { reason: "Cancelled in the shop" } : null,
    release,
    fulfilledThere: fulfilledThere(order),
  });
}

/** Pieces that were returned were wanted, and sent; those that were written off never will be. */
function wantedOf({ quantity, detail }: Item): number {
  return Math.max(0, quantity - (detail?.written_off_quantity ?? 0));
}

function lineOf(item: Item, total: Money, currency: Currency): SeenLine {
  const name = clipped(item.product_title, MAX_TEXT) ?? clipped(item.title, MAX_TEXT);
  return {
    id: idOf<"Line">(item.id),
    sku: skuOf(item),
    ...(name === null ? {} : { name }),
    quantity: item.quantity,
    unitPrice: roundedMoney(unitPriceOf(item), currency),
    total,
  };
}

/** What has no SKU is no product here: one is made up, so that people are asked and the line is not lost. */
function skuOf({ id, variant_sku, variant }: Item): Sku {
  const sku = clipped(variant_sku, 64) ?? clipped(variant?.sku, 64) ?? `medusa-${id}`;
  return idOf<"Sku">(sku.slice(0, 64));
}

const PAID: readonly string[] = ["captured", "partially_refunded", "refunded"];

/** What is authorised is the shop's to capture; all that is neither authorised nor captured waits, and so does a part of a parcel's price. */
function paymentOf(
  order: MedusaOrder,
  { total, isPickup }: { readonly total: Money; readonly isPickup: boolean },
): { readonly payment: SeenOrder["request"]["payment"]; readonly release: SeenOrder["release"] } {
  const { currency } = total;
  const { summary } = order;
  const status = paymentStatusOf(order, currency);
  const credit = roundedMoney(order.credit_line_total ?? ZERO, currency);
  const taken = roundedMoney(summary.raw_paid_total?.value ?? summary.paid_total, currency);
  const due = subtractMoney(total, taken);
  // What was given back for nothing is booked as credit as well: credit pays what is due, and never more.
  const paid = due.minor > 0 ? addMoney(taken, lesserMoney(credit, due)) : taken;
  const release = order.status === "draft" ? "waiting" : "toDo";
  if (total.minor === 0 || PAID.includes(status)) return { payment: { kind: "paid", paid }, release };
  if (status === "authorized") {
    const kind = isPickup && isTakenByHand(order) ? "atPickup" : "authorised";
    return { payment: { kind, paid }, release };
  }
  if (status === "partially_captured" && isPickup) return { payment: { kind: "atPickup", paid }, release };
  return { payment: { kind: isPickup ? "atPickup" : "authorised", paid }, release: "waiting" };
}

function isTakenByHand({ payment_collections }: MedusaOrder): boolean {
  const payments = payment_collections.flatMap((collection) => collection.payments ?? []);
  return payments.length > 0 && payments.every(({ provider_id }) => provider_id === BY_HAND);
}

type Pickup =
  | { readonly kind: "ship" }
  | { readonly kind: "pickup"; readonly store: string }
  | { readonly kind: "unknown"; readonly location: string };

/** A shipping option that HQ mapped to a store is collecting there; so is any option of a stock location's own pickup. */
function pickupOf({ shipping_methods }: MedusaOrder, { locations }: Connector): Pickup {
  for (const { shipping_option_id, shipping_option } of shipping_methods) {
    const mapped = shipping_option_id ? locations[shipping_option_id] : undefined;
    if (mapped !== undefined) return { kind: "pickup", store: mapped };
    const set = shipping_option?.service_zone?.fulfillment_set;
    if (set?.type !== "pickup") continue;
    const location = set.location?.id ?? shipping_option_id ?? "";
    const store = locations[location];
    return store === undefined ? { kind: "unknown", location } : { kind: "pickup", store };
  }
  return { kind: "ship" };
}

function customerOf({
  shipping_address,
  billing_address,
  email,
}: MedusaOrder): SeenOrder["request"]["customer"] {
  const addresses = [shipping_address, billing_address];
  const names = [...addresses.map(nameOf), ...addresses.map((each) => each?.company), email];
  return {
    name: firstName(...names),
    email: clipped(email, 254),
    phone: clipped(shipping_address?.phone, 40) ?? clipped(billing_address?.phone, 40),
  };
}

function postalOf(address: Address | null): PostalAddress | null {
  if (address === null || clipped(address.address_1, MAX_TEXT) === null) return null;
  const { company, address_1, address_2, postal_code, city, province, country_code } = address;
  // `us-ny`: an address there is not whole without it.
  const region = province?.split("-").at(-1)?.toUpperCase();
  return postalAddress({
    name: clipped(nameOf(address), MAX_TEXT) ?? clipped(company, MAX_TEXT) ?? "",
    lines: [company, address_1, address_2],
    postcode: postal_code,
    city: [city, region].filter((part) => part).join(", "),
    country: country_code,
  });
}

function nameOf(address: Address | null | undefined): string {
  return `${address?.first_name ?? ""} ${address?.last_name ?? ""}`.trim();
}

/** A payment that is captured or given back leaves the order's own moment as it was. */
function lastChangeOf({ updated_at, canceled_at, payment_collections }: MedusaOrder): Instant {
  const payments = payment_collections.flatMap((collection) => collection.payments ?? []);
  const booked = payments.flatMap(({ captures, refunds }) => [...(captures ?? []), ...(refunds ?? [])]);
  const moments = [
    updated_at,
    canceled_at,
    ...[...payment_collections, ...payments].map((each) => each.updated_at),
    ...booked.map((each) => each.created_at),
  ];
  return instant(Math.max(...moments.flatMap((moment) => (moment ? [Date.parse(moment)] : []))));
}
