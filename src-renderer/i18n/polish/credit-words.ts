import type { Catalogue } from "../catalogue.ts";

/** The words of store credit, in Polish. */
export const CREDIT_POLISH = {
  "payment.credit": "Bon towarowy",
  "payment.creditShort": "Podarunkowa, bon",
  "payment.creditCode": "Kod bonu towarowego lub karty podarunkowej",
  "payment.creditHint": "Zeskanuj bon lub kartę albo wpisz kod.",
  "payment.creditCheck": "Sprawdź",
  "payment.creditLeft": "zostało {amount}",
  "payment.creditSince": "Wydano {day}",
  "payment.creditOffline": "Stan ostatnio znany tej kasie: nie ma połączenia.",
  "payment.creditBound": "Bez połączenia można pobrać najwyżej {amount}.",
  "payment.creditAmount": "Kwota do pobrania",
  "payment.creditOther": "Inny kod",
  "payment.takeCredit": "Pobierz {amount} z bonu",
  "payment.takeGiftCard": "Pobierz {amount} z karty podarunkowej",
  "receipt.creditSlip": "Drukuj bon do płacenia",
  "refused.creditMistyped":
    "To nie jest kod bonu ani karty podarunkowej: jakiś znak się nie zgadza. Zeskanuj go albo wpisz ponownie.",
  "refused.creditUnknown":
    "Ten kod jest tu nieznany. Jeśli wydano lub sprzedano go przed chwilą w innym sklepie, spróbuj ponownie z połączeniem.",
  "refused.creditOtherCurrency": "Ten kod jest w innej walucie.",
  "refused.creditHeldByAnother": "Z tego kodu pobiera właśnie inna kasa. Spróbuj za chwilę.",
  "refused.creditEmpty": "Na tym kodzie nic nie zostało.",
  "refused.creditAboveOfflineLimit": "Bez połączenia można tu pobrać z tego kodu najwyżej {most}.",
  "refused.creditExceedsBalance": "Na tym kodzie zostało tylko {most}.",
  "refused.creditExceedsRemaining":
    "Bonem ani kartą podarunkową nie można zapłacić więcej, niż zostało do zapłaty.",
  "refused.giftCardNeedsMoney":
    "Kartę podarunkową kupuje się za pieniądze: punktami, bonami i innymi kartami podarunkowymi płaci się tylko za towar obok niej.",
  "refused.noCredit": "Z tym paragonem nie wydano bonu ani nie sprzedano karty podarunkowej.",
} satisfies Partial<Catalogue>;
