import { z } from "zod";
import type { Currency } from "#domain/money/money.ts";
import { MAX_PIECES_PER_ORDER_LINE } from "#domain/orders/order.ts";
import { decimalSchema } from "../decimal.ts";

const wooId = z.number().int().nonnegative();
const text = z.string().nullish();
/** `2026-11-20T09:00:05`, in GMT by its name. */
const gmt = z.iso.datetime({ local: true }).nullish();

/** The one thing that has to be known before amounts can be read. */
export const currencyOnlySchema = z.looseObject({ currency: z.string().regex(/^[A-Z]{3}$/) });

/** `{id}`: what is left of a deleted order. */
export const deletedSchema = z.looseObject({ id: wooId });

const addressSchema = z
  .looseObject({
    first_name: text,
    last_name: text,
    company: text,
    address_1: text,
    address_2: text,
    city: text,
    state: text,
    postcode: text,
    country: text,
    email: text,
    phone: text,
  })
  .default({});

/** The fields of an order that we read, in the shape of REST API v3, by which webhooks send it too. Amounts never have tax in them. */
export function orderSchema(currency: Currency) {
  const amount = decimalSchema(currency);
  const taxed = z.looseObject({ id: wooId, total: amount, total_tax: amount });
  return z.looseObject({
    id: wooId,
    number: text,
    status: z.string(),
    prices_include_tax: z.boolean(),
    date_created_gmt: gmt,
    date_modified_gmt: gmt,
    date_paid_gmt: gmt,
    total: amount,
    total_tax: amount,
    payment_method: z.string().default(""),
    payment_method_title: z.string().default(""),
    /** The payment's number at whoever took it online. */
    transaction_id: text,
    customer_note: text,
    billing: addressSchema,
    shipping: addressSchema,
    line_items: z.array(
      taxed.extend({
        name: text,
        product_id: wooId.nullish(),
        variation_id: wooId.nullish(),
        sku: text,
        quantity: z.number().int().nonnegative().max(MAX_PIECES_PER_ORDER_LINE),
        subtotal: amount,
        subtotal_tax: amount,
      }),
    ),
    shipping_lines: z
      .array(
        taxed.extend({
          method_id: z.string().nullish(),
          method_title: text,
          instance_id: z.union([z.string(), z.number()]).nullish(),
          meta_data: z.array(z.looseObject({ key: z.string(), value: z.unknown().optional() })).default([]),
        }),
      )
      .default([]),
    fee_lines: z.array(taxed).default([]),
    refunds: z.array(z.looseObject({ id: wooId, total: amount, reason: text })).default([]),
  });
}
export type WooOrder = z.output<ReturnType<typeof orderSchema>>;
