import {
  type CouponId,
  type CouponSeriesId,
  type CustomerId,
  type Id,
  idOf,
  instant,
  type PromotionId,
} from "#domain/ids.ts";
import type { BookedCouponUse, CouponReads, CouponSeriesRecord } from "../../coupons/port.ts";
import type { Row } from "./database.ts";
import { SqlShopReads } from "./shop-reads.ts";

const USED_IN = `SELECT * FROM coupon_uses WHERE ticket IN (SELECT value FROM json_each(?1)) OR order_id IN (SELECT value FROM json_each(?1))
  ORDER BY cursor`;

/** How often customers had promotions: of those with one id, and use by use of those with former ones, under which one ticket may stand twice. */
const PROMOTION_USES = `SELECT customer, promotion, '' AS subject, count(*) AS times FROM promotion_uses
    WHERE customer IN (SELECT value FROM json_each(?1)) GROUP BY customer, promotion
  UNION ALL SELECT customer, promotion, subject, 1 AS times FROM promotion_uses WHERE customer IN (SELECT value FROM json_each(?2)) ORDER BY promotion`;

/** Coupons, their uses, and what customers had of promotions. */
export class SqlCouponReads extends SqlShopReads implements CouponReads {
  async couponSeries(promotion: PromotionId): Promise<readonly CouponSeriesRecord[]> {
    return (
      await this.database.all(
        "SELECT * FROM coupon_series WHERE promotion = ? ORDER BY number DESC",
        promotion,
      )
    ).map(toSeries);
  }

  async couponSeriesNamed(id: CouponSeriesId): Promise<CouponSeriesRecord | null> {
    const row = await this.database.get("SELECT * FROM coupon_series WHERE id = ?", id);
    return row === undefined ? null : toSeries(row);
  }

  async couponSeriesCount(): Promise<number> {
    return Number((await this.database.get("SELECT count(*) AS n FROM coupon_series"))?.n);
  }

  async isCouponRevoked(id: CouponId): Promise<boolean> {
    return (await this.database.get("SELECT 1 FROM revoked_coupons WHERE id = ?", id)) !== undefined;
  }

  async couponUses(coupon: BookedCouponUse["coupon"]): Promise<readonly BookedCouponUse[]> {
    return (
      await this.database.all("SELECT * FROM coupon_uses WHERE coupon = ? ORDER BY cursor", coupon)
    ).map((row) => toUse(row, coupon));
  }

  async couponUsesIn(subjects: readonly string[]): Promise<readonly BookedCouponUse[]> {
    return (await this.database.all(USED_IN, JSON.stringify(subjects))).map((row) =>
      toUse(row, String(row.coupon) as BookedCouponUse["coupon"]),
    );
  }

  async couponUseCounts(
    promotion: PromotionId,
  ): Promise<readonly { readonly series: CouponSeriesId | null; readonly used: number }[]> {
    return (
      await this.database.all(
        "SELECT series, count(*) AS used FROM coupon_uses WHERE promotion = ? GROUP BY series ORDER BY series",
        promotion,
      )
    ).map(({ series, used }) => ({ series: orNone<"CouponSeries">(series), used: Number(used) }));
  }

  async promotionUses(
    people: readonly (readonly CustomerId[])[],
  ): Promise<readonly (readonly { readonly promotion: PromotionId; readonly times: number }[])[]> {
    const placeOf = new Map(people.flatMap((ids, place) => ids.map((id) => [id, place] as const)));
    if (placeOf.size === 0) return people.map(() => []);
    const ids = [...placeOf.keys()];
    const isAlone = (id: CustomerId): boolean => people[placeOf.get(id) ?? -1]?.length === 1;
    const rows = await this.database.all(
      PROMOTION_USES,
      JSON.stringify(ids.filter(isAlone)),
      JSON.stringify(ids.filter((id) => !isAlone(id))),
    );
    const found = people.map(() => new Map<PromotionId, number>());
    const counted = new Set<string>();
    for (const { customer, promotion, subject, times } of rows) {
      const place = placeOf.get(idOf<"Customer">(String(customer))) ?? -1;
      const use = JSON.stringify([place, promotion, subject]);
      if (counted.has(use)) continue;
      counted.add(use);
      const id = idOf<"Promotion">(String(promotion));
      found[place]?.set(id, (found[place].get(id) ?? 0) + Number(times));
    }
    return found.map((uses) => [...uses].map(([promotion, times]) => ({ promotion, times })));
  }
}

/** Empty for none, as `coupon-writes.ts` keeps it. */
function orNone<Kind extends string>(value: Row[string] | undefined): Id<Kind> | null {
  return value === "" || value === undefined ? null : idOf<Kind>(String(value));
}

function toSeries(row: Row): CouponSeriesRecord {
  return {
    id: idOf<"CouponSeries">(String(row.id)),
    promotion: idOf<"Promotion">(String(row.promotion)),
    uses: Number(row.uses),
    count: Number(row.count),
    madeAt: instant(Number(row.made_at)),
    revokedAt: row.revoked_at === null ? null : instant(Number(row.revoked_at)),
  };
}

function toUse(row: Row, coupon: BookedCouponUse["coupon"]): BookedCouponUse {
  return {
    id: String(row.id),
    coupon,
    series: orNone<"CouponSeries">(row.series),
    promotion: idOf<"Promotion">(String(row.promotion)),
    at: instant(Number(row.at)),
    ticket: orNone<"Ticket">(row.ticket),
    order: orNone<"Order">(row.order_id),
    number: String(row.number),
    store: orNone<"Store">(row.store),
    device: orNone<"Device">(row.device),
  };
}
