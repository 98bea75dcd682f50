import { z } from "zod";
import type { StaffMember } from "#domain/staff/staff.ts";
import { hashSchema, idSchema, textSchema } from "../scalars.ts";

/** Replica collection `staff`: who may work in this store. */
export const staffSchema: z.ZodType<StaffMember> = z.strictObject({
  id: idSchema<"Staff">(),
  name: textSchema,
  role: idSchema<"Role">(),
  pin: z.strictObject({ kind: z.literal("argon2id"), phc: z.string().min(20).max(300) }),
  badge: z.strictObject({ kind: z.literal("sha256"), digest: hashSchema }).exactOptional(),
  active: z.boolean(),
});
