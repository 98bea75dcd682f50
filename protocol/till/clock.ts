import { z } from "zod";
import { idSchema, instantSchema, scannedSchema } from "../scalars.ts";

/** Who says by PIN or badge who they are. */
export const proofSchema = z.union([
  z.strictObject({ staff: idSchema<"Staff">(), pin: z.string().max(12) }),
  z.strictObject({ badge: scannedSchema }),
]);

/** Why somebody was not recognised. */
export const UNKNOWN_REASONS = [
  "wrongPin",
  "throttled",
  "unknownStaff",
  "unknownBadge",
  /** Nobody's that the till has read so far, and it is still reading who works here. */
  "rosterUnread",
  "rosterExpired",
  "storage",
] as const;

/** Milliseconds until the next try is allowed. */
const waitMs = z.number().int().nonnegative();

/** `leftAt`: when they left the last time, where they forgot to say so. */
export const clockInArgs = z.strictObject({
  who: proofSchema,
  leftAt: instantSchema.nullable().exactOptional(),
});
export const clockInAnswer = z.discriminatedUnion("ok", [
  z.strictObject({ ok: z.literal(true), value: z.strictObject({ since: instantSchema }) }),
  z.strictObject({
    ok: z.literal(false),
    /** `stillIn`: they never said that they left; ask again with `leftAt`. */
    reason: z.enum([...UNKNOWN_REASONS, "stillIn", "badTime"]),
    waitMs,
    /** Since when they are in, where they still are. */
    since: instantSchema.nullable().exactOptional(),
  }),
]);

export const clockOutArgs = z.strictObject({ who: proofSchema });
export const clockOutAnswer = z.discriminatedUnion("ok", [
  /** `since`: null where they came to work at another till. */
  z.strictObject({
    ok: z.literal(true),
    value: z.strictObject({ since: instantSchema.nullable(), until: instantSchema }),
  }),
  z.strictObject({ ok: z.literal(false), reason: z.enum(UNKNOWN_REASONS), waitMs }),
]);

/** Who came to work at this till and has not left yet, the earliest first. */
export const clockViewSchema = z.array(
  z.strictObject({ staff: idSchema<"Staff">(), name: z.string(), since: instantSchema }),
);
export type ClockView = z.infer<typeof clockViewSchema>;
