import { z } from "zod";
import { MAX_DELIVERY_LINES, MAX_DELIVERY_PIECES } from "#domain/stock/delivery.ts";
import {
  deliveryKindSchema,
  deliveryPiecesSchema,
  deliveryReasonSchema,
  deliveryStateSchema,
} from "../documents/delivery.ts";
import { businessDaySchema, idSchema, instantSchema, skuSchema, textSchema } from "../scalars.ts";

/** Deliveries shown at once: those that are open, then what was over lately. */
export const MAX_DELIVERIES_SHOWN = 200;

const pieces = z.number().int().nonnegative();

/** A delivery as a list shows it, the till's own unsent acts included. */
export const deliveryItemSchema = z.strictObject({
  id: idSchema<"Delivery">(),
  reference: z.string(),
  kind: deliveryKindSchema,
  /** Whether this store waits for it or sends it. */
  way: z.enum(["in", "out"]),
  state: deliveryStateSchema,
  /** The supplier or the other store. */
  partner: textSchema,
  expectedOn: businessDaySchema.nullable(),
  openedAt: instantSchema,
  articles: pieces,
  /** Pieces that are to be received or sent yet; null: whoever receives it is to count, and not told. */
  toDo: pieces.nullable(),
  isOver: z.boolean(),
  /** Whether something is to be done about it here. */
  isDue: z.boolean(),
  unsent: z.boolean(),
});
export type DeliveryItem = z.infer<typeof deliveryItemSchema>;

/** View `deliveries`: what is to be done here first. */
export const deliveriesViewSchema = z.strictObject({
  deliveries: z.array(deliveryItemSchema).max(MAX_DELIVERIES_SHOWN),
});
export type DeliveriesView = z.infer<typeof deliveriesViewSchema>;

/** All that whoever receives or sends it has to know. */
export const deliveryCardSchema = z.strictObject({
  ...deliveryItemSchema.shape,
  note: textSchema,
  blind: z.boolean(),
  lines: z.array(
    z.strictObject({
      variant: idSchema<"Variant">(),
      sku: skuSchema,
      name: textSchema,
      /** Pieces that are to be received or sent yet; null: not told. */
      toDo: pieces.nullable(),
      sent: pieces,
      good: pieces,
      damaged: pieces,
    }),
  ),
});
export type DeliveryCard = z.infer<typeof deliveryCardSchema>;

/** Why nothing was received or sent. */
export const DELIVERY_REFUSALS = [
  "notSignedIn",
  "notPermitted",
  "noSuchDelivery",
  "deliveryGoneOn",
  "nothingEntered",
  "articleUnknown",
  "storeUnknown",
  "noPrinter",
  "storage",
] as const;

const sentLines = z
  .array(
    z.strictObject({
      variant: idSchema<"Variant">(),
      pieces: z.number().int().min(1).max(MAX_DELIVERY_PIECES),
    }),
  )
  .max(MAX_DELIVERY_LINES);

export const deliveryArgs = z.strictObject({ delivery: idSchema<"Delivery">() });
export const receiveDeliveryArgs = z.strictObject({
  delivery: idSchema<"Delivery">(),
  lines: z
    .array(
      z.strictObject({
        variant: idSchema<"Variant">(),
        good: deliveryPiecesSchema,
        damaged: deliveryPiecesSchema,
      }),
    )
    .max(MAX_DELIVERY_LINES),
  /** No more came than this. */
  isAll: z.boolean(),
  note: deliveryReasonSchema.default(""),
});
export const sendDeliveryArgs = z.strictObject({ delivery: idSchema<"Delivery">(), lines: sentLines });
export const startTransferArgs = z.strictObject({
  to: idSchema<"Store">(),
  lines: sentLines,
  note: deliveryReasonSchema.default(""),
});

/** Stores that goods can be sent to; `hasServer`: it was asked, so that they are all there are. */
export const transferStoresSchema = z.strictObject({
  stores: z.array(z.strictObject({ store: idSchema<"Store">(), name: textSchema })),
  hasServer: z.boolean(),
});
export type TransferStores = z.infer<typeof transferStoresSchema>;
