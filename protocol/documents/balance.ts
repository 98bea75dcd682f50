import { z } from "zod";
import { VALUE_KINDS } from "#domain/value/credit-code.ts";
import { idSchema, instantSchema, moneySchema, textSchema } from "../scalars.ts";

export const MAX_MOVES_NAMED = 500;

export const creditSchema = z.strictObject({
  /** `credit:` or `giftcard:` and its id. The code that it is spent with never travels: who has this document cannot spend anything. */
  id: idSchema<"Balance">(),
  kind: z.enum(VALUE_KINDS),
  issued: moneySchema,
  spent: moneySchema,
  issuedAt: instantSchema.nullable(),
  /** Ids of the moves that are in the sums, the newest `MAX_MOVES_NAMED`: a till adds its own that are not, and none twice. */
  moves: z.array(z.string().min(1).max(160)).max(MAX_MOVES_NAMED),
});

export const pointsDocumentSchema = z.strictObject({
  /** `points:` and the customer's id. */
  id: idSchema<"Balance">(),
  kind: z.literal("points"),
  customer: idSchema<"Customer">(),
  /** Below zero where more came back than was left, or tills without a connection took the same points. */
  balance: z.number().int(),
  earnedInYear: z.number().int(),
  /** Name of the tier in the programme; null: below all of them. */
  tier: textSchema.nullable(),
  expiry: z.strictObject({ points: z.number().int().positive(), at: instantSchema }).nullable(),
  moves: z.array(z.string().min(1).max(160)).max(MAX_MOVES_NAMED),
});

/**
 * Replica collection `balances`: what the shop owes to whoever has a code, chain-wide. Balance and state follow from the sums, see domain/value/credit.ts; with its own
 * untold spendings added, a till has the same figures as the server will.
 */
export const balanceSchema = z.discriminatedUnion("kind", [creditSchema, pointsDocumentSchema]);
export type BalanceDocument = z.infer<typeof balanceSchema>;
export type CreditDocument = z.infer<typeof creditSchema>;
export type PointsDocument = z.infer<typeof pointsDocumentSchema>;
