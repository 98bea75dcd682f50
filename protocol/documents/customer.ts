import { z } from "zod";
import type { Customer } from "#domain/customer/customer.ts";
import { idSchema, languageTagSchema, textSchema } from "../scalars.ts";

/** Replica collection `customers`. */
export const customerSchema: z.ZodType<Customer> = z.strictObject({
  id: idSchema<"Customer">(),
  name: textSchema,
  email: z.string().max(254).nullable(),
  phone: z.string().max(40).nullable(),
  cardNumber: z.string().max(40).nullable(),
  language: languageTagSchema.exactOptional(),
});
