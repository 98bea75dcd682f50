import { z } from "zod";
import { MAX_DELIVERY_LINES, MAX_DELIVERY_PIECES } from "#domain/stock/delivery.ts";
import { DELIVERY_STATES } from "#domain/stock/delivery-state.ts";
import {
  deliveryKindSchema,
  deliveryReasonSchema,
  deliveryReferenceSchema,
  deliverySchema,
  deliveryStateSchema,
} from "../documents/delivery.ts";
import {
  businessDaySchema,
  idSchema,
  instantSchema,
  moneySchema,
  skuSchema,
  textSchema,
} from "../scalars.ts";

export const DELIVERY_FILTERS = ["open", "late", ...DELIVERY_STATES, "all"] as const;
export type DeliveryFilter = (typeof DELIVERY_FILTERS)[number];

const paging = {
  offset: z.coerce.number().int().nonnegative().max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
const storeCodeSchema = z.string().min(1).max(8);

/** `GET /hq/v1/deliveries?filter&kind&store&search&offset&limit`: the newest first; `store`: from it or to it. */
export const deliveriesQuerySchema = z.strictObject({
  filter: z.enum(DELIVERY_FILTERS).default("open"),
  kind: deliveryKindSchema.optional(),
  store: storeCodeSchema.optional(),
  search: z.string().max(120).default(""),
  ...paging,
});

const pieces = z.number().int().nonnegative();

export const deliveryRowSchema = z.strictObject({
  id: idSchema<"Delivery">(),
  reference: deliveryReferenceSchema,
  kind: deliveryKindSchema,
  state: deliveryStateSchema,
  supplier: textSchema,
  /** Codes of the stores; empty where a supplier sends. */
  from: z.string(),
  to: z.string(),
  expectedOn: businessDaySchema.nullable(),
  openedAt: instantSchema,
  isLate: z.boolean(),
  /** The store says that no more came, though more is under way. */
  isSaidAll: z.boolean(),
  articles: pieces,
  ordered: pieces,
  sent: pieces,
  good: pieces,
  damaged: pieces,
  writtenOff: pieces,
  /** Left a store and in no other yet. */
  inTransit: pieces,
});
export type DeliveryRow = z.infer<typeof deliveryRowSchema>;
export const deliveriesAnswerSchema = z.strictObject({
  deliveries: z.array(deliveryRowSchema),
  total: z.number().int(),
});

/** `GET /hq/v1/deliveries/{id}` */
export const hqDeliverySchema = z.strictObject({
  id: idSchema<"Delivery">(),
  row: deliveryRowSchema,
  delivery: deliverySchema,
  /** Another text after each change; goes back with what is changed. */
  version: z.string(),
  /** Names of the staff in its history, by their ids. */
  staff: z.record(z.string(), textSchema),
  /** What one piece of each variant costs today, without tax, where it is known. Only for those who may see what goods cost (`margins.read`). */
  costs: z.record(z.string(), moneySchema).exactOptional(),
});
export type HqDelivery = z.infer<typeof hqDeliverySchema>;

const wantedShape = {
  supplier: textSchema.default(""),
  /** Code of the store that sends it; left out or null: a supplier does. */
  from: storeCodeSchema.nullable().default(null),
  to: storeCodeSchema,
  expectedOn: businessDaySchema.nullable().default(null),
  blind: z.boolean().default(false),
  note: deliveryReasonSchema.default(""),
  lines: z
    .array(z.strictObject({ sku: skuSchema, pieces: z.number().int().min(1).max(MAX_DELIVERY_PIECES) }))
    .min(1)
    .max(MAX_DELIVERY_LINES),
};

/** `POST /hq/v1/deliveries`: asked twice under one reference, or with one id, it is one delivery. */
export const wantDeliverySchema = z.strictObject({
  ...wantedShape,
  /** Made by whoever asks; left out: the server makes one. */
  id: idSchema<"Delivery">().optional(),
  /** Left out: the server numbers it. */
  reference: deliveryReferenceSchema.trim().optional(),
  /** Stores are not told of it before it is confirmed. */
  draft: z.boolean().default(false),
  by: textSchema.default(""),
});
export type WantDelivery = z.input<typeof wantDeliverySchema>;

/**
 * `PUT /hq/v1/deliveries/{id}`: the whole of it as it should be. A draft may change in all but its kind; where the stores were told, its stores,
 * supplier and reference stay; what was sent, received or is over stays as it is. Refused with status 409, `details` saying why: `changedMeanwhile`
 * (since `version`), `sentAlready`, `toldAlready`, `otherUnderReference`.
 */
export const editDeliverySchema = z.strictObject({
  ...wantedShape,
  reference: deliveryReferenceSchema.trim(),
  /** As it was read. */
  version: z.string().min(1).max(100),
});
export type EditDelivery = z.input<typeof editDeliverySchema>;

/** `DELETE /hq/v1/deliveries/{id}?version`: a draft only; refused as a change is. */
export const removeDeliveryQuerySchema = z.strictObject({ version: z.string().min(1).max(100) });
export const deliveryRemovedSchema = z.strictObject({});

const reason = deliveryReasonSchema.trim().min(1);

/** `POST /hq/v1/deliveries/{id}/acts` */
export const deliveryActRequestSchema = z.strictObject({
  act: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("confirmed") }),
    z.strictObject({ kind: z.literal("closedShort"), reason }),
    z.strictObject({ kind: z.literal("cancelled"), reason }),
  ]),
  by: textSchema.default(""),
});
export type DeliveryActRequest = z.input<typeof deliveryActRequestSchema>;

/** `GET /hq/v1/reservations?store&sku&offset&limit`: what is promised to orders, the oldest order first. */
export const reservationsQuerySchema = z.strictObject({
  store: storeCodeSchema.optional(),
  sku: skuSchema.optional(),
  ...paging,
});

const figuresSchema = z.strictObject({
  store: z.string(),
  sku: skuSchema,
  name: textSchema,
  onHand: z.number().int(),
  reserved: pieces,
  safetyStock: pieces,
  /** On hand − reserved − safety stock, never below zero. */
  available: pieces,
  incoming: pieces,
  inTransit: pieces,
});

export const reservationsAnswerSchema = z.strictObject({
  reservations: z.array(
    z.strictObject({
      store: z.string(),
      sku: z.string(),
      name: textSchema,
      pieces,
      order: idSchema<"Order">(),
      number: z.string(),
      channel: z.string(),
      state: z.string(),
      placedAt: instantSchema,
    }),
  ),
  total: z.number().int(),
  /** Why so many are available: where one article was asked for, of each store that has or awaits some. */
  figures: z.array(figuresSchema),
});
export type ReservationsAnswer = z.infer<typeof reservationsAnswerSchema>;
