import { z } from "zod";
import { idOf, type LineId } from "#domain/ids.ts";
import type { Currency, Money } from "#domain/money/money.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { type NotTold, never } from "../answers.ts";
import { decimalSchema } from "../decimal.ts";
import type { Ask } from "./graphql.ts";

/** Pieces that Shopify still expects somebody to fulfil, in one place. */
export interface FulfillmentOrder {
  readonly id: string;
  readonly isPickup: boolean;
  readonly canFulfil: boolean;
  readonly lines: readonly { readonly id: string; readonly line: LineId; readonly remaining: number }[];
}

export interface Transaction {
  readonly id: string;
  readonly kind: string;
  readonly status: string;
  readonly gateway: string;
  readonly amount: Money;
  readonly parent: string | null;
}

/** An order as Shopify has it now, as far as we may have to change it. */
export interface OrderThere {
  readonly id: string;
  readonly isCancelled: boolean;
  readonly currency: Currency;
  /** The customer paid in another currency than the shop's. */
  readonly isForeign: boolean;
  readonly canMarkAsPaid: boolean;
  /** For the shop's own people. */
  readonly note: string;
  /** Pieces taken off each line, by edits and refunds. */
  readonly takenOff: ReadonlyMap<LineId, number>;
  readonly fulfilled: ReadonlyMap<LineId, number>;
  readonly transactions: readonly Transaction[];
  readonly fulfillmentOrders: readonly FulfillmentOrder[];
}

/** `gid://shopify/LineItem/123` is line `123` of the webhooks. */
function lineOf(gid: string): LineId {
  return idOf<"Line">(gid.slice(gid.lastIndexOf("/") + 1));
}

/** How Shopify's API names one of its things by the number that webhooks have. */
export function gid(kind: "Order" | "LineItem" | "Location", id: string): string {
  return id.startsWith("gid://") ? id : `gid://shopify/${kind}/${id}`;
}

const ORDER = `query Order($id: ID!) {
  order(id: $id) {
    id cancelledAt currencyCode presentmentCurrencyCode canMarkAsPaid note
    lineItems(first: 250) { nodes { id quantity currentQuantity } }
    transactions(first: 100) { id kind status gateway amountSet { shopMoney { amount } } parentTransaction { id } }
    fulfillments(first: 50) { id status }
    fulfillmentOrders(first: 50) { nodes { id status supportedActions { action } deliveryMethod { methodType } } }
  }
}`;
const FULFILLMENT = `query Fulfillment($id: ID!) {
  fulfillment(id: $id) { fulfillmentLineItems(first: 250) { nodes { quantity lineItem { id } } } }
}`;
const FULFILLMENT_ORDER = `query FulfillmentOrder($id: ID!) {
  fulfillmentOrder(id: $id) { lineItems(first: 250) { nodes { id remainingQuantity lineItem { id } } } }
}`;

const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .transform((code) => idOf<"Currency">(code));
const named = z.looseObject({ id: z.string() });
const orderData = z.looseObject({
  order: z
    .looseObject({
      id: z.string(),
      cancelledAt: z.string().nullable(),
      currencyCode,
      presentmentCurrencyCode: currencyCode,
      canMarkAsPaid: z.boolean(),
      note: z.string().nullish(),
      lineItems: z.looseObject({
        nodes: z.array(z.looseObject({ id: z.string(), quantity: z.number(), currentQuantity: z.number() })),
      }),
      transactions: z.array(
        z.looseObject({
          id: z.string(),
          kind: z.string(),
          status: z.string(),
          gateway: z.string().nullable(),
          amountSet: z.looseObject({
            shopMoney: z.looseObject({ amount: z.union([z.string(), z.number()]) }),
          }),
          parentTransaction: named.nullable(),
        }),
      ),
      fulfillments: z.array(z.looseObject({ id: z.string(), status: z.string() })),
      fulfillmentOrders: z.looseObject({
        nodes: z.array(
          z.looseObject({
            id: z.string(),
            status: z.string(),
            supportedActions: z.array(z.looseObject({ action: z.string() })),
            deliveryMethod: z.looseObject({ methodType: z.string() }).nullable(),
          }),
        ),
      }),
    })
    .nullable(),
});
type Order = NonNullable<z.output<typeof orderData>["order"]>;

