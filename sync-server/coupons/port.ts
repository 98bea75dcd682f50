import type { CouponUse } from "#domain/coupons/uses.ts";
import type { CouponId, CouponSeriesId, CustomerId, Instant, PromotionId } from "#domain/ids.ts";

/** Codes that were made together for a promotion. The codes themselves are kept nowhere. */
export interface CouponSeriesRecord {
  readonly id: CouponSeriesId;
  readonly promotion: PromotionId;
  /** For how many tickets or orders each code holds. */
  readonly uses: number;
  /** How many codes were made. */
  readonly count: number;
  readonly madeAt: Instant;
  readonly revokedAt: Instant | null;
}

/** A use as it is booked: the code is gone. */
export interface BookedCouponUse extends Omit<CouponUse, "code"> {
  /** The coupon's id, or `word:` and the word that was said. */
  readonly coupon: CouponId | `word:${string}`;
  /** Null: a word. */
  readonly series: CouponSeriesId | null;
}

export interface CouponReads {
  /** Of a promotion, the newest first. */
  couponSeries(promotion: PromotionId): Promise<readonly CouponSeriesRecord[]>;
  couponSeriesNamed(id: CouponSeriesId): Promise<CouponSeriesRecord | null>;
  /** How many series there are of all promotions. */
  couponSeriesCount(): Promise<number>;
  isCouponRevoked(id: CouponId): Promise<boolean>;
  /** In the order in which they were booked. */
  couponUses(coupon: BookedCouponUse["coupon"]): Promise<readonly BookedCouponUse[]>;
  /** Those with any of these tickets and orders, named by their ids, in the order in which they were booked. */
  couponUsesIn(subjects: readonly string[]): Promise<readonly BookedCouponUse[]>;
  /** How often coupons of a promotion were used, by series; `series` null: by its word. */
  couponUseCounts(
    promotion: PromotionId,
  ): Promise<readonly { readonly series: CouponSeriesId | null; readonly used: number }[]>;
  /** By how many tickets and orders each promotion was granted to people, each by all ids that they have or had; in the order of the people. */
  promotionUses(
    people: readonly (readonly CustomerId[])[],
  ): Promise<readonly (readonly { readonly promotion: PromotionId; readonly times: number }[])[]>;
}

export interface CouponWrites {
  addCouponSeries(series: CouponSeriesRecord): Promise<void>;
  revokeCouponSeries(id: CouponSeriesId, at: Instant): Promise<void>;
  revokeCoupon(id: CouponId, at: Instant): Promise<void>;
  /** False when a use of this id was booked before; then nothing is changed. */
  addCouponUse(use: BookedCouponUse, bookedAt: Instant): Promise<boolean>;
  /** Counted once for each ticket or order, which `subject` names; answers those of whom one was not counted before. */
  addPromotionUses(
    uses: readonly {
      readonly customer: CustomerId;
      readonly promotion: PromotionId;
      readonly subject: string;
    }[],
  ): Promise<ReadonlySet<CustomerId>>;
}
