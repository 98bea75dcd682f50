import { z } from "zod";
import type { Currency } from "#domain/money/money.ts";
import { MAX_PIECES_PER_ORDER_LINE } from "#domain/orders/order.ts";
import { currencySchema } from "#protocol/scalars.ts";
import { decimalSchema } from "../decimal.ts";

/** 32 hexadecimal digits: how Shopware writes its ids. */
const hexId = z.string().regex(/^[0-9a-f]{32}$/i);
/** An instant as the Admin API writes it, e.g. `2026-11-20T10:15:30.000+00:00`. */
const moment = z.iso.datetime({ offset: true });
const text = z.string().nullish();
/** Missing where the message came without it, which says nothing of what it is. */
const state = z.looseObject({ technicalName: z.string() }).nullish();

const addressSchema = z.looseObject({
  firstName: text,
  lastName: text,
  company: text,
  street: text,
  additionalAddressLine1: text,
  additionalAddressLine2: text,
  zipcode: text,
  city: text,
  phoneNumber: text,
  country: z.looseObject({ iso: text }).nullish(),
  countryState: z.looseObject({ shortCode: text }).nullish(),
});
export type OrderAddress = z.output<typeof addressSchema>;

function lineItemSchema(currency: Currency) {
  const amount = decimalSchema(currency);
  const composed = z.looseObject({ id: z.string(), discount: amount });
  return z.looseObject({
    id: hexId,
    parentId: hexId.nullish(),
    /** The line's id in the cart it came from, by which promotions name it. */
    identifier: text,
    type: text,
    label: text,
    quantity: z.number().int().min(1).max(MAX_PIECES_PER_ORDER_LINE),
    /** Null where it has more decimals than the currency: what a piece costs is then known by the total only. */
    unitPrice: amount.nullable().catch(null),
    totalPrice: amount,
    // PHP writes an empty map as a list: what is no object has no fields.
    payload: z
      .looseObject({
        productNumber: text.catch(null),
        /** What a promotion took off which line of the cart. */
        composition: z.array(composed).nullish().catch(null),
      })
      .nullish()
      .catch(null),
    updatedAt: moment.nullish(),
  });
}
export type LineItem = z.output<ReturnType<typeof lineItemSchema>>;

function transactionSchema(currency: Currency) {
  const price = z.looseObject({ totalPrice: decimalSchema(currency) });
  return z.looseObject({
    amount: price,
    stateMachineState: state,
    paymentMethod: z.looseObject({ technicalName: text, handlerIdentifier: text }).nullish(),
    /** Only where the payment's plugin books captures and refunds one by one. */
    captures: z
      .array(
        z.looseObject({
          amount: price,
          stateMachineState: state,
          refunds: z.array(z.looseObject({ amount: price, stateMachineState: state })).nullish(),
        }),
      )
      .nullish(),
    createdAt: moment.nullish(),
    updatedAt: moment.nullish(),
  });
}
export type Transaction = z.output<ReturnType<typeof transactionSchema>>;

/** What says that a payload carries an order, and in which currency. */
export const carriedOrderSchema = z.looseObject({
  order: z.looseObject({ currency: z.looseObject({ isoCode: currencySchema }) }),
});

/** An order as the events that carry one have it (`data.payload.order`), of it what is read here; its amounts in the order's own currency. */
export function orderSchema(currency: Currency) {
  const amount = decimalSchema(currency);
  return z.looseObject({
    id: hexId,
    orderNumber: text,
    createdAt: moment,
    updatedAt: moment.nullish(),
    price: z.looseObject({
      taxStatus: z.enum(["gross", "net", "tax-free"]),
      totalPrice: amount,
      /** Before the total was rounded to what can be paid in cash. */
      rawTotal: amount.nullish().catch(null),
    }),
    amountTotal: amount,
    shippingTotal: amount,
    customerComment: text,
    stateMachineState: state,
    orderCustomer: z.looseObject({ firstName: text, lastName: text, company: text, email: text }).nullish(),
    lineItems: z.array(lineItemSchema(currency)),
    deliveries: z
      .array(
        z.looseObject({
          shippingMethodId: text,
          shippingMethod: z.looseObject({ id: text, technicalName: text, name: text }).nullish(),
          shippingOrderAddress: addressSchema.nullish(),
          stateMachineState: state,
          createdAt: moment.nullish(),
          updatedAt: moment.nullish(),
        }),
      )
      .nullish(),
    transactions: z.array(transactionSchema(currency)).nullish(),
  });
}
export type ShopwareOrder = z.output<ReturnType<typeof orderSchema>>;

/** What each webhook of an app brings. `eventId` is the same on every try; shops before 6.4.11 have none. */
export const webhookSchema = z.looseObject({
  data: z.looseObject({ payload: z.unknown(), event: z.string().min(1) }),
  source: z.looseObject({ eventId: z.string().min(1).max(120).nullish() }),
});

/** A moment in milliseconds, to tell which of two is newer; what has none is the oldest. */
export function msOf(written: string | null | undefined): number {
  return written ? Date.parse(written) : 0;
}
