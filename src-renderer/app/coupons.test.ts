import { beforeEach, describe, expect, it } from "vitest";
import { COUPON_CODE_BYTES, couponCodeOf, couponSeriesOf } from "#domain/coupons/coupon-code.ts";
import { COUPON_WORD } from "../testing/fake-coupons.ts";
import { euros, item } from "../testing/fake-shop.ts";
import { shownBasket, signedIn } from "../testing/signed-in.ts";
import { isCouponScan, redeemCoupon, removeCoupon } from "./coupons.ts";
import { ring } from "./register.ts";
import { useNotice } from "./till.ts";

const CODE = couponCodeOf(couponSeriesOf(1), new Uint8Array(COUPON_CODE_BYTES).fill(5));
const said = () => useNotice.getState().notice?.text ?? "";

beforeEach(async () => {
  await signedIn();
});

describe("a coupon at the register", () => {
  it("takes money off as soon as something fits it, and says so", async () => {
    await redeemCoupon(COUPON_WORD.toLowerCase());
    expect(said()).toContain("Not used yet");
    // 12.90 each.
    await ring(item("MUG"));
    await ring(item("MUG"));
    expect(shownBasket().coupons).toMatchObject([{ code: COUPON_WORD, used: true }]);
    expect(shownBasket().due).toEqual(euros(2_322));
    await removeCoupon(COUPON_WORD);
    expect(shownBasket().due).toEqual(euros(2_580));
    await redeemCoupon(COUPON_WORD);
    expect(said()).toBe("Summer: 10 % off: Used");
  });

  it("that is none is refused in a sentence", async () => {
    await redeemCoupon("WINTER");
    expect(said()).toContain("not known here");
    await redeemCoupon(CODE);
    expect(said()).toContain("A character of this coupon is wrong");
  });

  it("is told from articles and receipts by its shape", () => {
    expect(isCouponScan(CODE)).toBe(true);
    for (const code of ["4006381333931", "BER1-03-000123", "MUG-RED"]) expect(isCouponScan(code)).toBe(false);
  });
});
