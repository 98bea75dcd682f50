import type { Catalogue } from "../catalogue.ts";

/** The words of coupons, in Arabic. */
export const COUPON_ARABIC = {
  "coupon.title": "قسيمة",
  "coupon.label": "رمز القسيمة أو كلمتها",
  "coupon.hint": "امسح القسيمة، أو اكتب ما عليها.",
  "coupon.confirm": "استخدام القسيمة",
  "coupon.remove": "إزالة القسيمة {code}",
  "coupon.used": "مستخدمة",
  "coupon.notUsed": "لم تُستخدم بعد: لا يناسبها صنف ليس مخفضًا",
  "ordering.menu.coupon": "قسيمة",
  "ordering.menu.coupon.hint": "اكتب رمزها، أو الكلمة التي يقولها العميل.",
  "refused.couponMistyped": "في هذه القسيمة حرف خاطئ. امسحها، أو اكتبها مجددًا.",
  "refused.couponUnknown": "هذه القسيمة غير معروفة هنا. إن صدرت للتو فحاول مجددًا مع اتصال.",
  "refused.couponRevoked": "سُحبت هذه القسيمة ولم تعد صالحة.",
  "refused.couponUsed": "استُخدمت هذه القسيمة من قبل.",
  "refused.couponExpired": "انتهت صلاحية هذه القسيمة.",
  "refused.couponNotNow": "هذه القسيمة ليست لهذا الوقت: تسري لاحقًا، أو في أيام أو ساعات أخرى.",
  "refused.couponNotHere": "لا تسري هذه القسيمة في هذا الفرع.",
  "refused.couponNotForCustomer": "هذه القسيمة لعملاء معيّنين. حدّد العميل (F3) إن كان منهم.",
  "refused.couponSamePromotion": "في السلة قسيمة لهذا العرض بالفعل.",
  "refused.couponHeldByAnother": "صندوق آخر يستخدم هذه القسيمة الآن. حاول مجددًا بعد لحظة.",
  "refused.couponNeedsServer": "لا تُقبل القسائم ذات الرموز إلا مع اتصال.",
  "refused.couponInAnotherBasket": "هذه القسيمة في سلة أخرى على هذا الصندوق.",
  "refused.tooManyCoupons": "لا تتسع السلة الواحدة لقسائم أكثر.",
} satisfies Partial<Catalogue>;
