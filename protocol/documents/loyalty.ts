import { z } from "zod";
import { POINTS_MOVES } from "#domain/loyalty/ledger.ts";
import { type LoyaltyProgramme, MAX_POINTS, MAX_TIERS } from "#domain/loyalty/programme.ts";
import { idSchema, instantSchema, moneySchema, textSchema } from "../scalars.ts";

const MAX_FACTOR_PPM = 100_000_000;
const MAX_MONTHS = 120;
const factor = z.number().int().min(0).max(MAX_FACTOR_PPM);
const points = z.number().int().min(1).max(MAX_POINTS);
const aboveZero = moneySchema.refine(({ minor }) => minor > 0, "above zero");

/** The programme, as HQ decides it and as it travels in the settings of each store; see domain/loyalty/programme.ts. */
export const loyaltyProgrammeSchema: z.ZodType<LoyaltyProgramme> = z.strictObject({
  name: textSchema,
  earn: z.strictObject({
    points,
    per: aboveZero,
    categories: z.array(z.strictObject({ category: z.string().min(1).max(200), ppm: factor })).max(200),
  }),
  tiers: z
    .array(
      z.strictObject({
        name: textSchema,
        from: points,
        ppm: factor,
        group: idSchema<"CustomerGroup">().exactOptional(),
      }),
    )
    .max(MAX_TIERS),
  burn: z
    .strictObject({
      points,
      worth: aboveZero,
      least: z.number().int().min(0).max(MAX_POINTS),
      most: points.nullable(),
    })
    .nullable(),
  expiresAfterMonths: z.number().int().min(1).max(MAX_MONTHS).nullable(),
});

/** Moves of a customer's points that are told at once: the newest. */
export const MAX_POINTS_ROWS = 200;

/** One move of a customer's points, as till, console and web shops show it. */
export const pointsRowSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(POINTS_MOVES),
  /** Above zero to the customer, below zero from them. */
  points: z.number().int(),
  at: instantSchema,
  /** Receipt or order, where there is one. */
  number: z.string().nullable(),
  storeName: textSchema.nullable(),
  note: z.string().nullable(),
});
export type PointsRow = z.infer<typeof pointsRowSchema>;

/** How a customer stands in the programme, see domain/loyalty/standing.ts. */
export const loyaltyStandingSchema = z.strictObject({
  /** Below zero where more came back than was left, or tills without a connection took the same points. */
  balance: z.number().int(),
  earnedInYear: z.number().int(),
  tier: textSchema.nullable(),
  next: z.strictObject({ tier: textSchema, missing: z.number().int().positive() }).nullable(),
  expiry: z.strictObject({ points: z.number().int().positive(), at: instantSchema }).nullable(),
  /** What whole steps of the balance would pay. */
  worth: moneySchema,
});
export type LoyaltyStandingView = z.infer<typeof loyaltyStandingSchema>;
