import type { Catalogue } from "../catalogue.ts";

/** The words of coupons, in French. */
export const COUPON_FRENCH = {
  "coupon.title": "Bon de réduction",
  "coupon.label": "Code ou mot du bon",
  "coupon.hint": "Scannez le bon ou saisissez ce qui y figure.",
  "coupon.confirm": "Utiliser le bon",
  "coupon.remove": "Retirer le bon {code}",
  "coupon.used": "Utilisé",
  "coupon.notUsed": "Pas encore utilisé : rien n’y correspond qui ne soit déjà réduit",
  "ordering.menu.coupon": "Bon de réduction",
  "ordering.menu.coupon.hint": "Saisissez son code, ou le mot que dit le client.",
  "refused.couponMistyped": "Un caractère de ce bon est faux. Scannez-le ou saisissez-le à nouveau.",
  "refused.couponUnknown": "Ce bon est inconnu ici. S’il vient d’être émis, réessayez avec une connexion.",
  "refused.couponRevoked": "Ce bon a été retiré et n’est plus valable.",
  "refused.couponUsed": "Ce bon a déjà été utilisé.",
  "refused.couponExpired": "Ce bon a expiré.",
  "refused.couponNotNow":
    "Ce bon n’est pas pour maintenant : il vaut plus tard, ou d’autres jours ou heures.",
  "refused.couponNotHere": "Ce bon n’est pas valable dans ce magasin.",
  "refused.couponNotForCustomer":
    "Ce bon est réservé à certains clients. Indiquez qui est le client (F3), s’il en fait partie.",
  "refused.couponSamePromotion": "Il y a déjà un bon pour cette promotion dans le panier.",
  "refused.couponHeldByAnother": "Une autre caisse utilise ce bon en ce moment. Réessayez dans un instant.",
  "refused.couponNeedsServer": "Les bons à code ne sont pris qu’avec une connexion.",
  "refused.couponInAnotherBasket": "Ce bon est dans un autre panier de cette caisse.",
  "refused.tooManyCoupons": "Un panier ne peut pas contenir plus de bons.",
} satisfies Partial<Catalogue>;
