import { z } from "zod";
import { CREDIT_STATES } from "#domain/value/credit.ts";
import { VALUE_KINDS } from "#domain/value/credit-code.ts";
import { HOLD_STATES } from "#domain/value/hold.ts";
import { idSchema, instantSchema, moneySchema } from "../scalars.ts";
import { MAX_CREDIT_CODE_CHARS } from "../sync/balances.ts";

/** `GET /shop/v1/credits/{code}`: of a store credit or a gift card. */
export const creditParamsSchema = z.object({ code: z.string().min(1).max(MAX_CREDIT_CODE_CHARS) });

export const shopCreditSchema = z.strictObject({
  kind: z.enum(VALUE_KINDS),
  state: z.enum(CREDIT_STATES),
  /** What may still be spent; what is held for another order is not in it. */
  balance: moneySchema,
  issuedAt: instantSchema.nullable(),
});
export type ShopCredit = z.infer<typeof shopCreditSchema>;

const MINUTE_MS = 60_000;
export const DEFAULT_HOLD_TTL_MS = 15 * MINUTE_MS;
export const MAX_HOLD_TTL_MS = 24 * 60 * MINUTE_MS;
const MAX_ORDER_CHARS = 120;
const aboveZero = moneySchema.refine(({ minor }) => minor > 0, "an amount is above zero");
/** The shop's own, e.g. the id of the payment: the same act is told by it however often it is sent. */
const idempotencyKey = z.string().min(1).max(120);
const orderRef = z.string().trim().min(1).max(MAX_ORDER_CHARS);

/** `POST /shop/v1/credits/{code}/holds`: keeps so much for an order until it is paid with, given up or its time is over. */
export const holdRequestSchema = z.strictObject({
  channel: idSchema<"Channel">(),
  key: idempotencyKey,
  amount: aboveZero,
  ttlMs: z.number().int().min(MINUTE_MS).max(MAX_HOLD_TTL_MS).default(DEFAULT_HOLD_TTL_MS),
});

export const holdParamsSchema = z.object({ id: z.string().min(1).max(64) });

/** `POST /shop/v1/holds/{id}/capture`: pays the order. `amount` left out: all that is held; what it leaves is free again. */
export const captureRequestSchema = z.strictObject({ order: orderRef, amount: aboveZero.exactOptional() });

/** `POST /shop/v1/holds/{id}/release` */
export const releaseRequestSchema = z.strictObject({});

/** `POST /shop/v1/holds/{id}/refund`: gives back onto the credit or card that the order was paid with. */
export const refundHoldRequestSchema = z.strictObject({ key: idempotencyKey, amount: aboveZero });

export const shopHoldSchema = z.strictObject({
  id: z.string(),
  state: z.enum(HOLD_STATES),
  held: moneySchema,
  captured: moneySchema,
  refunded: moneySchema,
  /** Empty until something is captured. */
  order: z.string(),
  expiresAt: instantSchema,
});
export type ShopHold = z.infer<typeof shopHoldSchema>;

/** `POST /shop/v1/gift-cards`: sells a gift card. */
export const sellGiftCardRequestSchema = z.strictObject({
  channel: idSchema<"Channel">(),
  key: idempotencyKey,
  order: orderRef,
  amount: aboveZero,
});

export const soldGiftCardSchema = z.strictObject({
  /** Whoever has it can spend the card: for its buyer alone. */
  code: z.string(),
  amount: moneySchema,
});
export type SoldGiftCard = z.infer<typeof soldGiftCardSchema>;
