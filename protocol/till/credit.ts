import { z } from "zod";
import { idSchema, instantSchema, moneySchema } from "../scalars.ts";

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

/** `code` null: a card that is not there yet. */
export const giftCardArgs = z.strictObject({ code: creditCode.nullable() });
/** `code` null: the till makes one. */
export const sellGiftCardArgs = z.strictObject({ code: creditCode.nullable(), amount: moneySchema });

/** A manager's word that what lies on an unused card is given back in money. */
export const payOutArgs = z.strictObject({
  code: creditCode,
  manager: idSchema<"Staff">(),
  pin: z.string().max(12),
  reason: z.string().trim().max(500),
});
export const PAY_OUT_REFUSALS = [
  "notSignedIn",
  "notPermitted",
  "managerNeeded",
  "shiftNeeded",
  "shiftForgotten",
  "reasonMissing",
  "wrongPin",
  "notAManager",
  "tooManyTries",
  "giftCardUsed",
  "creditMistyped",
  "creditUnknown",
  "creditOtherCurrency",
  "creditHeldByAnother",
  "creditEmpty",
  "creditAboveOfflineLimit",
  "storage",
] as const;

/** Why no gift card was sold or loaded, besides what holds any basket up. */
export const GIFT_CARD_REFUSALS = ["creditMistyped", "amountNotPositive", "giftCardAboveLimit"] as const;

/** A gift card before it is sold or loaded. */
export const giftCardViewSchema = z.strictObject({
  /** As it stands on the card; null: the till will make one. */
  code: z.string().nullable(),
  /** Sold before, as far as is known here: then it is loaded. */
  isKnown: z.boolean(),
  balance: moneySchema,
  /** How much may be put on it now. */
  most: moneySchema,
  askedServer: z.boolean(),
  issuedAt: instantSchema.nullable(),
});
export type GiftCardView = z.infer<typeof giftCardViewSchema>;

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
