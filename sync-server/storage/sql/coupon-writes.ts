import type { CouponId, CouponSeriesId, CustomerId, Instant, PromotionId } from "#domain/ids.ts";
import type { BookedCouponUse, CouponSeriesRecord, CouponWrites } from "../../coupons/port.ts";
import { SqlShopWrites } from "./shop-writes.ts";

/** The acts on coupons, and the count of what customers had of promotions. */
export class SqlCouponWrites extends SqlShopWrites implements CouponWrites {
  async addCouponSeries({
    id,
    promotion,
    uses,
    count,
    madeAt,
    revokedAt,
  }: CouponSeriesRecord): Promise<void> {
    await this.database.run(
      "INSERT INTO coupon_series (id, promotion, uses, count, made_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?)",
      id,
      promotion,
      uses,
      count,
      madeAt,
      revokedAt,
    );
  }

  async revokeCouponSeries(id: CouponSeriesId, at: Instant): Promise<void> {
    await this.database.run(
      "UPDATE coupon_series SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
      at,
      id,
    );
  }

  async revokeCoupon(id: CouponId, at: Instant): Promise<void> {
    await this.database.run(
      "INSERT INTO revoked_coupons (id, at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
      id,
      at,
    );
  }

  async addCouponUse(use: BookedCouponUse, bookedAt: Instant): Promise<boolean> {
    const { id, coupon, series, promotion, at, ticket, order, number, store, device } = use;
    const added = await this.database.run(
      `INSERT INTO coupon_uses (id, coupon, series, promotion, at, ticket, order_id, number, store, device, booked_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      id,
      coupon,
      series ?? "",
      promotion,
      at,
      ticket ?? "",
      order ?? "",
      number,
      store ?? "",
      device ?? "",
      bookedAt,
    );
    return added > 0;
  }

  async addPromotionUse({
    customer,
    promotion,
    subject,
  }: {
    readonly customer: CustomerId;
    readonly promotion: PromotionId;
    readonly subject: string;
  }): Promise<boolean> {
    const added = await this.database.run(
      "INSERT INTO promotion_uses (customer, promotion, subject) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
      customer,
      promotion,
      subject,
    );
    return added > 0;
  }
}
