import type { Catalogue } from "../catalogue.ts";

/** The words of store credit, in Spanish. */
export const CREDIT_SPANISH = {
  "payment.credit": "Vale de compra",
  "payment.creditShort": "Tarjeta regalo, vale",
  "payment.creditCode": "Código del vale o de la tarjeta regalo",
  "payment.creditHint": "Escanee el vale o la tarjeta, o escriba su código.",
  "payment.creditCheck": "Consultar",
  "payment.creditLeft": "Quedan {amount}",
  "payment.creditSince": "Emitido el {day}",
  "payment.creditOffline": "Según lo último que supo esta caja: no hay conexión.",
  "payment.creditBound": "Sin conexión se pueden tomar como máximo {amount}.",
  "payment.creditAmount": "Importe que se toma",
  "payment.creditOther": "Otro código",
  "payment.takeCredit": "Cobrar {amount} del vale",
  "payment.takeGiftCard": "Cobrar {amount} de la tarjeta regalo",
  "receipt.creditSlip": "Imprimir el vale para pagar",
  "refused.creditMistyped":
    "No es el código de un vale ni de una tarjeta regalo: un carácter no es correcto. Escanéelo o escríbalo de nuevo.",
  "refused.creditUnknown":
    "Este código no se conoce aquí. Si se acaba de emitir o vender en otra tienda, inténtelo de nuevo con conexión.",
  "refused.creditOtherCurrency": "Este código es de otra moneda.",
  "refused.creditHeldByAnother": "Otra caja está cobrando de este código. Inténtelo de nuevo en un momento.",
  "refused.creditEmpty": "En este código no queda nada.",
  "refused.creditAboveOfflineLimit":
    "Sin conexión, aquí se pueden tomar como máximo {most} más de este código.",
  "refused.creditExceedsBalance": "En este código solo quedan {most}.",
  "refused.creditExceedsRemaining": "Un vale o una tarjeta regalo no puede pagar más de lo que falta.",
  "refused.giftCardNeedsMoney":
    "Una tarjeta regalo se compra con dinero: los puntos, vales y otras tarjetas regalo solo pagan los demás artículos.",
  "refused.noCredit": "Con este ticket no se emitió ningún vale ni se vendió ninguna tarjeta regalo.",
} satisfies Partial<Catalogue>;
