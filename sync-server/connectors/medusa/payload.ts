import { z } from "zod";
import type { ExactAmount } from "#domain/money/round-together.ts";
import { MAX_PIECES_PER_ORDER_LINE } from "#domain/orders/order.ts";
import { fractionOf } from "./fraction.ts";

const text = z.string().nullish();
/** An instant as JSON writes a date. */
const moment = z.iso.datetime({ offset: true });

const exact = z.union([z.string(), z.number()]).transform((decimal, context): ExactAmount => {
  const fraction = fractionOf(decimal);
  if (fraction !== null) return fraction;
  context.addIssue({ code: "custom", message: `${decimal} is no decimal number` });
  return z.NEVER;
});
/** The exact value behind an amount, which as a number is rounded to what JSON can say. */
const raw = z.looseObject({ value: exact }).nullish();

const taxLinesSchema = z
  .array(z.looseObject({ rate: exact }))
  .nullish()
  .transform((lines) => lines ?? []);

const adjustmentsSchema = z
  .array(
    z
      .looseObject({ amount: exact, raw_amount: raw, is_tax_inclusive: z.boolean().nullish() })
      .transform(({ amount, raw_amount, is_tax_inclusive }) => ({
        amount: raw_amount?.value ?? amount,
        isTaxInclusive: is_tax_inclusive ?? false,
      })),
  )
  .nullish()
  .transform((adjustments) => adjustments ?? []);

const itemSchema = z.looseObject({
  id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/),
  title: text,
  product_title: text,
  variant_sku: text,
  variant: z.looseObject({ sku: text }).nullish(),
  quantity: z.number().int().min(0).max(MAX_PIECES_PER_ORDER_LINE),
  unit_price: exact,
  raw_unit_price: raw,
  is_tax_inclusive: z.boolean().nullish(),
  tax_lines: taxLinesSchema,
  adjustments: adjustmentsSchema,
  detail: z
    .looseObject({
      written_off_quantity: z.number().int().nullish(),
      fulfilled_quantity: z.number().nullish(),
    })
    .nullish(),
});
export type Item = z.output<typeof itemSchema>;

const shippingMethodSchema = z.looseObject({
  amount: exact,
  raw_amount: raw,
  is_tax_inclusive: z.boolean().nullish(),
  tax_lines: taxLinesSchema,
  adjustments: adjustmentsSchema,
  shipping_option_id: text,
  shipping_option: z
    .looseObject({
      service_zone: z
        .looseObject({
          fulfillment_set: z
            .looseObject({ type: text, location: z.looseObject({ id: z.string() }).nullish() })
            .nullish(),
        })
        .nullish(),
    })
    .nullish(),
});
export type ShippingMethod = z.output<typeof shippingMethodSchema>;

const addressSchema = z.looseObject({
  first_name: text,
  last_name: text,
  company: text,
  address_1: text,
  address_2: text,
  postal_code: text,
  city: text,
  province: text,
  country_code: text,
  phone: text,
});
export type Address = z.output<typeof addressSchema>;

const booked = z.array(z.looseObject({ amount: exact.nullish(), created_at: moment.nullish() })).nullish();
const paymentCollectionSchema = z.looseObject({
  status: text,
  amount: exact.nullish(),
  raw_amount: raw,
  captured_amount: exact.nullish(),
  refunded_amount: exact.nullish(),
  updated_at: moment.nullish(),
  payments: z
    .array(
      z.looseObject({
        provider_id: text,
        updated_at: moment.nullish(),
        canceled_at: moment.nullish(),
        captures: booked,
        refunds: booked,
      }),
    )
    .nullish(),
});
export type PaymentCollection = z.output<typeof paymentCollectionSchema>;

/** An order as the store and admin APIs have it, of it what is read here; the README names the fields that a subscriber asks for. */
const orderFieldsSchema = z.looseObject({
  id: z.string().min(1).max(120),
  display_id: z.union([z.number(), z.string()]).nullish(),
  custom_display_id: text,
  status: z.string(),
  /** Computed by the workflows behind the APIs, and no field of an order: a subscriber's query does not have it. */
  payment_status: text,
  email: text,
  currency_code: z.string().regex(/^[a-z]{3}$/i),
  created_at: moment,
  updated_at: moment,
  canceled_at: moment.nullish(),
  items: z.array(itemSchema),
  shipping_methods: z
    .array(shippingMethodSchema)
    .nullish()
    .transform((methods) => methods ?? []),
  shipping_address: addressSchema.nullish(),
  billing_address: addressSchema.nullish(),
  credit_line_total: exact.nullish(),
  summary: z.looseObject({
    paid_total: exact,
    raw_paid_total: raw,
    refunded_total: exact,
    raw_refunded_total: raw,
  }),
  payment_collections: z.array(paymentCollectionSchema).nullish(),
});

/** An order that does not say whether it is paid is none to act on: it would wait for ever. */
export const orderSchema = orderFieldsSchema.transform((order, context) => {
  const { payment_status, payment_collections } = order;
  const isSaid = payment_status || payment_collections?.every(({ status }) => status);
  if (isSaid) return { ...order, payment_collections: payment_collections ?? [] };
  context.addIssue({
    code: "custom",
    path: ["payment_collections"],
    message: "the subscriber has to send them, each with its status",
  });
  return z.NEVER;
});
export type MedusaOrder = z.output<typeof orderSchema>;

/** What a subscriber posts: the event's name, and the order it is about, whole; for what does not carry it, its id. */
export const webhookSchema = z.looseObject({
  name: z.string().min(1).max(120),
  data: z.looseObject({ id: text, order: z.unknown().optional() }),
});
