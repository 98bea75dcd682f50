import { z } from "zod";
import {
  DELIVERY_KINDS,
  type Delivery,
  type DeliveryAct,
  type DeliveryActor,
  type DeliveryLine,
  type DeliveryOpening,
  type DeliveryTrace,
  MAX_DELIVERY_LINES,
  MAX_DELIVERY_PIECES,
  MAX_REASON_CHARS,
} from "#domain/stock/delivery.ts";
import { DELIVERY_STATES } from "#domain/stock/delivery-state.ts";
import { businessDaySchema, idSchema, instantSchema, skuSchema, textSchema } from "../scalars.ts";

/** Twice what is refused beforehand: tills that know nothing of each other add to the same delivery. */
const MAX_HISTORY = 1_000;
/** Articles that nobody ordered are noted beside those that were. */
const MAX_NOTED_LINES = 2 * MAX_DELIVERY_LINES;

export const deliveryKindSchema = z.enum(DELIVERY_KINDS);
export const deliveryStateSchema = z.enum(DELIVERY_STATES);
export const deliveryReferenceSchema = z.string().min(1).max(60);
export const deliveryReasonSchema = z.string().max(MAX_REASON_CHARS);
/** Of one article at once. */
export const deliveryPiecesSchema = z.number().int().min(0).max(MAX_DELIVERY_PIECES);
/** Summed over all that was told, which may be more than anybody meant. */
const sum = z.number().int().nonnegative();

const articleShape = { variant: idSchema<"Variant">(), sku: skuSchema, name: textSchema };

const orderedLineSchema = z.strictObject({ ...articleShape, ordered: deliveryPiecesSchema });
export const sentLineSchema = z.strictObject({ ...articleShape, pieces: deliveryPiecesSchema });
export const receivedLineSchema = z.strictObject({
  ...articleShape,
  good: deliveryPiecesSchema,
  damaged: deliveryPiecesSchema,
});

const headShape = {
  id: idSchema<"Delivery">(),
  reference: deliveryReferenceSchema,
  kind: deliveryKindSchema,
  supplier: textSchema,
  from: idSchema<"Store">().nullable(),
  to: idSchema<"Store">(),
  fromName: textSchema,
  toName: textSchema,
  expectedOn: businessDaySchema.nullable(),
  blind: z.boolean(),
  note: deliveryReasonSchema,
};

export const deliveryOpeningSchema: z.ZodType<DeliveryOpening> = z.strictObject({
  ...headShape,
  lines: z.array(orderedLineSchema).max(MAX_DELIVERY_LINES),
});

const actorSchema: z.ZodType<DeliveryActor> = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("staff"),
    staff: idSchema<"Staff">().nullable(),
    device: idSchema<"Device">(),
  }),
  z.strictObject({ kind: z.literal("hq"), who: textSchema }),
]);

const actSchema: z.ZodType<DeliveryAct> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("confirmed") }),
  z.strictObject({
    kind: z.literal("sent"),
    store: idSchema<"Store">(),
    lines: z.array(sentLineSchema).max(MAX_DELIVERY_LINES),
  }),
  z.strictObject({
    kind: z.literal("received"),
    store: idSchema<"Store">(),
    lines: z.array(receivedLineSchema).max(MAX_DELIVERY_LINES),
    isAll: z.boolean(),
    note: deliveryReasonSchema,
  }),
  z.strictObject({ kind: z.literal("closedShort"), reason: deliveryReasonSchema }),
  z.strictObject({ kind: z.literal("cancelled"), reason: deliveryReasonSchema }),
]);

const traceSchema: z.ZodType<DeliveryTrace> = z.strictObject({
  id: z.string().min(1).max(64),
  at: instantSchema,
  by: actorSchema,
  act: actSchema,
  fits: z.boolean(),
  state: deliveryStateSchema,
});

export const deliveryLineSchema: z.ZodType<DeliveryLine> = z.strictObject({
  ...articleShape,
  ordered: sum,
  sent: sum,
  good: sum,
  damaged: sum,
  writtenOff: sum,
});

/** Replica collection `deliveries`: what is under way to the store or is to be sent from it, and what was over lately. */
export const deliverySchema: z.ZodType<Delivery> = z.strictObject({
  ...headShape,
  openedAt: instantSchema,
  openedBy: actorSchema,
  state: deliveryStateSchema,
  closedAt: instantSchema.nullable(),
  isSaidAll: z.boolean(),
  opened: z.array(orderedLineSchema).max(MAX_DELIVERY_LINES),
  lines: z.array(deliveryLineSchema).max(MAX_NOTED_LINES),
  history: z.array(traceSchema).max(MAX_HISTORY),
});
