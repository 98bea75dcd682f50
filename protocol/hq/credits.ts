import { z } from "zod";
import { HQ_CREDIT_ACTS } from "#domain/value/by-hq.ts";
import { CREDIT_STATES } from "#domain/value/credit.ts";
import { VALUE_KINDS } from "#domain/value/credit-code.ts";
import { MOVE_KINDS } from "#domain/value/moves.ts";
import { giftCardPolicySchema } from "../documents/settings.ts";
import {
  currencySchema,
  idSchema,
  instantSchema,
  moneySchema,
  receiptNumberSchema,
  textSchema,
} from "../scalars.ts";

export const MAX_CREDITS_LISTED = 200;

/** `GET /hq/v1/credits?kind&search&limit`: store credits and gift cards by a code, its last characters or the number of a receipt; the newest first. */
export const creditsQuerySchema = z.strictObject({
  /** Null or absent: both. */
  kind: z.enum(VALUE_KINDS).nullable().default(null),
  search: z.string().trim().max(120).default(""),
  limit: z.coerce.number().int().min(1).max(MAX_CREDITS_LISTED).default(50),
});

/** One line of the books, as it changes this credit. */
export const creditEntrySchema = z.strictObject({
  id: z.string(),
  kind: z.enum(MOVE_KINDS),
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
  /** The order of a web shop that it was for, or why HQ did it; empty for none. */
  note: z.string(),
});

export const creditRowSchema = z.strictObject({
  id: idSchema<"Credit">(),
  kind: z.enum(VALUE_KINDS),
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

/** `POST /hq/v1/credits/{id}/acts`: answers the credit as it is afterwards. */
export const creditActParamsSchema = z.object({ id: idSchema<"Credit">() });
export const creditActRequestSchema = z.strictObject({
  act: z.enum(HQ_CREDIT_ACTS),
  /** Kept in the books. */
  reason: z.string().trim().min(1).max(200),
});
export type CreditActRequest = z.infer<typeof creditActRequestSchema>;

/** `PUT /hq/v1/stores/{code}/gift-cards` takes a store's rules for gift cards and answers its store. */
export const giftCardPolicyRequestSchema = giftCardPolicySchema;
export const storeGiftCardsSchema = z.strictObject({
  code: z.string(),
  name: textSchema,
  currency: currencySchema,
  policy: giftCardPolicySchema,
});
export type StoreGiftCards = z.infer<typeof storeGiftCardsSchema>;

/** `GET /hq/v1/gift-cards/policies`: the rules of each store. */
export const giftCardPoliciesAnswerSchema = z.strictObject({ stores: z.array(storeGiftCardsSchema) });

/** `total`: how many there are, found or not listed any more. */
export const creditsAnswerSchema = z.strictObject({
  credits: z.array(creditRowSchema).max(MAX_CREDITS_LISTED),
  total: z.number().int().nonnegative(),
});
