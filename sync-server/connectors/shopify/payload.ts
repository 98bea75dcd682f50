import { z } from "zod";
import type { Currency, Money } from "#domain/money/money.ts";
import { MAX_PIECES_PER_ORDER_LINE } from "#domain/orders/order.ts";
import { decimalSchema } from "../decimal.ts";

/** Shopify's numeric ids, as text. */
const shopifyId = z.union([z.number().int(), z.string().min(1)]).transform(String);
const text = z.string().nullish();
const pieces = z.number().int().nonnegative().max(MAX_PIECES_PER_ORDER_LINE);

/** The one thing that has to be known before amounts can be read. */
export const currencyOnlySchema = z.looseObject({ currency: z.string().regex(/^[A-Z]{3}$/) });

/** `{id}`: what is left of a deleted order. */
export const deletedSchema = z.looseObject({ id: shopifyId });

const addressSchema = z
  .looseObject({
    name: text,
    company: text,
    address1: text,
    address2: text,
    zip: text,
    city: text,
    province: text,
    country_code: text,
    phone: text,
  })
  .nullish();

const shopMoney = (currency: Currency) =>
  z.looseObject({ shop_money: z.looseObject({ amount: decimalSchema(currency) }) }).nullish();

/** An amount in the shop's currency: of the `_set`, where there is one, else the plain field, which is in that currency too. */
export function inShopMoney(
  set: { readonly shop_money: { readonly amount: Money } } | null | undefined,
  plain: Money | null | undefined,
  zero: Money,
): Money {
  return set?.shop_money.amount ?? plain ?? zero;
}

const transactionSchema = z.looseObject({
  kind: z.string(),
  status: z.string(),
  amount: z.union([z.string(), z.number()]),
  currency: text,
});

/** A refund as it is in an order and in `refunds/create`, amounts in the shop's currency. */
export function refundSchema(currency: Currency) {
  const amount = decimalSchema(currency);
  const set = shopMoney(currency);
  return z.looseObject({
    id: shopifyId,
    transactions: z.array(transactionSchema).default([]),
    refund_line_items: z
      .array(
        z.looseObject({
          line_item_id: shopifyId,
          quantity: pieces,
          subtotal: amount.nullish(),
          subtotal_set: set,
          total_tax: amount.nullish(),
          total_tax_set: set,
          line_item: z.looseObject({ gift_card: z.boolean().nullish() }).nullish(),
        }),
      )
      .default([]),
    order_adjustments: z
      .array(
        z.looseObject({
          amount: amount.nullish(),
          amount_set: set,
          tax_amount: amount.nullish(),
          tax_amount_set: set,
        }),
      )
      .default([]),
  });
}
export type ShopifyRefund = z.output<ReturnType<typeof refundSchema>>;

const lineSchema = (currency: Currency) => {
  const amount = decimalSchema(currency);
  const set = shopMoney(currency);
  return z.looseObject({
    id: shopifyId,
    variant_id: shopifyId.nullish(),
    sku: text,
    name: text,
    title: text,
    quantity: pieces,
    current_quantity: pieces.nullish(),
    price: amount,
    price_set: set,
    gift_card: z.boolean().nullish(),
    /** How it was given; only on the line that a tip is. */
    tip: z.unknown().optional(),
    discount_allocations: z.array(z.looseObject({ amount: amount.nullish(), amount_set: set })).default([]),
  });
};

/** The fields of an order that we read, in the shape of `orders/create` and its kin; amounts in the shop's currency. */
export function orderSchema(currency: Currency) {
  const amount = decimalSchema(currency);
  const set = shopMoney(currency);
  return z.looseObject({
    id: shopifyId,
    name: text,
    email: text,
    contact_email: text,
    phone: text,
    note: text,
    source_name: text,
    fulfillment_status: text,
    financial_status: text,
    payment_gateway_names: z.array(z.string()).default([]),
    taxes_included: z.boolean().default(false),
    total_price: amount,
    total_price_set: set,
    current_total_price: amount.nullish(),
    current_total_price_set: set,
    total_outstanding: amount.nullish(),
    created_at: z.iso.datetime({ offset: true }),
    updated_at: z.iso.datetime({ offset: true }),
    cancelled_at: text,
    cancel_reason: text,
    location_id: shopifyId.nullish(),
    customer: z.looseObject({ first_name: text, last_name: text, email: text, phone: text }).nullish(),
    billing_address: addressSchema,
    shipping_address: addressSchema,
    line_items: z.array(lineSchema(currency)),
    shipping_lines: z
      .array(
        z.looseObject({
          code: text,
          title: text,
          source: text,
          delivery_category: text,
          is_removed: z.boolean().nullish(),
          price: amount.nullish(),
          price_set: set,
          discounted_price: amount.nullish(),
          discounted_price_set: set,
          discount_allocations: z
            .array(z.looseObject({ amount: amount.nullish(), amount_set: set }))
            .default([]),
        }),
      )
      .default([]),
    refunds: z.array(refundSchema(currency)).default([]),
  });
}
export type ShopifyOrder = z.output<ReturnType<typeof orderSchema>>;
