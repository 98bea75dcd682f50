import { z } from "zod";
import type { StaffMember } from "#domain/staff/staff.ts";
import { idSchema, textSchema } from "../scalars.ts";

/** Replica collection `staff`: who may work in this store. */
export const staffSchema: z.ZodType<StaffMember> = z.strictObject({
  id: idSchema<"Staff">(),
  name: textSchema,
  role: z.enum(["cashier", "manager"]),
  pin: z.strictObject({ kind: z.literal("argon2id"), phc: z.string().min(20).max(300) }),
  active: z.boolean(),
});
