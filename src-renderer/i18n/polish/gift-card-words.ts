import type { Catalogue } from "../catalogue.ts";

/** The words of gift cards, in Polish. */
export const GIFT_CARD_POLISH = {
  "payment.giftCard": "Karta podarunkowa",
  "giftCard.title": "Karta podarunkowa",
  "giftCard.code": "Kod karty podarunkowej",
  "giftCard.hint": "Zeskanuj kartę albo wpisz jej kod.",
  "giftCard.look": "Sprawdź",
  "giftCard.new": "Nowa karta z tej kasy",
  "giftCard.newHint": "Kasa tworzy kod i drukuje go na bonie do podarowania.",
  "giftCard.newCard": "Nowa karta",
  "giftCard.fresh": "Jeszcze niesprzedana",
  "giftCard.left": "{amount} na karcie",
  "giftCard.since": "Sprzedano {day}",
  "giftCard.offline":
    "Stan ostatnio znany tej kasie: nie ma połączenia. Co od tego czasu zrobiły inne kasy, nie wiadomo.",
  "giftCard.most": "Można jeszcze doładować najwyżej {amount}.",
  "giftCard.full": "Nie można już doładować tej karty.",
  "giftCard.amount": "Kwota",
  "giftCard.sell": "Sprzedaj za {amount}",
  "giftCard.load": "Doładuj {amount}",
  "giftCard.other": "Inna karta",
  "giftCard.inBasket": "W koszyku: {amount}. Karta jest ważna po zapłaceniu.",
  "giftCard.payOut": "Wypłać pieniądze",
  "giftCard.payOut.what": "Tylko środki z karty, której jeszcze nie użyto. Potem nic na niej nie zostaje.",
  "giftCard.payOut.confirm": "Wypłać {amount}",
  "giftCard.payOut.done": "Wypłać klientowi {amount}. Na karcie nic nie zostało.",
  "giftCard.payOut.reason.unwanted": "Jednak niepotrzebna",
  "giftCard.payOut.reason.error": "Sprzedana przez pomyłkę",
  "refused.giftCardUsed":
    "Tej karty podarunkowej już użyto. Resztę można wydać na zakupy albo wypłaca ją centrala.",
  "giftCard.menu": "Karta podarunkowa",
  "giftCard.menu.hint": "Sprzedaj, doładuj albo sprawdź stan",
  "receipt.ontoGiftCard": "{amount} z powrotem na kartę podarunkową",
  "receipt.giftCardSlip": "Do podarowania",
  "payment.giveBack.onto": "Na kartę podarunkową …{tail}",
  "payment.giveBack.ontoDo": "Zwróć {amount} na kartę podarunkową",
  "payment.giveBack.ontoHint": "Zeskanuj kartę podarunkową, aby zwrócić środki na nią.",
  "payment.giveBack.ontoNone": "Wydaj jednak osobny kod",
  "refused.giftCardLine":
    "Karta podarunkowa to jedna sztuka, płatna w całości i poza zamówieniami. Usuń pozycję i wpisz ją od nowa.",
  "refused.giftCardAboveLimit": "Tę kartę podarunkową można jeszcze doładować najwyżej o {most}.",
} satisfies Partial<Catalogue>;
