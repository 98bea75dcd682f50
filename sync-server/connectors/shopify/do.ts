import { createHash } from "node:crypto";
import { z } from "zod";
import { isZero } from "#domain/money/arithmetic.ts";
import { decimalText, formatMoney } from "#domain/money/format.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { later, type NotTold, never } from "../answers.ts";
import type { OrderNews } from "../port.ts";
import { type Ask, userErrorsSchema } from "./graphql.ts";
import { gid, type OrderThere } from "./order-there.ts";
import { type FulfilmentDue, givenBackBy, type RefundDue } from "./plan.ts";

const mutationData = z.record(
  z.string(),
  z.looseObject({
    userErrors: userErrorsSchema.optional(),
    orderCancelUserErrors: userErrorsSchema.optional(),
  }),
);
export type Done = Result<null, NotTold>;
type UserError = z.output<typeof userErrorsSchema>[number];

const DONE: Done = ok(null);

/** A mutation by its name: done, or refused in the platform's own words. `isHarmless`: whether an error says that it was done before. */
async function mutate(
  ask: Ask,
  {
    name,
    query,
    variables,
    isHarmless = () => false,
  }: {
    readonly name: string;
    readonly query: string;
    readonly variables: Readonly<Record<string, unknown>>;
    readonly isHarmless?: (error: UserError) => boolean;
  },
): Promise<Done> {
  const answer = await ask({ query, variables, data: mutationData });
  if (!answer.ok) return answer;
  const result = answer.value[name];
  if (result === undefined) return refused(later(`Shopify did not say how ${name} went.`));
  const found = result.orderCancelUserErrors ?? result.userErrors ?? [];
  const grave = found.filter((error) => !isHarmless(error));
  return grave.length === 0
    ? DONE
    : refused(never(`Shopify: ${grave.map(({ message }) => message).join("; ")}`));
}

/** Tells the customer to come; Shopify sends the mail once, and says so when asked again. */
export function markReady(ask: Ask, fulfillmentOrderId: string): Promise<Done> {
  return mutate(ask, {
    name: "fulfillmentOrderLineItemsPreparedForPickup",
    query: `mutation Ready($input: FulfillmentOrderLineItemsPreparedForPickupInput!) {
  fulfillmentOrderLineItemsPreparedForPickup(input: $input) { userErrors { field message code } }
}`,
    variables: { input: { lineItemsByFulfillmentOrder: [{ fulfillmentOrderId }] } },
    isHarmless: ({ code }) => code === "NO_LINE_ITEMS_TO_PREPARE_FOR_FULFILLMENT_ORDER",
  });
}

export function fulfil(ask: Ask, { fulfillmentOrder, lines, parcels }: FulfilmentDue): Promise<Done> {
  const [first] = parcels;
  const tracking =
    first === undefined
      ? {}
      : {
          trackingInfo: {
            company: first.carrier,
            numbers: parcels.map((parcel) => parcel.tracking).filter((number) => number !== ""),
          },
        };
  return mutate(ask, {
    name: "fulfillmentCreate",
    query: `mutation Fulfil($fulfillment: FulfillmentInput!) {
  fulfillmentCreate(fulfillment: $fulfillment) { fulfillment { id } userErrors { field message } }
}`,
    variables: {
      fulfillment: {
        lineItemsByFulfillmentOrder: [
          { fulfillmentOrderId: fulfillmentOrder, fulfillmentOrderLineItems: lines },
        ],
        notifyCustomer: first !== undefined,
        ...tracking,
      },
    },
  });
}

/**
 * Gives money back by the payments it came by, and takes pieces off. Refused in words where a person has to: the customer paid in another
 * currency, or the payments have less left than is due.
 */
export async function giveBack(
  ask: Ask,
  { there, due, news }: { readonly there: OrderThere; readonly due: RefundDue; readonly news: OrderNews },
): Promise<Done> {
  const words = formatMoney({ amount: due.amount, locale: "en" });
  if (there.isForeign && !isZero(due.amount))
    return refused(
      never(
        `${words} are to be given back, but the customer paid in another currency: refund it in Shopify.`,
      ),
    );
  const back = givenBackBy(due);
  if (back.minor < due.amount.minor)
    return refused(
      never(
        `${words} are to be given back, but the order's payments in Shopify have only ${formatMoney({ amount: back, locale: "en" })} left: settle it there.`,
      ),
    );
  const transactions = due.shares.map(({ payment, amount }) => ({
    orderId: there.id,
    parentId: payment.id,
    gateway: payment.gateway,
    kind: "REFUND",
    amount: decimalText(amount),
  }));
  const refundLineItems = due.pieces.map(({ line, quantity }) => ({
    lineItemId: gid("LineItem", line),
    quantity,
    // Stock is told for itself, from the store's own count.
    restockType: "NO_RESTOCK",
  }));
  const input = { orderId: there.id, note: "Onetill", notify: true, transactions, refundLineItems };
  return mutate(ask, {
    name: "refundCreate",
    query: `mutation GiveBack($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { field message } }
}`,
    variables: { input, key: keyOf(news.id, JSON.stringify(input)) },
  });
}

/** Shopify has no code for it: `INVALID` is its code for all that stands in the way of cancelling. */
const CANCELLED_BEFORE =
  /\b(already|already been|has been|being|is) cancell?ed\b|\bcancell?ation\b.*\b(in progress|pending|started)\b/i;

/**
 * Asks for an order to be cancelled; done means that Shopify has taken it on, for it cancels by a job of its own, whose errors it tells nobody. Money is
 * given back before and apart from this, and stock is told for itself, as what there is: here nothing more goes back to either.
 */
export function cancel(ask: Ask, there: OrderThere): Promise<Done> {
  return mutate(ask, {
    name: "orderCancel",
    query: `mutation Cancel($orderId: ID!, $refundMethod: OrderCancelRefundMethodInput!) {
  orderCancel(orderId: $orderId, refundMethod: $refundMethod, restock: false, reason: OTHER, notifyCustomer: true, staffNote: "Cancelled in Onetill") {
    orderCancelUserErrors { field message code }
  }
}`,
    variables: { orderId: there.id, refundMethod: { originalPaymentMethodsRefund: false } },
    isHarmless: ({ message }) => CANCELLED_BEFORE.test(message),
  });
}

export function markPaid(ask: Ask, there: OrderThere): Promise<Done> {
  return mutate(ask, {
    name: "orderMarkAsPaid",
    query: `mutation Paid($input: OrderMarkAsPaidInput!) {
  orderMarkAsPaid(input: $input) { userErrors { field message } }
}`,
    variables: { input: { id: there.id } },
  });
}

/** Replaces the order's note for the shop's own people. */
export function writeNote(ask: Ask, there: OrderThere, note: string): Promise<Done> {
  return mutate(ask, {
    name: "orderUpdate",
    query: `mutation Note($input: OrderInput!) {
  orderUpdate(input: $input) { userErrors { field message } }
}`,
    variables: { input: { id: there.id, note } },
  });
}

/** A key in the shape of a UUID: the same for the same request about the same news, so that a try after a broken connection is no second refund. */
export function keyOf(...parts: readonly string[]): string {
  const hex = createHash("sha256").update(parts.join("\n")).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
