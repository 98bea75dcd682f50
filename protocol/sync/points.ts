import { z } from "zod";
import { pointsDocumentSchema } from "../documents/balance.ts";
import { MAX_POINTS_ROWS, pointsRowSchema } from "../documents/loyalty.ts";
import { idSchema } from "../scalars.ts";

/** `POST /sync/v1/points`: how a customer's points stand this very moment. */
export const pointsRequestSchema = z.strictObject({ customer: idSchema<"Customer">() });

export const pointsAnswerSchema = z.strictObject({
  /** Null: they never had any, or there is no programme. */
  balance: pointsDocumentSchema.nullable(),
  /** The till that has them on its counter right now, itself included; null: none. */
  holder: idSchema<"Device">().nullable(),
  /** The newest first. */
  entries: z.array(pointsRowSchema).max(MAX_POINTS_ROWS),
});
export type PointsAnswer = z.infer<typeof pointsAnswerSchema>;
