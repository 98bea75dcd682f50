import { z } from "zod";
import { instantSchema, moneySchema } from "../scalars.ts";

/** Why nothing of a store credit can be looked at or taken. */
export const CREDIT_REFUSALS = [
  "creditMistyped",
  "creditUnknown",
  "creditOtherCurrency",
  "creditHeldByAnother",
  "creditEmpty",
  "creditAboveOfflineLimit",
  "creditExceedsBalance",
] as const;

/** Scanned or typed, however it is spaced. */
const creditCode = z.string().max(200);

export const checkCreditArgs = z.strictObject({ code: creditCode });
/** `amount` null: all that is there, up to what remains to be paid. */
export const takeCreditArgs = z.strictObject({ code: creditCode, amount: moneySchema.nullable() });

/** A credit on the counter. */
export const creditViewSchema = z.strictObject({
  /** As it stands on the slip. */
  code: z.string(),
  /** What this till knows to be left, tenders taken already taken off. */
  balance: moneySchema,
  /** What can be taken of it for this basket now. */
  most: moneySchema,
  boundBy: z.enum(["balance", "offline", "remaining"]),
  /** Whether the server was asked: else the balance is as this till last heard. */
  askedServer: z.boolean(),
  issuedAt: instantSchema.nullable(),
});
export type CreditView = z.infer<typeof creditViewSchema>;
