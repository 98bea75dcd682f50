import { z } from "zod";
import { idSchema } from "../scalars.ts";

export const MAX_SEALED_CHARS = 32_000;

const sealedShape = {
  customer: idSchema<"Customer">(),
  sealed: z
    .string()
    .min(1)
    .max(MAX_SEALED_CHARS)
    .regex(/^[A-Za-z0-9_-]+$/),
};

/** The facts about customers of a till's journal, one by one; `entry.ts` joins them with the others. */
export const CUSTOMER_FACT_SCHEMAS = [
  z.strictObject({ type: z.literal("customer.registered"), ...sealedShape }),
  z.strictObject({ type: z.literal("customer.edited"), ...sealedShape }),
] as const;
