import type { Catalogue } from "../catalogue.ts";

/** The words of coupons, in Spanish. */
export const COUPON_SPANISH = {
  "coupon.title": "Cupón",
  "coupon.label": "Código o palabra del cupón",
  "coupon.hint": "Escanee el cupón o escriba lo que pone.",
  "coupon.confirm": "Usar el cupón",
  "coupon.remove": "Quitar el cupón {code}",
  "coupon.used": "Usado",
  "coupon.notUsed": "Aún sin usar: no hay nada a lo que se aplique que no esté ya rebajado",
  "ordering.menu.coupon": "Cupón",
  "ordering.menu.coupon.hint": "Escriba su código o la palabra que diga el cliente.",
  "refused.couponMistyped": "Un carácter de este cupón no es correcto. Escanéelo o escríbalo de nuevo.",
  "refused.couponUnknown":
    "Este cupón no se conoce aquí. Si se acaba de entregar, inténtelo de nuevo con conexión.",
  "refused.couponRevoked": "Este cupón se retiró y ya no vale.",
  "refused.couponUsed": "Este cupón ya se usó.",
  "refused.couponExpired": "Este cupón ha caducado.",
  "refused.couponNotNow": "Este cupón no vale ahora: empieza más tarde, o es para otros días u horas.",
  "refused.couponNotHere": "Este cupón no vale en esta tienda.",
  "refused.couponNotForCustomer":
    "Este cupón es para ciertos clientes. Indique quién es el cliente (F3), si es uno de ellos.",
  "refused.couponSamePromotion": "En la cesta ya hay un cupón para esta promoción.",
  "refused.couponHeldByAnother": "Otra caja está usando este cupón. Inténtelo de nuevo en un momento.",
  "refused.couponNeedsServer": "Los cupones con código solo se aceptan con conexión.",
  "refused.couponInAnotherBasket": "Este cupón está en otra cesta de esta caja.",
  "refused.tooManyCoupons": "No caben más cupones en una cesta.",
} satisfies Partial<Catalogue>;
