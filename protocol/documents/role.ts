import { z } from "zod";
import { MAX_ROLES, type Role, type RoleLimits } from "#domain/staff/role.ts";
import { idSchema, moneySchema } from "../scalars.ts";
import { permissionSchema } from "../sync/shift-facts.ts";

const ppm = z.number().int().min(0).max(1_000_000);
const MAX_PERMISSIONS = 100;
const MAX_PERMISSION_CHARS = 60;

export const roleLimitsSchema: z.ZodType<RoleLimits> = z.strictObject({
  discountPpm: ppm.nullable(),
  refund: moneySchema.refine(({ minor }) => minor >= 0, "a refund is not below zero").nullable(),
  priceOverridePpm: ppm.nullable(),
});

/** What colleagues of one kind may do, see domain/staff/role.ts. */
export const roleSchema: z.ZodType<Role> = z.strictObject({
  id: idSchema<"Role">(),
  name: z.string().trim().min(1).max(60),
  // A permission of a later version is left out: whoever has the role may do less here, and loses at once what HQ takes from it.
  permissions: z
    .array(z.string().max(MAX_PERMISSION_CHARS))
    .max(MAX_PERMISSIONS)
    .transform((words): unknown[] => words.filter((word) => permissionSchema.safeParse(word).success))
    .pipe(z.array(permissionSchema)),
  limits: roleLimitsSchema,
});

/** The roles of a store. */
export const rolesSchema = z
  .array(roleSchema)
  .min(1)
  .max(MAX_ROLES)
  .refine((roles) => new Set(roles.map(({ id }) => id)).size === roles.length, "two roles have one id");
