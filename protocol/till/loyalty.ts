import { z } from "zod";
import { MAX_POINTS } from "#domain/loyalty/programme.ts";
import { loyaltyStandingSchema, pointsRowSchema } from "../documents/loyalty.ts";
import { moneySchema, textSchema } from "../scalars.ts";

/** Why no points can be looked at or taken. */
export const POINTS_REFUSALS = [
  "pointsNoCustomer",
  "pointsPayNothing",
  "pointsOtherCurrency",
  "pointsHeldByAnother",
  "pointsTooFew",
  "pointsAboveOfflineLimit",
  "pointsNotInSteps",
  "pointsTooMany",
] as const;

/** `points` null: as many as can pay for this basket. */
export const takePointsArgs = z.strictObject({
  points: z.number().int().min(1).max(MAX_POINTS).nullable(),
});

/** What the points of the basket's customer can pay of it. */
export const pointsViewSchema = z.strictObject({
  /** Tenders taken already taken off. */
  balance: z.number().int(),
  /** Points go in steps of so many, each worth so much; at least and at most so many now. */
  step: z.number().int(),
  worth: moneySchema,
  least: z.number().int(),
  most: z.number().int(),
  amount: moneySchema,
  boundBy: z.enum(["balance", "offline", "remaining", "programme"]),
  /** Whether the server was asked: else the balance is as this till last heard. */
  askedServer: z.boolean(),
});
export type PointsView = z.infer<typeof pointsViewSchema>;

/** What the customer of a basket has and what it brings them. */
export const basketLoyaltySchema = z.strictObject({
  programme: textSchema,
  balance: z.number().int(),
  tier: textSchema.nullable(),
  /** What this sale would earn as it stands. */
  earns: z.number().int(),
  /** Whether points pay at all. */
  mayPay: z.boolean(),
});

/** A customer's points as their profile shows them. */
export const customerPointsSchema = z.strictObject({
  programme: textSchema,
  standing: loyaltyStandingSchema,
  /** The newest first; null: the server was not asked, or did not answer. */
  entries: z.array(pointsRowSchema).nullable(),
});
export type CustomerPoints = z.infer<typeof customerPointsSchema>;
