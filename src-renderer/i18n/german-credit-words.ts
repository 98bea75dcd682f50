import type { CREDIT_ENGLISH } from "./credit-words.ts";

/** The words of store credit, in German. */
export const CREDIT_GERMAN: Readonly<Record<keyof typeof CREDIT_ENGLISH, string>> = {
  "payment.credit": "Guthaben",
  "payment.creditShort": "Guthaben",
  "payment.creditCode": "Code des Guthabens",
  "payment.creditHint": "Den Bon scannen oder seinen Code eintippen.",
  "payment.creditCheck": "Nachsehen",
  "payment.creditLeft": "{amount} übrig",
  "payment.creditSince": "Ausgegeben am {day}",
  "payment.creditOffline": "Nach dem letzten Stand dieser Kasse: es gibt keine Verbindung.",
  "payment.creditBound": "Ohne Verbindung sind davon höchstens {amount} möglich.",
  "payment.creditAmount": "Betrag vom Guthaben",
  "payment.creditOther": "Anderer Code",
  "payment.takeCredit": "{amount} vom Guthaben nehmen",
  "receipt.creditSlip": "Guthabenbon drucken",
  "refused.creditMistyped":
    "Das ist kein Code eines Guthabens: ein Zeichen stimmt nicht. Bitte scannen oder noch einmal eintippen.",
  "refused.creditUnknown":
    "Dieses Guthaben ist hier nicht bekannt. Wurde es gerade in einer anderen Filiale ausgegeben, bitte mit Verbindung noch einmal versuchen.",
  "refused.creditOtherCurrency": "Dieses Guthaben ist in einer anderen Währung.",
  "refused.creditHeldByAnother":
    "Eine andere Kasse nimmt dieses Guthaben gerade an. Bitte gleich noch einmal versuchen.",
  "refused.creditEmpty": "Von diesem Guthaben ist nichts mehr übrig.",
  "refused.creditAboveOfflineLimit":
    "Ohne Verbindung sind hier höchstens noch {most} von diesem Guthaben möglich.",
  "refused.creditExceedsBalance": "Von diesem Guthaben sind nur noch {most} übrig.",
  "refused.creditExceedsRemaining": "Ein Guthaben kann nicht mehr bezahlen, als noch offen ist.",
  "refused.noCredit": "Mit diesem Beleg wurde kein Guthaben ausgegeben.",
};
