import { z } from "zod";
import { CUSTOMER_PROBLEMS } from "#domain/customer/check.ts";
import { CONSENT_PURPOSES } from "#domain/customer/customer.ts";
import { customerChangesSchema, customerSchema } from "../documents/customer.ts";
import { historyEntrySchema, MAX_HISTORY_ENTRIES } from "../documents/history.ts";
import { idSchema, textSchema } from "../scalars.ts";

export const customerArgs = z.strictObject({ customer: idSchema<"Customer">() });
export const searchCustomersArgs = z.strictObject({
  text: z.string().max(200),
  limit: z.number().int().min(1).max(100).default(20),
  /** Also whom this till does not hold, by the server's word, where there is a connection. */
  elsewhere: z.boolean().default(false),
});

/** Best first. `hasMore`: others fit as well. */
export const foundCustomersSchema = z.strictObject({
  customers: z.array(customerSchema),
  hasMore: z.boolean(),
  /** This till does not hold everybody, and the server can be asked: search again, `elsewhere`. */
  moreAtServer: z.boolean().exactOptional(),
  /** Nobody can be found: this till was too long without the server. */
  needsConnection: z.literal(true).exactOptional(),
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
  /** The retailer's groups that they are in, by name. */
  groups: z.array(textSchema),
  history: tillHistorySchema,
});
export type CustomerProfile = z.infer<typeof customerProfileSchema>;

/** What was typed of a customer. Where and when a consent was given or withdrawn, the till says itself. */
const saidOfCustomer = {
  changes: customerChangesSchema.refine(
    ({ consents }) => consents === undefined,
    "consents are told without where and when",
  ),
  consents: z
    .array(z.strictObject({ purpose: z.enum(CONSENT_PURPOSES), given: z.boolean() }))
    .max(CONSENT_PURPOSES.length)
    .default([]),
};
export const registerCustomerArgs = z.strictObject(saidOfCustomer);
export const editCustomerArgs = z.strictObject({ customer: idSchema<"Customer">(), ...saidOfCustomer });

/** Why what was typed of a customer is not noted. `cardOfAnother`: the card is somebody else's. */
export const CUSTOMER_EDIT_REFUSALS = [
  "notSignedIn",
  "notPermitted",
  "noSuchCustomer",
  "needsConnection",
  "cardOfAnother",
  "tooMuchText",
  "storage",
  ...CUSTOMER_PROBLEMS,
] as const;

/** Why a customer is not shown, or not put onto the basket. */
export const CUSTOMER_REFUSALS = ["notSignedIn", "noSuchCustomer"] as const;
