import { z } from "zod";
import { type RingPlans, UPDATE_RINGS, type UpdatePlan } from "#domain/updates/rings.ts";
import { isVersion } from "#domain/updates/version.ts";
import { instantSchema } from "./scalars.ts";

/** A version of the program: three numbers, `0.3.0`. */
export const versionSchema = z.string().max(20).refine(isVersion, "a version is three numbers, as 0.3.0");

/** What a store's settings say of the version that its tills are to run. */
export const updatePlanSchema: z.ZodType<UpdatePlan> = z.strictObject({
  version: versionSchema,
  notBefore: instantSchema,
});

export const updateRingSchema = z.enum(UPDATE_RINGS);

export const ringPlansSchema: z.ZodType<RingPlans> = z.strictObject({
  pilot: updatePlanSchema.nullable(),
  early: updatePlanSchema.nullable(),
  all: updatePlanSchema.nullable(),
});
