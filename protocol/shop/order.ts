import { z } from "zod";
import { MAX_LINES_PER_ORDER, MAX_PIECES_PER_ORDER_LINE } from "#domain/orders/order.ts";
import {
  addressSchema,
  fulfilmentStateSchema,
  orderPaymentSchema,
  parcelSchema,
} from "../documents/order.ts";
import {
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  placeSchema,
  skuSchema,
  textSchema,
} from "../scalars.ts";

const storeCode = z.string().regex(/^[A-Z0-9]{2,8}$/);

const wantedLineSchema = z.strictObject({
  /** The shop's own id of the line; its place in the list where the shop has none. */
  id: idSchema<"Line">().optional(),
  sku: skuSchema,
  /** As it was sold; the catalogue's name where it is left out. */
  name: textSchema.optional(),
  quantity: z.number().int().min(1).max(MAX_PIECES_PER_ORDER_LINE),
  unitPrice: moneySchema,
  /** What is off for all its pieces, as a quote says it: promotions are counted by it. */
  discounts: z
    .array(
      z.strictObject({
        promotion: idSchema<"Promotion">().nullable(),
        name: textSchema,
        amount: moneySchema,
      }),
    )
    .max(50)
    .exactOptional(),
  /** After all discounts; unitPrice x quantity less `discounts` where it is left out. */
  total: moneySchema.optional(),
});

/** `POST /shop/v1/orders`: idempotent by `channel` and `id`. */
export const shopOrderRequestSchema = z.strictObject({
  channel: idSchema<"Channel">(),
  /** The shop's own id of the order. */
  id: z.string().min(1).max(120),
  /** What the customer calls it; the id where it is left out. */
  number: z.string().min(1).max(60).optional(),
  currency: currencySchema,
  customer: z.strictObject({
    /** The profile, where the shop knows it; else the one that has this e-mail address or telephone number. */
    id: idSchema<"Customer">().exactOptional(),
    name: z.string().trim().min(1).max(200),
    email: z.string().max(254).nullable().default(null),
    phone: z.string().max(40).nullable().default(null),
  }),
  lines: z.array(wantedLineSchema).min(1).max(MAX_LINES_PER_ORDER),
  /** Coupons that took money off, as a quote writes them: they are used up with the order. */
  coupons: z.array(z.string().min(1).max(60)).max(20).exactOptional(),
  shipping: moneySchema.optional(),
  /** By which promotion nothing is charged for sending it, as a quote says it: it is counted like those of the lines. */
  freeShipping: idSchema<"Promotion">().exactOptional(),
  /** What the whole order costs; the sum of lines and shipping where it is left out. */
  total: moneySchema.optional(),
  payment: z.strictObject({
    kind: z.enum(["paid", "authorised", "atPickup"]),
    /** Paid so far; all of it where `paid` leaves it out, nothing otherwise. */
    paid: moneySchema.optional(),
  }),
  delivery: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("pickup"), store: storeCode }),
    z.strictObject({
      kind: z.literal("ship"),
      address: addressSchema.nullable(),
      /** Where the address is, in degrees: stores near it come first where HQ's rules say so. */
      place: placeSchema.exactOptional(),
    }),
  ]),
  maySplit: z.boolean().default(false),
  note: textSchema.default(""),
});
export type ShopOrderRequest = z.output<typeof shopOrderRequestSchema>;

/** `GET /shop/v1/orders/{id}`, and the answer to placing and cancelling. */
export const shopOrderSchema = z.strictObject({
  id: idSchema<"Order">(),
  channel: z.string(),
  externalId: z.string(),
  number: z.string(),
  /** The profile that it belongs to; null where none is known, and for a key of some channels where the shop did not name it. Its history is at `/shop/v1/customers/{id}/history`. */
  customer: idSchema<"Customer">().nullable(),
  status: z.enum(["placed", "inProgress", "ready", "completed", "cancelled"]),
  placedAt: instantSchema,
  /** `refunded` is all that was given back, by whomever. */
  payment: orderPaymentSchema,
  /** What of `payment.refunded` the shop has to give back, in all. The rest the customer has already, from a store. */
  refundedByShop: moneySchema,
  /** What came back of it after the customer had it. */
  returns: z.array(
    z.strictObject({
      /** Of the store's receipt; empty where there is none. */
      number: z.string(),
      at: instantSchema,
      /** The store's code; null where it came by mail. */
      store: z.string().nullable(),
      lines: z.array(z.strictObject({ sku: skuSchema, name: textSchema, quantity: z.number().int() })),
      /** All that was given back for it, and what of that the shop has to give back. */
      amount: moneySchema,
      byShop: moneySchema,
    }),
  ),
  /** To show to the customer; only in the answer that placed the order. */
  pickupCode: z.string().nullable(),
  /** What a QR of the code holds. */
  pickupQr: z.string().nullable(),
  fulfilments: z.array(
    z.strictObject({
      id: idSchema<"Fulfilment">(),
      kind: z.enum(["pickup", "ship"]),
      store: z.string(),
      storeName: textSchema,
      state: fulfilmentStateSchema,
      promisedAt: instantSchema,
      collectBy: instantSchema.nullable(),
      parcels: z.array(parcelSchema),
      lines: z.array(
        z.strictObject({
          sku: skuSchema,
          /** As it was sold. */
          name: textSchema,
          quantity: z.number().int(),
          handed: z.number().int(),
          missing: z.number().int(),
        }),
      ),
    }),
  ),
  /** What could not be settled at once, in words. */
  remarks: z.array(z.string()),
});
export type ShopOrder = z.infer<typeof shopOrderSchema>;

/** `POST /shop/v1/orders/{id}/cancel` */
export const cancelRequestSchema = z.strictObject({ reason: z.string().trim().min(1).max(500) });

/** `GET /shop/v1/availability?sku=A&sku=B[&store=BER1]` */
export const availabilityQuerySchema = z.strictObject({
  sku: z.union([skuSchema.transform((one) => [one]), z.array(skuSchema).min(1).max(100)]),
  store: storeCode.optional(),
});
export const availabilityAnswerSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      sku: skuSchema,
      stores: z.array(
        z.strictObject({
          store: z.string(),
          /** As orders name the store. */
          id: idSchema<"Store">(),
          name: textSchema,
          /** on hand - reserved - safety stock */
          available: z.number().int().nonnegative(),
          pickup: z.boolean(),
          /** By when an order that is placed now is promised to be ready there, as its hours have room; null: nothing is collected there. Absent from servers of before. */
          readyBy: instantSchema.nullable().exactOptional(),
          /** The last word from that store's tills; null when there never was one. */
          asOf: instantSchema.nullable(),
          /** Longer ago than the store's setting allows: the figure may be outdated. */
          silent: z.boolean(),
        }),
      ),
    }),
  ),
  unknown: z.array(z.string()),
});
export type AvailabilityAnswer = z.infer<typeof availabilityAnswerSchema>;
