import type { GIFT_CARD_ENGLISH } from "./gift-card-words.ts";

/** The words of gift cards, in German. */
export const GIFT_CARD_GERMAN: Readonly<Record<keyof typeof GIFT_CARD_ENGLISH, string>> = {
  "payment.giftCard": "Geschenkkarte",
  "giftCard.title": "Geschenkkarte",
  "giftCard.code": "Code der Geschenkkarte",
  "giftCard.hint": "Die Karte scannen oder ihren Code eintippen.",
  "giftCard.look": "Nachsehen",
  "giftCard.new": "Neue Karte von dieser Kasse",
  "giftCard.newHint": "Die Kasse macht einen Code und druckt ihn auf einen Bon zum Verschenken.",
  "giftCard.newCard": "Eine neue Karte",
  "giftCard.fresh": "Noch nicht verkauft",
  "giftCard.left": "{amount} darauf",
  "giftCard.since": "Verkauft am {day}",
  "giftCard.offline":
    "Nach dem letzten Stand dieser Kasse: es gibt keine Verbindung. Was andere Kassen seither taten, ist hier nicht bekannt.",
  "giftCard.most": "Höchstens {amount} passen noch darauf.",
  "giftCard.full": "Mehr passt nicht darauf.",
  "giftCard.amount": "Betrag",
  "giftCard.sell": "Für {amount} verkaufen",
  "giftCard.load": "{amount} aufladen",
  "giftCard.other": "Andere Karte",
  "giftCard.inBasket": "Im Warenkorb: {amount}. Die Karte gilt, sobald bezahlt ist.",
  "giftCard.payOut": "Geld zurückgeben",
  "giftCard.payOut.what":
    "Nur was auf einer Karte ist, die noch nicht benutzt wurde. Danach ist nichts mehr darauf.",
  "giftCard.payOut.confirm": "{amount} zurückgeben",
  "giftCard.payOut.done": "Der Kundschaft {amount} geben. Auf der Karte ist nichts mehr.",
  "giftCard.payOut.reason.unwanted": "Doch nicht gewünscht",
  "giftCard.payOut.reason.error": "Aus Versehen verkauft",
  "refused.giftCardUsed":
    "Diese Geschenkkarte wurde schon benutzt. Der Rest kann ausgegeben werden, oder die Zentrale zahlt ihn aus.",
  "giftCard.menu": "Geschenkkarte",
  "giftCard.menu.hint": "Verkaufen, aufladen oder nachsehen, was darauf ist",
  "receipt.ontoGiftCard": "{amount} zurück auf die Geschenkkarte",
  "receipt.giftCardSlip": "Zum Verschenken",
  "payment.giveBack.onto": "Auf die Geschenkkarte …{tail}",
  "payment.giveBack.ontoDo": "{amount} auf die Geschenkkarte geben",
  "payment.giveBack.ontoHint": "Eine Geschenkkarte scannen, um stattdessen auf sie zu erstatten.",
  "payment.giveBack.ontoNone": "Doch einen eigenen Code ausgeben",
  "refused.giftCardLine":
    "Eine Geschenkkarte ist ein Stück, wird voll bezahlt und kommt in keinen Auftrag. Bitte die Zeile entfernen und neu eingeben.",
  "refused.giftCardAboveLimit": "Auf diese Geschenkkarte passen höchstens noch {most}.",
};
