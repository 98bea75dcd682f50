import { z } from "zod";
import { customerSchema } from "../documents/customer.ts";

export const MAX_CUSTOMERS_FOUND = 50;

/**
 * `GET /sync/v1/customers?search&limit`: whom a till does not hold, while it has a connection; by name, telephone number, e-mail address or card number.
 * Whoever was erased or is another profile by now is not found.
 */
export const findCustomersQuerySchema = z.strictObject({
  search: z.string().trim().min(1).max(200),
  limit: z.coerce.number().int().min(1).max(MAX_CUSTOMERS_FOUND).default(20),
});

export const customersFoundSchema = z.strictObject({
  customers: z.array(customerSchema).max(MAX_CUSTOMERS_FOUND),
  hasMore: z.boolean(),
});
export type CustomersFoundAnswer = z.infer<typeof customersFoundSchema>;

/** `GET /sync/v1/customers/{id}`: the profile as it is now. Of one that was merged the id is another one: that of the profile it is part of. `notFound` once erased. */
export const customerFoundSchema = z.strictObject({ customer: customerSchema });
export type CustomerFoundAnswer = z.infer<typeof customerFoundSchema>;
