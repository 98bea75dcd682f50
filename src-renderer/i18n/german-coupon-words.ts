import type { COUPON_ENGLISH } from "./coupon-words.ts";

/** The words of coupons, in German. */
export const COUPON_GERMAN: Readonly<Record<keyof typeof COUPON_ENGLISH, string>> = {
  "coupon.title": "Gutschein",
  "coupon.label": "Code oder Wort des Gutscheins",
  "coupon.hint": "Den Gutschein scannen oder eintippen, was darauf steht.",
  "coupon.confirm": "Gutschein einlösen",
  "coupon.remove": "Gutschein {code} entfernen",
  "coupon.used": "Eingelöst",
  "coupon.notUsed": "Noch nicht eingelöst: Dazu passt nichts, was nicht schon reduziert ist",
  "ordering.menu.coupon": "Gutschein",
  "ordering.menu.coupon.hint": "Seinen Code eintippen oder das Wort, das die Kundschaft nennt.",
  "refused.couponMistyped":
    "Ein Zeichen dieses Gutscheins stimmt nicht. Bitte scannen oder noch einmal eintippen.",
  "refused.couponUnknown":
    "Dieser Gutschein ist hier nicht bekannt. Wurde er gerade erst ausgegeben, bitte mit Verbindung noch einmal versuchen.",
  "refused.couponRevoked": "Dieser Gutschein wurde zurückgezogen und gilt nicht mehr.",
  "refused.couponUsed": "Dieser Gutschein wurde schon eingelöst.",
  "refused.couponExpired": "Dieser Gutschein ist abgelaufen.",
  "refused.couponNotNow":
    "Dieser Gutschein gilt jetzt nicht: erst später oder an anderen Tagen und zu anderen Zeiten.",
  "refused.couponNotHere": "Dieser Gutschein gilt nicht in dieser Filiale.",
  "refused.couponNotForCustomer":
    "Dieser Gutschein ist für bestimmte Kundschaft. Bitte angeben, wer es ist (F3), falls sie dazugehört.",
  "refused.couponSamePromotion": "Für diese Aktion liegt schon ein Gutschein im Warenkorb.",
  "refused.couponHeldByAnother":
    "Eine andere Kasse löst diesen Gutschein gerade ein. Bitte gleich noch einmal versuchen.",
  "refused.couponNeedsServer": "Gutscheine mit Code werden nur mit Verbindung angenommen.",
  "refused.couponInAnotherBasket": "Dieser Gutschein liegt in einem anderen Warenkorb dieser Kasse.",
  "refused.tooManyCoupons": "Mehr Gutscheine passen nicht in einen Warenkorb.",
};
