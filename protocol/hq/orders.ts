import { z } from "zod";
import { closingResolutionSchema, exceptionKindSchema, resolutionSchema } from "../documents/notice.ts";
import {
  addressSchema,
  deliveryWishSchema,
  fulfilmentSchema,
  orderContactSchema,
  orderLineSchema,
  orderPaymentSchema,
  piecesSchema,
} from "../documents/order.ts";
import { idSchema, instantSchema, moneySchema, textSchema } from "../scalars.ts";

const ORDER_STATUSES = ["placed", "inProgress", "ready", "completed", "cancelled"] as const;

/** `GET /hq/v1/orders?status&store&search&offset&limit`, newest first */
export const ordersQuerySchema = z.strictObject({
  status: z.enum(ORDER_STATUSES).optional(),
  store: z.string().max(8).optional(),
  search: z.string().max(120).default(""),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const orderRowSchema = z.strictObject({
  id: idSchema<"Order">(),
  number: z.string(),
  channel: z.string(),
  status: z.enum(ORDER_STATUSES),
  placedAt: instantSchema,
  customerName: textSchema,
  stores: z.array(z.string()),
  pieces: z.number().int(),
  payment: orderPaymentSchema,
});
export const ordersAnswerSchema = z.strictObject({
  orders: z.array(orderRowSchema),
  total: z.number().int(),
});
export type OrderRow = z.infer<typeof orderRowSchema>;

/** `GET /hq/v1/orders/{id}` */
export const orderDetailSchema = z.strictObject({
  id: idSchema<"Order">(),
  number: z.string(),
  channel: z.string(),
  externalId: z.string(),
  status: z.enum(ORDER_STATUSES),
  placedAt: instantSchema,
  cancelledAt: instantSchema.nullable(),
  contact: orderContactSchema,
  delivery: deliveryWishSchema,
  lines: z.array(orderLineSchema),
  shipping: moneySchema,
  payment: orderPaymentSchema,
  fulfilments: z.array(
    z.strictObject({ store: z.string(), storeName: textSchema, fulfilment: fulfilmentSchema }),
  ),
  credits: z.array(
    z.strictObject({
      to: z.enum(["channel", "placingStore", "fulfillingStore", "returningStore", "staff"]),
      name: textSchema,
      amount: moneySchema,
    }),
  ),
  /** What came back of it. */
  returns: z.array(
    z.strictObject({
      /** The receipt's number; empty where there is none. */
      number: z.string(),
      at: instantSchema,
      /** Empty where it came by mail. */
      storeName: textSchema,
      staff: textSchema,
      lines: z.array(
        z.strictObject({ line: idSchema<"Line">(), quantity: z.number().int(), total: moneySchema }),
      ),
      amount: moneySchema,
      /** What of it the shop gives back; the rest the customer has. */
      byShop: moneySchema,
    }),
  ),
  exceptions: z.array(z.string()),
  /** The most that HQ can still give back besides goods. */
  refundable: moneySchema,
  /** What HQ changed of it and gave back, in order. */
  changes: z.array(
    z.strictObject({
      at: instantSchema,
      by: textSchema,
      reason: textSchema,
      fields: z.array(z.enum(["contact", "address", "note", "pieces", "collectBy"])),
      /** Null: nothing was given back. */
      amount: moneySchema.nullable(),
    }),
  ),
  note: textSchema,
});
export type OrderDetail = z.infer<typeof orderDetailSchema>;

/** `POST /hq/v1/orders/{id}/cancel`, `POST /hq/v1/orders/{id}/reroute`: `store` null lets the routing choose. */
export const hqCancelRequestSchema = z.strictObject({ reason: z.string().trim().min(1).max(500) });
export const rerouteRequestSchema = z.strictObject({
  fulfilment: idSchema<"Fulfilment">().nullable(),
  store: z.string().max(8).nullable(),
  reason: z.string().trim().min(1).max(500),
});

const MAX_EDITED_LINES = 200;
const MAX_EDITED_PARTS = 50;

/** `PUT /hq/v1/orders/{id}`: what is left out stays as it is. `pieces`: how many are wanted in all. */
export const editOrderRequestSchema = z.strictObject({
  contact: z
    .strictObject({
      name: z.string().trim().min(1).max(120),
      email: z.email().max(254).nullable(),
      phone: z.string().trim().max(40).nullable(),
    })
    .optional(),
  address: addressSchema.optional(),
  note: z.string().trim().max(500).optional(),
  pieces: z
    .array(z.strictObject({ line: idSchema<"Line">(), quantity: piecesSchema }))
    .max(MAX_EDITED_LINES)
    .default([]),
  collectBy: z
    .array(z.strictObject({ fulfilment: idSchema<"Fulfilment">(), at: instantSchema }))
    .max(MAX_EDITED_PARTS)
    .default([]),
  reason: z.string().trim().min(1).max(500),
});
export type EditOrderRequest = z.input<typeof editOrderRequestSchema>;

/** `POST /hq/v1/orders/{id}/refund`: its shop gives it back to how it was paid there. */
export const refundOrderRequestSchema = z.strictObject({
  /** Made by whoever asks: asked twice with one id, it is given once. */
  id: z.string().min(8).max(64).optional(),
  amount: moneySchema,
  reason: z.string().trim().min(1).max(500),
});

/** `POST /hq/v1/exceptions/{id}/resolve` */
export const resolveRequestSchema = z.strictObject({
  resolution: resolutionSchema,
  note: z.string().trim().max(500).default(""),
  /** Who decided it, where a program asks; somebody who signed in is known. */
  by: z.string().trim().max(120).default(""),
  /** Where the resolution is to another store. */
  store: z.string().max(8).nullable().default(null),
});

/** `GET /hq/v1/exceptions?open`: newest first */
export const exceptionRowSchema = z.strictObject({
  id: z.string(),
  kind: exceptionKindSchema,
  store: z.string(),
  raisedAt: instantSchema,
  detail: z.record(z.string(), z.string()),
  order: idSchema<"Order">().nullable(),
  lands: z.enum(["store", "hq"]),
  /** The store was asked to count its shelf and has not done so yet; its figure closes the exception. */
  isCounting: z.boolean(),
  /** What makes sense here, the usual one first; empty once it is closed. */
  resolutions: z.array(resolutionSchema),
  resolved: z.boolean(),
  /** Until when people should have dealt with it. */
  dueAt: instantSchema,
  /** Who has taken it on; null: nobody. */
  assignee: z.strictObject({ id: z.string(), name: textSchema }).nullable(),
  closing: z
    .strictObject({
      /** `causeGone`: the server closed it, nobody had to. */
      resolution: closingResolutionSchema,
      by: textSchema,
      note: textSchema,
      at: instantSchema,
    })
    .nullable(),
});
/** `GET /hq/v1/exceptions?state&store&kind&assignee&oldestFirst&offset&limit`: the newest first. `assignee`: `me`, `nobody`, or an id. */
export const exceptionsQuerySchema = z.strictObject({
  state: z.enum(["open", "closed", "all"]).default("all"),
  store: z.string().max(8).optional(),
  kind: exceptionKindSchema.optional(),
  assignee: z.string().max(64).optional(),
  oldestFirst: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true"),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(500).default(500),
});
export const exceptionsAnswerSchema = z.strictObject({
  exceptions: z.array(exceptionRowSchema),
  total: z.number().int(),
  /** Open ones by kind, those with most overdue first. */
  kinds: z.array(
    z.strictObject({ kind: exceptionKindSchema, open: z.number().int(), overdue: z.number().int() }),
  ),
});

export type ExceptionsAnswer = z.infer<typeof exceptionsAnswerSchema>;

/** `POST /hq/v1/exceptions/{id}/assign`: to whoever asks, to nobody, or to somebody by the id that they sign in with. */
export const assignRequestSchema = z.strictObject({ to: z.string().min(1).max(64).nullable() });

/** `GET /hq/v1/exceptions/{id}/assignees`: whom it can be given to, by name; no more of them than can be chosen from. */
export const assigneesAnswerSchema = z.strictObject({
  users: z.array(z.strictObject({ id: z.string(), name: textSchema })).max(500),
});
export type AssigneesAnswer = z.infer<typeof assigneesAnswerSchema>;

/** `GET /hq/v1/exceptions/figures`: half of those that were closed took no longer than `medianMs`; null where none was. */
export const exceptionFiguresSchema = z.strictObject({
  open: z.number().int().nonnegative(),
  closed: z.number().int().nonnegative(),
  medianMs: z.number().nonnegative().nullable(),
});
export type ExceptionRow = z.infer<typeof exceptionRowSchema>;
