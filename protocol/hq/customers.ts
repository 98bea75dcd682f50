import { z } from "zod";
import { customerSchema } from "../documents/customer.ts";

/** `GET /hq/v1/customers?search&offset&limit`: by name, telephone number, e-mail address or card number; in the order of their names. */
export const customersQuerySchema = z.strictObject({
  search: z.string().max(200).default(""),
  offset: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const customersAnswerSchema = z.strictObject({
  customers: z.array(customerSchema),
  total: z.number().int(),
});
