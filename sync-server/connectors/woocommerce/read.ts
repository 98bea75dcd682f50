import { type Instant, idOf, instant } from "#domain/ids.ts";
import type { Connector, Reading, SeenOrder, Unreadable, WebhookReader } from "../port.ts";
import { clipped, firstName, readingOf, unreadable } from "../seen-order.ts";
import { amountsOf, refundedOf } from "./amounts.ts";
import { deliveryOf, nameOf } from "./delivery.ts";
import { currencyOnlySchema, deletedSchema, orderSchema, type WooOrder } from "./payload.ts";
import { cancellationOf, isDraft, paymentOf } from "./standing.ts";
import { PING } from "./verify.ts";

const WHOLE_ORDER = ["order.created", "order.updated", "order.restored"];

/**
 * What a message of WooCommerce means, in the payloads of REST API v3. Its orders are as they are now: a line that was edited has its new
 * quantity, and refunds tell their amount but not their pieces, so nothing is ever said to be wanted less of.
 */
export const readWooCommerce: WebhookReader["read"] = ({ topic, body }, connector) => {
  if (topic === PING) return { kind: "nothing", why: "A test of the address." };
  if (topic === "order.deleted") return readDeletion(body);
  if (WHOLE_ORDER.includes(topic)) return readOrder(body, connector);
  return { kind: "nothing", why: `Messages of ${topic} are no concern of ours.` };
};

function readDeletion(body: unknown): Reading | Unreadable {
  const parsed = deletedSchema.safeParse(body);
  if (!parsed.success) return unreadable("deletion", parsed.error);
  return {
    kind: "cancelled",
    externalId: String(parsed.data.id),
    reason: "Deleted in WooCommerce",
    at: null,
  };
}

function readOrder(body: unknown, connector: Connector): Reading | Unreadable {
  const head = currencyOnlySchema.safeParse(body);
  if (!head.success) return unreadable("order", head.error);
  const currency = idOf<"Currency">(head.data.currency);
  const parsed = orderSchema(currency).safeParse(body);
  if (!parsed.success) return unreadable("order", parsed.error);
  const order = { ...parsed.data, line_items: parsed.data.line_items.filter(({ quantity }) => quantity > 0) };
  if (isDraft(order.status)) return { kind: "nothing", why: "A basket that is not ordered yet." };
  if (order.line_items.length === 0)
    return { kind: "nothing", why: "Nothing in it is to be handed over or sent." };
  const changed = order.date_modified_gmt ?? order.date_created_gmt;
  if (changed === null || changed === undefined)
    return { problem: "The order does not say when it was changed last." };
  const delivery = deliveryOf(order, connector);
  if (!delivery.ok) return delivery.reason;
  const { payment, release } = paymentOf(order, { isPickup: delivery.value.kind === "pickup" });
  const amounts = amountsOf(order);
  return readingOf({
    request: {
      channel: connector.channel,
      id: String(order.id),
      number: clipped(order.number, 60) ?? String(order.id),
      currency,
      customer: contactOf(order),
      lines: order.line_items.flatMap((line, index) => {
        const price = amounts.lines[index];
        return price === undefined ? [] : [{ ...lineOf(line), ...price }];
      }),
      shipping: amounts.shipping,
      total: order.total,
      payment,
      delivery: delivery.value,
      maySplit: false,
      note: clipped(order.customer_note, 500) ?? "",
    },
    updatedAt: atOf(changed),
    stillWanted: [],
    refunded: refundedOf(order, currency),
    cancelled: cancellationOf(order.status),
    release,
    fulfilledThere: order.status === "completed" ? "all" : "nothing",
  });
}

function lineOf(line: WooOrder["line_items"][number]) {
  return {
    id: idOf<"Line">(String(line.id)),
    sku: idOf<"Sku">(clipped(line.sku, 64) ?? standInSku(line)),
    name: clipped(line.name, 500) ?? "?",
    quantity: line.quantity,
  };
}

/** A product without a SKU, or one that was deleted, is raised as an unknown product by a name of its own, so that nothing that was sold is lost. */
function standInSku({ id, variation_id, product_id }: WooOrder["line_items"][number]): string {
  const product = variation_id || product_id;
  return product ? `woocommerce-${product}` : `woocommerce-line-${id}`;
}

function contactOf({ billing, shipping }: WooOrder): SeenOrder["request"]["customer"] {
  const email = clipped(billing.email, 254);
  return {
    name: firstName(nameOf(billing), nameOf(shipping), billing.company, shipping.company, email),
    email,
    phone: clipped(billing.phone, 40) ?? clipped(shipping.phone, 40),
  };
}

function atOf(gmt: string): Instant {
  return instant(Date.parse(`${gmt.replace(/Z$/, "")}Z`));
}
