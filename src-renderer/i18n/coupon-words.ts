/** The words of coupons, in English. */
export const COUPON_ENGLISH = {
  "coupon.title": "Coupon",
  "coupon.label": "Code or word of the coupon",
  "coupon.hint": "Scan the coupon, or type what is on it.",
  "coupon.confirm": "Use the coupon",
  "coupon.remove": "Take the coupon {code} off",
  "coupon.used": "Used",
  "coupon.notUsed": "Not used yet: nothing fits it that is not reduced already",
  "ordering.menu.coupon": "Coupon",
  "ordering.menu.coupon.hint": "Type its code, or the word that the customer says.",
  "refused.couponMistyped": "A character of this coupon is wrong. Scan it, or type it again.",
  "refused.couponUnknown":
    "This coupon is not known here. If it was given out just now, try again with a connection.",
  "refused.couponRevoked": "This coupon was withdrawn and is not good any more.",
  "refused.couponUsed": "This coupon was used already.",
  "refused.couponExpired": "This coupon has expired.",
  "refused.couponNotNow": "This coupon is not for this time: it holds later, or on other days or hours.",
  "refused.couponNotHere": "This coupon does not hold in this store.",
  "refused.couponNotForCustomer":
    "This coupon is for certain customers. Say who the customer is (F3), if they are one of them.",
  "refused.couponSamePromotion": "There is a coupon for this promotion in the basket already.",
  "refused.couponHeldByAnother": "Another till is using this coupon right now. Try again in a moment.",
  "refused.couponNeedsServer": "Coupons with a code are taken with a connection only.",
  "refused.couponInAnotherBasket": "This coupon lies in another basket of this till.",
  "refused.tooManyCoupons": "No more coupons fit into one basket.",
} as const;
