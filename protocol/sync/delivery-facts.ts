import { z } from "zod";
import { MAX_DELIVERY_LINES } from "#domain/stock/delivery.ts";
import {
  deliveryOpeningSchema,
  deliveryReasonSchema,
  receivedLineSchema,
  sentLineSchema,
} from "../documents/delivery.ts";
import { idSchema } from "../scalars.ts";

const actShape = { id: z.string().min(1).max(64), delivery: idSchema<"Delivery">() };

/** The facts about deliveries of a till's journal, one by one; `entry.ts` joins them with the others. */
export const DELIVERY_FACT_SCHEMAS = [
  z.strictObject({
    type: z.literal("delivery.sent"),
    ...actShape,
    opening: deliveryOpeningSchema.nullable(),
    lines: z.array(sentLineSchema).min(1).max(MAX_DELIVERY_LINES),
  }),
  z.strictObject({
    type: z.literal("delivery.received"),
    ...actShape,
    lines: z.array(receivedLineSchema).max(MAX_DELIVERY_LINES),
    isAll: z.boolean(),
    note: deliveryReasonSchema,
  }),
] as const;
