import { z } from "zod";
import { instantSchema, textSchema } from "../scalars.ts";
import { ringPlansSchema, updatePlanSchema, updateRingSchema, versionSchema } from "../updates.ts";

/** `PUT /hq/v1/updates/rings`: what each ring is to run. */
export const putRingsSchema = ringPlansSchema;

/** `PUT /hq/v1/stores/{code}/update-ring`: in which ring a store is. */
export const putStoreRingSchema = z.strictObject({ ring: updateRingSchema });

/** A store with what its tills are to run and what they said they run. */
export const storeUpdatesSchema = z.strictObject({
  code: z.string(),
  name: textSchema,
  ring: updateRingSchema,
  wanted: updatePlanSchema.nullable(),
  /** Of its tills that are not revoked. `version` null: the till has not said. */
  tills: z.array(
    z.strictObject({
      register: z.number().int(),
      version: versionSchema.nullable(),
      lastSeenAt: instantSchema.nullable(),
    }),
  ),
});
export type StoreUpdates = z.infer<typeof storeUpdatesSchema>;

/** `GET /hq/v1/updates`, and what both calls above answer. */
export const updatesAnswerSchema = z.strictObject({
  plans: ringPlansSchema,
  stores: z.array(storeUpdatesSchema),
});
export type UpdatesAnswer = z.infer<typeof updatesAnswerSchema>;
