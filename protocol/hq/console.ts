import { z } from "zod";
import {
  idSchema,
  instantSchema,
  moneySchema,
  receiptNumberSchema,
  skuSchema,
  textSchema,
} from "../scalars.ts";
import { ticketSchema } from "../sync/ticket.ts";
import { versionSchema } from "../updates.ts";

/** `POST /hq/v1/pairing-codes` */
export const pairRequestSchema = z.strictObject({ store: z.string().regex(/^[A-Z0-9]{2,8}$/) });
export const pairAnswerSchema = z.strictObject({
  code: z.string(),
  store: z.string(),
  storeName: textSchema,
  expiresAt: instantSchema,
});
export type PairAnswer = z.infer<typeof pairAnswerSchema>;

/** `GET /hq/v1/stores` */
export const storeRowSchema = z.strictObject({
  id: idSchema<"Store">(),
  code: z.string(),
  name: textSchema,
  devices: z.number().int(),
  ticketsToday: z.number().int(),
  salesToday: moneySchema,
});
export const storesAnswerSchema = z.strictObject({ stores: z.array(storeRowSchema) });
export type StoreRow = z.infer<typeof storeRowSchema>;

/** `GET /hq/v1/devices` */
export const deviceRowSchema = z.strictObject({
  id: idSchema<"Device">(),
  name: textSchema,
  store: z.string(),
  register: z.number().int(),
  epoch: z.number().int(),
  acknowledged: z.number().int(),
  lastSeenAt: instantSchema.nullable(),
  clockOffsetMs: z.number().int(),
  /** Of its program; null: it has not said. */
  version: versionSchema.nullable(),
  revoked: z.boolean(),
});
export const devicesAnswerSchema = z.strictObject({ devices: z.array(deviceRowSchema) });
export type DeviceRow = z.infer<typeof deviceRowSchema>;

/** `POST /hq/v1/devices/:device/revoke` */
export const revokeAnswerSchema = z.strictObject({});

/**
 * `GET /hq/v1/tickets?store&before&limit`, newest first; `before` is a ticket's cursor. With `search`, the beginning of a receipt number that says its
 * store (`BER1-01-0001`): those whose numbers begin so, the highest first.
 */
export const ticketsQuerySchema = z.strictObject({
  store: z.string().max(8).optional(),
  before: z.coerce.number().int().positive().optional(),
  search: z.string().max(40).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
export const ticketRowSchema = z.strictObject({
  cursor: z.number().int(),
  id: idSchema<"Ticket">(),
  number: receiptNumberSchema,
  store: z.string(),
  register: z.number().int(),
  completedAt: instantSchema,
  receivedAt: instantSchema,
  total: moneySchema,
  pieces: z.number().int(),
  ticket: ticketSchema,
});
export const ticketsAnswerSchema = z.strictObject({
  tickets: z.array(ticketRowSchema),
  /** Of those of these stores; of those that were searched for, how many were found. */
  total: z.number().int(),
});
export type TicketRow = z.infer<typeof ticketRowSchema>;

/** `GET /hq/v1/products?search&offset&limit` with price and stock by store of each variant. */
export const productsQuerySchema = z.strictObject({
  search: z.string().max(200).default(""),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const productRowSchema = z.strictObject({
  product: idSchema<"Product">(),
  handle: z.string(),
  title: textSchema,
  brand: textSchema,
  category: textSchema,
  variants: z.array(
    z.strictObject({
      variant: idSchema<"Variant">(),
      sku: skuSchema,
      gtin: z.string().nullable(),
      options: z.array(textSchema),
      prices: z.array(z.strictObject({ list: idSchema<"PriceList">(), amount: moneySchema })),
      stock: z.array(z.strictObject({ store: z.string(), onHand: z.number().int() })),
    }),
  ),
});
export const productsAnswerSchema = z.strictObject({
  products: z.array(productRowSchema),
  total: z.number().int(),
});
export type ProductRow = z.infer<typeof productRowSchema>;

/** `PUT /hq/v1/prices`: sets the price of a variant on a list, at once and on every till within seconds. */
export const setPriceRequestSchema = z.strictObject({
  sku: skuSchema,
  list: idSchema<"PriceList">(),
  amount: moneySchema,
});
export const setPriceAnswerSchema = z.strictObject({
  sku: skuSchema,
  list: idSchema<"PriceList">(),
  from: moneySchema.nullable(),
  to: moneySchema,
  /** Where in the list's feed it stands: a till that has read so far has it. */
  seq: z.number().int().nonnegative(),
});
