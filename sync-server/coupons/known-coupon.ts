import { z } from "zod";
import type { KnownCoupon } from "#domain/coupons/coupon.ts";
import type { CouponCode } from "#domain/coupons/coupon-code.ts";
import { couponDocument, couponIdOf, couponPageOf } from "#domain/coupons/coupon-id.ts";
import { type CouponId, type Instant, idOf } from "#domain/ids.ts";
import { type CouponDocument, MAX_MOVES_NAMED } from "#protocol/documents/balance.ts";
import type { BalanceAnswer } from "#protocol/sync/balances.ts";
import { holderOfLease } from "../orders/standing-lease.ts";
import type { ReadTransaction } from "../storage/port.ts";
import { BALANCES_FEED } from "../sync/feeds.ts";
import { sha256Hex } from "../sync/signatures.ts";

/** A coupon as the server knows it, and what was done with it. */
export interface CouponAtServer extends KnownCoupon {
  readonly id: CouponId;
  /** Ids of its uses. */
  readonly moves: readonly string[];
}

const pageSchema = z.object({ coupons: z.array(z.string()) });

/** Null: no such code was ever made. Of a series that was revoked every code counts as known and revoked: its list is gone. */
export async function couponAtServer(
  tx: ReadTransaction,
  { code, series }: CouponCode,
): Promise<CouponAtServer | null> {
  const of = await tx.couponSeriesNamed(series);
  if (of === null) return null;
  const id = couponIdOf(code, sha256Hex);
  if (of.revokedAt === null && !(await isListed(tx, series, id))) return null;
  const moves = (await tx.couponUses(id)).map((use) => use.id);
  const revoked = of.revokedAt !== null || (await tx.isCouponRevoked(id));
  return { id, promotion: of.promotion, uses: of.uses, used: moves.length, revoked, moves };
}

async function isListed(
  tx: ReadTransaction,
  series: CouponCode["series"],
  coupon: CouponId,
): Promise<boolean> {
  const id = couponDocument.page(series, couponPageOf(coupon));
  const page = await tx.liveDocument({ feed: BALANCES_FEED, collection: "balances", id });
  return page !== null && pageSchema.parse(JSON.parse(page)).coupons.includes(coupon);
}

/** How a coupon stands, for a till that has it before it. */
export async function couponAnswer(
  tx: ReadTransaction,
  { coupon, at }: { readonly coupon: CouponCode; readonly at: Instant },
): Promise<BalanceAnswer> {
  const known = await couponAtServer(tx, coupon);
  return {
    balance: known === null ? null : toCouponDocument(known),
    holder: known === null ? null : await holderOfLease(tx, { subject: couponLease(known.id), at }),
  };
}

/** What a lease on using a coupon is about. */
export function couponLease(coupon: CouponId): string {
  return `balance:${coupon}`;
}

/** A coupon as tills hold it. */
export function toCouponDocument(coupon: CouponAtServer): CouponDocument {
  const { id, promotion, uses, used, revoked, moves } = coupon;
  return {
    id: idOf<"Balance">(couponDocument.coupon(id)),
    kind: "coupon",
    promotion,
    uses,
    used,
    revoked,
    moves: moves.slice(-MAX_MOVES_NAMED),
  };
}
