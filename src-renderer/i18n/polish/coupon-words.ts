import type { Catalogue } from "../catalogue.ts";

/** The words of coupons, in Polish. */
export const COUPON_POLISH = {
  "coupon.title": "Kupon",
  "coupon.label": "Kod lub hasło kuponu",
  "coupon.hint": "Zeskanuj kupon albo wpisz, co na nim jest.",
  "coupon.confirm": "Użyj kuponu",
  "coupon.remove": "Usuń kupon {code}",
  "coupon.used": "Użyty",
  "coupon.notUsed": "Jeszcze nieużyty: nie pasuje do niego nic, co nie jest już przecenione",
  "ordering.menu.coupon": "Kupon",
  "ordering.menu.coupon.hint": "Wpisz jego kod albo hasło, które podaje klient.",
  "refused.couponMistyped": "Jakiś znak tego kuponu się nie zgadza. Zeskanuj go albo wpisz ponownie.",
  "refused.couponUnknown":
    "Ten kupon jest tu nieznany. Jeśli wydano go przed chwilą, spróbuj ponownie z połączeniem.",
  "refused.couponRevoked": "Ten kupon wycofano i już nie jest ważny.",
  "refused.couponUsed": "Tego kuponu już użyto.",
  "refused.couponExpired": "Ten kupon stracił ważność.",
  "refused.couponNotNow":
    "Ten kupon nie obowiązuje w tej chwili: działa później albo w inne dni lub godziny.",
  "refused.couponNotHere": "Ten kupon nie obowiązuje w tym sklepie.",
  "refused.couponNotForCustomer":
    "Ten kupon jest dla wybranych klientów. Podaj, kto jest klientem (F3), jeśli do nich należy.",
  "refused.couponSamePromotion": "W koszyku jest już kupon na tę promocję.",
  "refused.couponHeldByAnother": "Tego kuponu używa właśnie inna kasa. Spróbuj za chwilę.",
  "refused.couponNeedsServer": "Kupony z kodem przyjmuje się tylko z połączeniem.",
  "refused.couponInAnotherBasket": "Ten kupon leży w innym koszyku tej kasy.",
  "refused.tooManyCoupons": "Więcej kuponów nie zmieści się w jednym koszyku.",
} satisfies Partial<Catalogue>;
