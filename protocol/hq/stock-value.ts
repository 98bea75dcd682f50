import { z } from "zod";
import { moneySchema } from "../scalars.ts";

/**
 * What is valued: what is on hand (levels below zero count as none), what left a store and is in no other yet, and what adjustments and counts
 * put right in the days that are asked for.
 */
export const VALUED_PARTS = ["onHand", "inTransit", "adjusted", "counted"] as const;
export type ValuedPart = (typeof VALUED_PARTS)[number];

/** What a row's pieces are worth. Only for those who may see what goods cost (`margins.read`): to others both are absent. */
export const worthShape = {
  /** What one piece costs today, without tax; null: not known. */
  cost: moneySchema.nullable().exactOptional(),
  /** Its pieces at that cost. */
  value: moneySchema.nullable().exactOptional(),
};

/** Query of `GET /hq/v1/stock-value`. */
export const stockValueQuerySchema = z.object({
  store: z.string().min(1).max(16).optional(),
  days: z.coerce.number().int().min(1).max(365).default(28),
});

export const stockValueAnswerSchema = z.strictObject({
  /** A row for each part and currency, and one with no amount for pieces of which nobody knows the cost. */
  rows: z
    .array(
      z.strictObject({
        part: z.enum(VALUED_PARTS),
        pieces: z.number().int(),
        /** At today's cost, without tax; null: not known. */
        amount: moneySchema.nullable(),
      }),
    )
    .max(400),
});
export type StockValueAnswer = z.infer<typeof stockValueAnswerSchema>;
