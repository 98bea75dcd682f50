import type { CREDIT_ENGLISH } from "./credit-words.ts";

/** The words of store credit, in German. */
export const CREDIT_GERMAN: Readonly<Record<keyof typeof CREDIT_ENGLISH, string>> = {
  "payment.credit": "Guthaben",
  "payment.creditShort": "Geschenkkarte, Guthaben",
  "payment.creditCode": "Code des Guthabens oder der Geschenkkarte",
  "payment.creditHint": "Den Bon oder die Karte scannen oder den Code eintippen.",
  "payment.creditCheck": "Nachsehen",
  "payment.creditLeft": "{amount} übrig",
  "payment.creditSince": "Ausgegeben am {day}",
  "payment.creditOffline": "Nach dem letzten Stand dieser Kasse: es gibt keine Verbindung.",
  "payment.creditBound": "Ohne Verbindung sind davon höchstens {amount} möglich.",
  "payment.creditAmount": "Betrag davon",
  "payment.creditOther": "Anderer Code",
  "payment.takeCredit": "{amount} vom Guthaben nehmen",
  "payment.takeGiftCard": "{amount} von der Geschenkkarte nehmen",
  "receipt.creditSlip": "Bon zum Bezahlen drucken",
  "refused.creditMistyped":
    "Das ist kein Code eines Guthabens oder einer Geschenkkarte: ein Zeichen stimmt nicht. Bitte scannen oder noch einmal eintippen.",
  "refused.creditUnknown":
    "Dieser Code ist hier nicht bekannt. Wurde er gerade in einer anderen Filiale ausgegeben oder verkauft, bitte mit Verbindung noch einmal versuchen.",
  "refused.creditOtherCurrency": "Dieser Code ist in einer anderen Währung.",
  "refused.creditHeldByAnother":
    "Eine andere Kasse nimmt diesen Code gerade an. Bitte gleich noch einmal versuchen.",
  "refused.creditEmpty": "Auf diesem Code ist nichts mehr übrig.",
  "refused.creditAboveOfflineLimit":
    "Ohne Verbindung sind hier höchstens noch {most} von diesem Code möglich.",
  "refused.creditExceedsBalance": "Auf diesem Code sind nur noch {most} übrig.",
  "refused.creditExceedsRemaining":
    "Ein Guthaben oder eine Geschenkkarte kann nicht mehr bezahlen, als noch offen ist.",
  "refused.giftCardNeedsMoney":
    "Eine Geschenkkarte wird mit Geld gekauft: Punkte, Guthaben und andere Geschenkkarten bezahlen nur die Ware daneben.",
  "refused.noCredit": "Mit diesem Beleg wurde kein Guthaben ausgegeben und keine Geschenkkarte verkauft.",
};
