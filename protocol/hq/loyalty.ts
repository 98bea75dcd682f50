import { z } from "zod";
import { MAX_POINTS } from "#domain/loyalty/programme.ts";
import { loyaltyProgrammeSchema, loyaltyStandingSchema, pointsRowSchema } from "../documents/loyalty.ts";
import { currencySchema, idSchema, textSchema } from "../scalars.ts";

/** What `PUT /hq/v1/loyalty` asks for: for all stores and channels from now on. */
export const putLoyaltyRequestSchema = z.strictObject({ programme: loyaltyProgrammeSchema.nullable() });

/** `GET /hq/v1/loyalty`, and the answer to `PUT`: null where nobody collects points. */
export const loyaltyAnswerSchema = z.strictObject({
  programme: loyaltyProgrammeSchema.nullable(),
  /** What stores keep their amounts in; the first is the programme's where there is none yet. */
  currency: currencySchema,
  /** That a tier may put its customers into. */
  groups: z.array(z.strictObject({ id: idSchema<"CustomerGroup">(), name: textSchema })),
});
export type LoyaltyAnswer = z.infer<typeof loyaltyAnswerSchema>;

/** `GET /hq/v1/customers/{id}/points`, and the answer to an adjustment; `programme` null: there is none. */
export const customerPointsAnswerSchema = z.strictObject({
  programme: textSchema.nullable(),
  customer: idSchema<"Customer">(),
  standing: loyaltyStandingSchema.nullable(),
  /** The newest first. */
  entries: z.array(pointsRowSchema),
});
export type CustomerPointsAnswer = z.infer<typeof customerPointsAnswerSchema>;

/** `POST /hq/v1/customers/{id}/points`: gives points, or takes them (below zero). `id`, made by whoever asks, makes it count once. */
export const adjustPointsRequestSchema = z.strictObject({
  id: z.string().min(8).max(64),
  points: z
    .number()
    .int()
    .min(-MAX_POINTS)
    .max(MAX_POINTS)
    .refine((points) => points !== 0, "some points"),
  reason: z.string().trim().min(1).max(200),
  by: z.string().trim().min(1).max(120),
});
