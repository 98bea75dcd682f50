import assert from "node:assert/strict";
import { idOf, instant } from "#domain/ids.ts";
import type { BookedCouponUse, CouponSeriesRecord } from "../../coupons/port.ts";
import { BERLIN } from "../../testing/shop.ts";
import { AT, type ContractCase, LATER } from "./case.ts";

const SUMMER = idOf<"Promotion">("summer");
const COUPON = idOf<"Coupon">("0123456789abcdef01234567");

function series(id: string, changes: Partial<CouponSeriesRecord> = {}): CouponSeriesRecord {
  return {
    id: idOf<"CouponSeries">(id),
    promotion: SUMMER,
    uses: 1,
    count: 500,
    madeAt: instant(AT),
    revokedAt: null,
    ...changes,
  };
}

function use(id: string, changes: Partial<BookedCouponUse> = {}): BookedCouponUse {
  return {
    id,
    coupon: COUPON,
    series: idOf<"CouponSeries">("000"),
    promotion: SUMMER,
    at: instant(AT),
    ticket: idOf<"Ticket">(`ticket-${id}`),
    order: null,
    number: "BER1-01-000001",
    store: BERLIN.store,
    device: idOf<"Device">("till-1"),
    ...changes,
  };
}

export const COUPONS: readonly ContractCase[] = [
  {
    promise: "series of coupons are kept by their promotion, newest first, and revoked once",
    check: async (storage, reopen) => {
      await storage.write(async (tx) => {
        await tx.addCouponSeries(series("000"));
        await tx.addCouponSeries(series("001", { uses: 3 }));
        await tx.addCouponSeries(series("002", { promotion: idOf<"Promotion">("winter") }));
        await tx.revokeCouponSeries(idOf<"CouponSeries">("000"), instant(AT + 1));
        await tx.revokeCouponSeries(idOf<"CouponSeries">("000"), instant(AT + 2));
        await tx.revokeCoupon(COUPON, LATER);
        await tx.revokeCoupon(COUPON, LATER);
      });
      const kept = await reopen();
      await kept.read(async (tx) => {
        const revoked = series("000", { revokedAt: instant(AT + 1) });
        assert.deepEqual(await tx.couponSeries(SUMMER), [series("001", { uses: 3 }), revoked]);
        assert.deepEqual(await tx.couponSeriesNamed(idOf<"CouponSeries">("000")), revoked);
        assert.equal(await tx.couponSeriesNamed(idOf<"CouponSeries">("00Z")), null);
        assert.equal(await tx.couponSeriesCount(), 3);
        assert.equal(await tx.isCouponRevoked(COUPON), true);
        assert.equal(await tx.isCouponRevoked(idOf<"Coupon">("another")), false);
      });
    },
  },
  {
    promise: "a use of a coupon is kept once, found by its coupon, and counted by series and word",
    check: async (storage, reopen) => {
      const first = use("a");
      const second = use("b", { ticket: null, order: idOf<"Order">("o"), store: null, device: null });
      const word = use("c", { coupon: "word:SUMMER10", series: null });
      await storage.write(async (tx) => {
        assert.equal(await tx.addCouponUse(first, LATER), true);
        assert.equal(await tx.addCouponUse(second, LATER), true);
        assert.equal(await tx.addCouponUse({ ...first, at: instant(AT + 9) }, LATER), false);
        assert.equal(await tx.addCouponUse(word, LATER), true);
      });
      const kept = await reopen();
      await kept.read(async (tx) => {
        assert.deepEqual(await tx.couponUses(COUPON), [first, second]);
        assert.deepEqual(await tx.couponUses("word:SUMMER10"), [word]);
        assert.deepEqual(await tx.couponUseCounts(SUMMER), [
          { series: null, used: 1 },
          { series: "000", used: 2 },
        ]);
      });
    },
  },
  {
    promise: "what a customer had of a promotion is counted once for each ticket, also over former ids",
    check: async (storage) => {
      const [anna, former] = [idOf<"Customer">("anna"), idOf<"Customer">("anna-2")];
      const ben = idOf<"Customer">("ben");
      await storage.write(async (tx) => {
        const uses = [
          { customer: anna, promotion: SUMMER, subject: "t1" },
          { customer: former, promotion: SUMMER, subject: "t2" },
        ];
        assert.deepEqual(await tx.addPromotionUses(uses.slice(0, 1)), new Set([anna]));
        assert.deepEqual(await tx.addPromotionUses([...uses, ...uses]), new Set([former]));
        assert.deepEqual(await tx.addPromotionUses([]), new Set());
      });
      await storage.read(async (tx) => {
        const times = (count: number) => [{ promotion: SUMMER, times: count }];
        assert.deepEqual(await tx.promotionUses([[anna], [ben], [former]]), [times(1), [], times(1)]);
        assert.deepEqual(await tx.promotionUses([[ben], [anna, former]]), [[], times(2)]);
        assert.deepEqual(await tx.promotionUses([]), []);
      });
      const again = { customer: former, promotion: SUMMER, subject: "t1" };
      const other = { customer: ben, promotion: idOf<"Promotion">("autumn"), subject: "t1" };
      await storage.write((tx) => tx.addPromotionUses([again, other, { ...other, subject: "t3" }]));
      assert.deepEqual(await storage.read((tx) => tx.promotionUses([[anna, former], [ben]])), [
        [{ promotion: SUMMER, times: 2 }],
        [{ promotion: other.promotion, times: 2 }],
      ]);
    },
  },
];
