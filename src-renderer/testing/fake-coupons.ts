import { addCoupon, removeCoupon } from "#domain/coupons/basket.ts";
import { isLikeCouponCode, readCouponWord } from "#domain/coupons/coupon-code.ts";
import { idOf, instant } from "#domain/ids.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { ok, refused } from "#domain/result.ts";
import type { VerbAnswer } from "#protocol/till/contract.ts";
import type { FakeRegister } from "./fake-register.ts";
import { euros } from "./fake-shop.ts";

/** The word of the one promotion that the fake shop has a coupon for: a tenth off from 20.00 on. */
export const COUPON_WORD = "SUMMER10";
const SUMMER: Promotion = {
  id: idOf<"Promotion">("summer"),
  name: "Summer: 10 % off",
  validFrom: instant(0),
  validUntil: null,
  priority: 0,
  when: { coupon: { kind: "word", word: COUPON_WORD } },
  rule: {
    kind: "fromValue",
    goods: { kind: "all" },
    least: euros(2_000),
    off: { kind: "percent", ppm: 100_000 },
  },
};

/** The fake engine's coupons. */
export class FakeCoupons {
  readonly #register: FakeRegister;

  constructor(register: FakeRegister) {
    this.#register = register;
  }

  take(typed: string): VerbAnswer<"useCoupon"> {
    if (readCouponWord(typed) !== COUPON_WORD)
      return refused(isLikeCouponCode(typed) ? "couponMistyped" : "couponUnknown");
    return this.#register.change((basket, at) => {
      const added = addCoupon({ basket, coupon: { code: COUPON_WORD, promotion: SUMMER.id }, at });
      return added.ok ? ok({ ...added.value, promotions: [SUMMER] }) : added;
    });
  }

  remove(code: string): VerbAnswer<"removeCoupon"> {
    return this.#register.change((basket, at) => {
      const removed = removeCoupon({ basket, code, at });
      return removed.ok ? ok({ ...removed.value, promotions: [] }) : removed;
    });
  }
}
