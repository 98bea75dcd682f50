import { type CouponId, type CouponSeriesId, type CustomerId, type Instant, idOf } from "#domain/ids.ts";
import type { BookedCouponUse, CouponSeriesRecord, CouponWrites } from "../../coupons/port.ts";
import { insertReturning } from "./insert-rows.ts";
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

  async addPromotionUses(
    uses: Parameters<CouponWrites["addPromotionUses"]>[0],
  ): Promise<ReadonlySet<CustomerId>> {
    const added = await insertReturning(this.database, {
      into: "promotion_uses (customer, promotion, subject)",
      rows: uses.map(({ customer, promotion, subject }) => [customer, promotion, subject]),
      tail: "ON CONFLICT DO NOTHING RETURNING customer",
    });
    return new Set(added.map(({ customer }) => idOf<"Customer">(String(customer))));
  }
}
