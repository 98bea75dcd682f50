import type { Catalogue } from "../catalogue.ts";

/** The words of gift cards, in Spanish. */
export const GIFT_CARD_SPANISH = {
  "payment.giftCard": "Tarjeta regalo",
  "giftCard.title": "Tarjeta regalo",
  "giftCard.code": "Código de la tarjeta regalo",
  "giftCard.hint": "Escanee la tarjeta o escriba su código.",
  "giftCard.look": "Consultar",
  "giftCard.new": "Nueva tarjeta de esta caja",
  "giftCard.newHint": "La caja crea un código y lo imprime en un vale para regalar.",
  "giftCard.newCard": "Una tarjeta nueva",
  "giftCard.fresh": "Aún sin vender",
  "giftCard.left": "Saldo: {amount}",
  "giftCard.since": "Vendida el {day}",
  "giftCard.offline":
    "Según lo último que supo esta caja: no hay conexión. Lo que otras cajas hicieron después no se sabe aquí.",
  "giftCard.most": "Se le pueden cargar como máximo {amount} más.",
  "giftCard.full": "No se le puede cargar más.",
  "giftCard.amount": "Importe",
  "giftCard.sell": "Vender por {amount}",
  "giftCard.load": "Recargar {amount}",
  "giftCard.other": "Otra tarjeta",
  "giftCard.inBasket": "En la cesta: {amount}. La tarjeta vale en cuanto se pague.",
  "giftCard.payOut": "Devolver el dinero",
  "giftCard.payOut.what": "Solo lo que hay en una tarjeta aún sin usar. Después no queda nada en ella.",
  "giftCard.payOut.confirm": "Devolver {amount}",
  "giftCard.payOut.done": "Entregue {amount} al cliente. En la tarjeta no queda nada.",
  "giftCard.payOut.reason.unwanted": "Al final no la quiere",
  "giftCard.payOut.reason.error": "Vendida por error",
  "refused.giftCardUsed":
    "Esta tarjeta regalo ya se usó. Lo que queda se puede gastar, o lo reembolsa la central.",
  "giftCard.menu": "Tarjeta regalo",
  "giftCard.menu.hint": "Vender, recargar o consultar el saldo",
  "receipt.ontoGiftCard": "{amount} de vuelta a la tarjeta regalo",
  "receipt.giftCardSlip": "Para regalar",
  "payment.giveBack.onto": "A la tarjeta regalo …{tail}",
  "payment.giveBack.ontoDo": "Devolver {amount} a la tarjeta regalo",
  "payment.giveBack.ontoHint": "Escanee una tarjeta regalo para devolverlo a esa tarjeta.",
  "payment.giveBack.ontoNone": "Mejor dar un código propio",
  "refused.giftCardLine":
    "Una tarjeta regalo es una unidad, se paga entera y no va en ningún pedido. Quite la línea y regístrela de nuevo.",
  "refused.giftCardAboveLimit": "A esta tarjeta regalo se le pueden cargar como máximo {most} más.",
} satisfies Partial<Catalogue>;
