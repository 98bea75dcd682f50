import { z } from "zod";
import {
  type DeliveryWish,
  type Fulfilment,
  MAX_LINES_PER_ORDER,
  MAX_PIECES_PER_ORDER_LINE,
  MAX_TRACES_PER_FULFILMENT,
  type OrderContact,
  type OrderLine,
  type OrderPayment,
  type PostalAddress,
  type StoreOrder,
  type Trace,
} from "#domain/orders/order.ts";
import {
  MAX_SIGNATURE_CHARS,
  MAX_SIGNER_CHARS,
  SIGNATURE_PATH,
  type Signature,
} from "#domain/orders/signature.ts";
import { FULFILMENT_STATES } from "#domain/orders/transitions.ts";
import { hashSchema, idSchema, instantSchema, moneySchema, skuSchema, textSchema } from "../scalars.ts";

export const orderContactSchema: z.ZodType<OrderContact> = z.strictObject({
  customer: idSchema<"Customer">().nullable(),
  name: textSchema,
  email: z.string().max(254).nullable(),
  phone: z.string().max(40).nullable(),
});

export const addressSchema: z.ZodType<PostalAddress> = z.strictObject({
  name: textSchema,
  lines: z.array(textSchema).min(1).max(4),
  postcode: z.string().max(20),
  city: z.string().max(120),
  country: z.string().regex(/^[A-Z]{2}$/),
});

export const deliveryWishSchema: z.ZodType<DeliveryWish> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("pickup"), store: idSchema<"Store">() }),
  z.strictObject({ kind: z.literal("ship"), address: addressSchema.nullable() }),
]);

export const piecesSchema = z.number().int().min(0).max(MAX_PIECES_PER_ORDER_LINE);

export const orderLineSchema: z.ZodType<OrderLine> = z.strictObject({
  id: idSchema<"Line">(),
  variant: idSchema<"Variant">().nullable(),
  sku: skuSchema,
  name: textSchema,
  options: z.array(textSchema).max(3),
  taxClass: idSchema<"TaxClass">(),
  quantity: z.number().int().min(1).max(MAX_PIECES_PER_ORDER_LINE),
  unitPrice: moneySchema,
  total: moneySchema,
});

export const orderPaymentSchema: z.ZodType<OrderPayment> = z.strictObject({
  state: z.enum(["toPayAtPickup", "authorised", "paid", "refunded"]),
  total: moneySchema,
  paid: moneySchema,
  refunded: moneySchema,
});

const actorSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("shop"), channel: idSchema<"Channel">() }),
  z.strictObject({
    kind: z.literal("staff"),
    staff: idSchema<"Staff">().nullable(),
    device: idSchema<"Device">(),
  }),
  z.strictObject({ kind: z.literal("hq"), who: textSchema }),
  z.strictObject({ kind: z.literal("server") }),
]);

export const fulfilmentStateSchema = z.enum(FULFILMENT_STATES);

export const signatureSchema: z.ZodType<Signature> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("drawn"),
    path: z.string().max(MAX_SIGNATURE_CHARS).regex(SIGNATURE_PATH),
  }),
  z.strictObject({ kind: z.literal("typed"), name: z.string().trim().min(1).max(MAX_SIGNER_CHARS) }),
]);

const traceSchema: z.ZodType<Trace> = z.strictObject({
  at: instantSchema,
  act: z.enum([
    "allocated",
    "accepted",
    "declined",
    "pickingStarted",
    "pickingStopped",
    "picked",
    "handedOver",
    "shipped",
    "cancelled",
    "expired",
    "restocked",
  ]),
  by: actorSchema,
  from: fulfilmentStateSchema,
  to: fulfilmentStateSchema,
  reason: textSchema.nullable(),
  fits: z.boolean(),
  signature: signatureSchema.exactOptional(),
});

export const parcelSchema = z.strictObject({
  carrier: z.string().min(1).max(60),
  tracking: z.string().max(80),
});

export const fulfilmentSchema: z.ZodType<Fulfilment> = z.strictObject({
  id: idSchema<"Fulfilment">(),
  kind: z.enum(["pickup", "ship"]),
  store: idSchema<"Store">(),
  state: fulfilmentStateSchema,
  lines: z
    .array(
      z.strictObject({
        line: idSchema<"Line">(),
        variant: idSchema<"Variant">(),
        quantity: piecesSchema,
        picked: piecesSchema,
        handed: piecesSchema,
        missing: piecesSchema,
        insteadOf: idSchema<"Variant">().nullable(),
      }),
    )
    .min(1)
    .max(MAX_LINES_PER_ORDER),
  promisedAt: instantSchema,
  collectBy: instantSchema.nullable(),
  shelf: z.string().max(40).nullable(),
  claimedBy: z
    .strictObject({ staff: idSchema<"Staff">().nullable(), device: idSchema<"Device">() })
    .nullable(),
  pickup: z.strictObject({ salt: z.string().min(8).max(64), hash: hashSchema }).nullable(),
  parcels: z.array(parcelSchema).max(50),
  restocked: z.boolean(),
  trace: z.array(traceSchema).max(MAX_TRACES_PER_FULFILMENT),
});

/** Replica collection `orders`: a store's part of an order, under the fulfilment's id. */
export const storeOrderSchema: z.ZodType<StoreOrder> = z.strictObject({
  id: idSchema<"Fulfilment">(),
  order: idSchema<"Order">(),
  number: z.string().min(1).max(60),
  channel: idSchema<"Channel">(),
  placedAt: instantSchema,
  contact: orderContactSchema,
  address: addressSchema.nullable(),
  payment: orderPaymentSchema,
  shipping: moneySchema,
  lines: z.array(orderLineSchema).min(1).max(MAX_LINES_PER_ORDER),
  fulfilment: fulfilmentSchema,
  lease: z
    .strictObject({
      holder: idSchema<"Device">(),
      register: z.number().int().positive(),
      expiresAt: instantSchema,
      wantedBy: idSchema<"Device">().nullable(),
    })
    .nullable(),
  note: textSchema,
});
