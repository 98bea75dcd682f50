import { z } from "zod";
import type { HandedLine, PickedLine } from "#domain/orders/act.ts";
import type { TillOrder } from "#domain/orders/facts.ts";
import { MAX_LINES_PER_ORDER, MAX_PIECES_PER_ORDER_LINE } from "#domain/orders/order.ts";
import {
  deliveryWishSchema,
  orderContactSchema,
  orderLineSchema,
  parcelSchema,
  piecesSchema,
  signatureSchema,
} from "../documents/order.ts";
import { idSchema, moneySchema, skuSchema, textSchema } from "../scalars.ts";
import { ticketSchema } from "./ticket.ts";

export const MAX_SHELF_CHARS = 40;

const fulfilment = idSchema<"Fulfilment">();
const reason = z.string().trim().min(1).max(500);

const pickedLineSchema: z.ZodType<PickedLine> = z.strictObject({
  line: idSchema<"Line">(),
  quantity: piecesSchema,
  substitute: z.strictObject({ variant: idSchema<"Variant">(), sku: skuSchema, name: textSchema }).nullable(),
});
export const pickedLinesSchema = z.array(pickedLineSchema).max(MAX_LINES_PER_ORDER);
export const shelfSchema = z.string().max(MAX_SHELF_CHARS);
export const shortChoiceSchema = z.enum(["refundRest", "rerouteRest", "askHq"]);

export const handedLineSchema: z.ZodType<HandedLine> = z.strictObject({
  line: idSchema<"Line">(),
  variant: idSchema<"Variant">(),
  from: piecesSchema,
  quantity: z.number().int().min(1).max(MAX_PIECES_PER_ORDER_LINE),
});

export const handOverProofSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("code") }),
  z.strictObject({ kind: z.literal("idCheck"), reason, collector: textSchema }),
]);

export const leaseOverrideSchema = z.strictObject({ manager: idSchema<"Staff">(), reason });

/** What a hand-out is made of, in a fact and in a basket that collects. */
export const handOverShape = {
  lines: z.array(handedLineSchema).min(1).max(MAX_LINES_PER_ORDER),
  proof: handOverProofSchema,
  override: leaseOverrideSchema.nullable(),
  signature: signatureSchema.exactOptional(),
};

const tillOrderSchema: z.ZodType<TillOrder> = z.strictObject({
  id: idSchema<"Order">(),
  contact: orderContactSchema,
  delivery: deliveryWishSchema,
  lines: z.array(orderLineSchema).min(1).max(MAX_LINES_PER_ORDER),
  shipping: moneySchema,
  note: textSchema,
  confirmed: z.boolean(),
});

/** The order facts of a till's journal, one by one; `entry.ts` joins them with the others. */
export const ORDER_FACT_SCHEMAS = [
  z.strictObject({ type: z.literal("order.accepted"), fulfilment }),
  z.strictObject({ type: z.literal("order.declined"), fulfilment, reason }),
  z.strictObject({ type: z.literal("order.pickingStarted"), fulfilment }),
  z.strictObject({ type: z.literal("order.pickingStopped"), fulfilment }),
  z.strictObject({
    type: z.literal("order.picked"),
    fulfilment,
    lines: pickedLinesSchema,
    shelf: shelfSchema,
    rest: shortChoiceSchema.nullable(),
  }),
  z.strictObject({
    type: z.literal("order.handedOver"),
    fulfilment,
    ticket: ticketSchema.nullable(),
    ...handOverShape,
  }),
  z.strictObject({
    type: z.literal("order.shipped"),
    fulfilment,
    lines: z.array(handedLineSchema).min(1).max(MAX_LINES_PER_ORDER),
    parcels: z.array(parcelSchema).min(1).max(50),
  }),
  z.strictObject({ type: z.literal("order.restocked"), fulfilment }),
  z.strictObject({ type: z.literal("order.placed"), order: tillOrderSchema, ticket: ticketSchema }),
] as const;
