import { z } from "zod";
import { VALUE_KINDS } from "#domain/value/credit-code.ts";
import { idSchema, instantSchema, moneySchema, textSchema } from "../scalars.ts";

export const MAX_MOVES_NAMED = 500;
export const MAX_COUPON_USES = 1_000_000;
/** Far above what 100,000 codes over 256 pages come to by chance. */
const MAX_COUPONS_PER_PAGE = 2_000;

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

const uses = z.number().int().min(1).max(MAX_COUPON_USES);

/** Coupon codes that were made together, and what they are for. */
const couponSeriesSchema = z.strictObject({
  /** `coupon-series:` and the series. */
  id: idSchema<"Balance">(),
  kind: z.literal("couponSeries"),
  promotion: idSchema<"Promotion">(),
  /** For how many tickets or orders each code holds. */
  uses,
  revoked: z.boolean(),
});

/** Which coupons there are of a series: those whose ids begin with the page's two characters. It never changes, and goes when the series is revoked. */
const couponsSchema = z.strictObject({
  /** `coupons:`, the series and the page. */
  id: idSchema<"Balance">(),
  kind: z.literal("coupons"),
  coupons: z.array(idSchema<"Coupon">()).min(1).max(MAX_COUPONS_PER_PAGE),
});

/** A coupon that something happened to; one that nothing did is on its page alone. */
export const couponSchema = z.strictObject({
  /** `coupon:` and the coupon's id. */
  id: idSchema<"Balance">(),
  kind: z.literal("coupon"),
  promotion: idSchema<"Promotion">(),
  uses,
  used: z.number().int().nonnegative(),
  revoked: z.boolean(),
  /** Ids of the uses that are counted, the newest `MAX_MOVES_NAMED`: a till adds its own that are not, and none twice. */
  moves: z.array(z.string().min(1).max(160)).max(MAX_MOVES_NAMED),
});
export type CouponDocument = z.infer<typeof couponSchema>;
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
export const balanceSchema = z.discriminatedUnion("kind", [
  creditSchema,
  couponSeriesSchema,
  couponsSchema,
  couponSchema,
  pointsDocumentSchema,
]);
export type BalanceDocument = z.infer<typeof balanceSchema>;
export type CreditDocument = z.infer<typeof creditSchema>;
export type PointsDocument = z.infer<typeof pointsDocumentSchema>;
