import { z } from "zod";
import { customerSchema } from "../documents/customer.ts";
import { historyEntrySchema, MAX_HISTORY_ENTRIES } from "../documents/history.ts";
import { idSchema } from "../scalars.ts";

export const customerArgs = z.strictObject({ customer: idSchema<"Customer">() });
export const searchCustomersArgs = z.strictObject({
  text: z.string().max(200),
  limit: z.number().int().min(1).max(100).default(20),
});

/** Best first. `hasMore`: others fit as well. */
export const foundCustomersSchema = z.strictObject({
  customers: z.array(customerSchema),
  hasMore: z.boolean(),
});
export type FoundCustomers = z.infer<typeof foundCustomersSchema>;

/** A customer's history as far as somebody knows it, the newest first. */
export const tillHistorySchema = z.strictObject({
  entries: z.array(historyEntrySchema).max(MAX_HISTORY_ENTRIES),
  hasMore: z.boolean(),
  /** Purchases of `entries` whose receipts this till has. */
  receiptsHere: z.array(idSchema<"Ticket">()),
});
export type TillHistory = z.infer<typeof tillHistorySchema>;

/** A profile with what this till knows by itself. */
export const customerProfileSchema = z.strictObject({
  customer: customerSchema,
  history: tillHistorySchema,
});
export type CustomerProfile = z.infer<typeof customerProfileSchema>;

/** Why a customer is not shown, or not put onto the basket. */
export const CUSTOMER_REFUSALS = ["notSignedIn", "noSuchCustomer"] as const;