const fulfillmentData = z.looseObject({
  fulfillment: z
    .looseObject({
      fulfillmentLineItems: z.looseObject({
        nodes: z.array(z.looseObject({ quantity: z.number(), lineItem: named })),
      }),
    })
    .nullable(),
});
const fulfillmentOrderData = z.looseObject({
  fulfillmentOrder: z
    .looseObject({
      lineItems: z.looseObject({
        nodes: z.array(z.looseObject({ id: z.string(), remainingQuantity: z.number(), lineItem: named })),
      }),
    })
    .nullable(),
});

/** Looks an order up. Lines are asked for one fulfilment at a time: all at once costs more points than Shopify grants one question. */
export async function orderThere(ask: Ask, externalId: string): Promise<Result<OrderThere, NotTold>> {
  const found = await ask({ query: ORDER, variables: { id: gid("Order", externalId) }, data: orderData });
  if (!found.ok) return found;
  const { order } = found.value;
  if (order === null) return refused(never(`Shopify has no order ${externalId} any more.`));
  const fulfilled = await fulfilledOf(ask, order);
  if (!fulfilled.ok) return fulfilled;
  const fulfillmentOrders = await openFulfillmentOrders(ask, order);
  if (!fulfillmentOrders.ok) return fulfillmentOrders;
  const transactions = transactionsOf(order);
  if (transactions === null)
    return refused(never("The order's payments in Shopify have amounts that cannot be read."));
  return ok({
    id: order.id,
    isCancelled: order.cancelledAt !== null,
    currency: order.currencyCode,
    isForeign: order.currencyCode !== order.presentmentCurrencyCode,
    canMarkAsPaid: order.canMarkAsPaid,
    note: order.note ?? "",
    takenOff: new Map(
      order.lineItems.nodes.map(({ id, quantity, currentQuantity }) => [
        lineOf(id),
        quantity - currentQuantity,
      ]),
    ),
    fulfilled: fulfilled.value,
    transactions,
    fulfillmentOrders: fulfillmentOrders.value,
  });
}

function transactionsOf(order: Order): readonly Transaction[] | null {
  const amount = decimalSchema(order.currencyCode);
  const read = order.transactions.map(({ id, kind, status, gateway, amountSet, parentTransaction }) => {
    const parsed = amount.safeParse(amountSet.shopMoney.amount);
    const rest = { id, kind, status, gateway: gateway ?? "", parent: parentTransaction?.id ?? null };
    return parsed.success ? { ...rest, amount: parsed.data } : null;
  });
  const whole = read.filter((each) => each !== null);
  return whole.length === read.length ? whole : null;
}

async function fulfilledOf(ask: Ask, order: Order): Promise<Result<ReadonlyMap<LineId, number>, NotTold>> {
  const pieces = new Map<LineId, number>();
  for (const { id, status } of order.fulfillments) {
    if (["CANCELLED", "ERROR", "FAILURE"].includes(status)) continue;
    const found = await ask({ query: FULFILLMENT, variables: { id }, data: fulfillmentData });
    if (!found.ok) return found;
    for (const { quantity, lineItem } of found.value.fulfillment?.fulfillmentLineItems.nodes ?? []) {
      const line = lineOf(lineItem.id);
      pieces.set(line, (pieces.get(line) ?? 0) + quantity);
    }
  }
  return ok(pieces);
}

async function openFulfillmentOrders(
  ask: Ask,
  order: Order,
): Promise<Result<readonly FulfillmentOrder[], NotTold>> {
  const open: FulfillmentOrder[] = [];
  for (const { id, status, supportedActions, deliveryMethod } of order.fulfillmentOrders.nodes) {
    if (["CLOSED", "CANCELLED", "INCOMPLETE"].includes(status)) continue;
    const found = await ask({ query: FULFILLMENT_ORDER, variables: { id }, data: fulfillmentOrderData });
    if (!found.ok) return found;
    open.push({
      id,
      isPickup: deliveryMethod?.methodType === "PICK_UP",
      canFulfil: supportedActions.some(({ action }) => action === "CREATE_FULFILLMENT"),
      lines: (found.value.fulfillmentOrder?.lineItems.nodes ?? []).map((node) => ({
        id: node.id,
        line: lineOf(node.lineItem.id),
        remaining: node.remainingQuantity,
      })),
    });
  }
  return ok(open);
}
