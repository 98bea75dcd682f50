import { z } from "zod";
import { CREDIT_STATES } from "#domain/value/credit.ts";
import { idSchema, instantSchema, moneySchema, receiptNumberSchema, textSchema } from "../scalars.ts";

export const MAX_CREDITS_LISTED = 200;

/** `GET /hq/v1/credits?search&limit`: by a code, its last characters or the number of a receipt; the newest first. */
export const creditsQuerySchema = z.strictObject({
  search: z.string().trim().max(120).default(""),
  limit: z.coerce.number().int().min(1).max(MAX_CREDITS_LISTED).default(50),
});

/** One line of the books, as it changes this credit. */
export const creditEntrySchema = z.strictObject({
  id: z.string(),
  kind: z.enum(["issued", "spent"]),
  at: instantSchema,
  /** Above zero: given out; below: spent. */
  amount: moneySchema,
  /** Null, as `number` is: given out for a return by mail. */
  ticket: idSchema<"Ticket">().nullable(),
  number: receiptNumberSchema.nullable(),
  /** Empty for none. */
  store: z.string(),
  register: z.number().int().nullable(),
  /** Empty where no colleague of a store did it. */
  staffName: textSchema,
});

export const creditRowSchema = z.strictObject({
  id: idSchema<"Credit">(),
  /** The last characters of its code, for the eye: nobody can spend it by them. */
  tail: z.string().max(8),
  state: z.enum(CREDIT_STATES),
  issued: moneySchema,
  spent: moneySchema,
  balance: moneySchema,
  overdrawn: moneySchema,
  issuedAt: instantSchema.nullable(),
  /** What explains the balance, in the order in which it happened. */
  entries: z.array(creditEntrySchema),
});
export type CreditRow = z.infer<typeof creditRowSchema>;

/** `total`: how many there are, found or not listed any more. */
export const creditsAnswerSchema = z.strictObject({
  credits: z.array(creditRowSchema).max(MAX_CREDITS_LISTED),
  total: z.number().int().nonnegative(),
});
