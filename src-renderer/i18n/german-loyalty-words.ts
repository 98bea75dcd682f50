import type { LOYALTY_ENGLISH } from "./loyalty-words.ts";

/** The words of the loyalty programme, in German. */
export const LOYALTY_GERMAN: Readonly<Record<keyof typeof LOYALTY_ENGLISH, string>> = {
  "loyalty.points.one": "1 Punkt",
  "loyalty.points.other": "{count} Punkte",
  "loyalty.earns.one": "+1 mit diesem Einkauf",
  "loyalty.earns.other": "+{count} mit diesem Einkauf",
  "loyalty.title": "Punkte",
  "loyalty.worth": "{amount} wert",
  "loyalty.next": "Noch {count} bis {tier}",
  "loyalty.expiry": "Davon verfallen am {day}: {count}",
  "loyalty.belowZero": "Es wurden mehr Punkte zurückgenommen, als da waren: die nächsten gleichen es aus.",
  "loyalty.offline": "Nach dem letzten Stand dieser Kasse: es gibt keine Verbindung.",
  "loyalty.entries": "Was die Punkte bewegt hat",
  "loyalty.none": "Noch keine Punkte.",
  "loyalty.kind.earned": "Gesammelt",
  "loyalty.kind.burned": "Mit Punkten bezahlt",
  "loyalty.kind.takenBack": "Mit einer Rückgabe zurückgenommen",
  "loyalty.kind.givenBack": "Mit einer Rückgabe zurückgegeben",
  "loyalty.kind.expired": "Verfallen",
  "loyalty.kind.adjusted": "Berichtigt",
  "payment.points": "Punkte",
  "payment.pointsSteps": "{step} Punkte zahlen {worth}",
  "payment.pointsAmount": "Einzulösende Punkte",
  "payment.pointsLess": "Weniger Punkte",
  "payment.pointsMore": "Mehr Punkte",
  "payment.takePoints": "{amount} mit {count} Punkten zahlen",
  "payment.pointsFrom": "Ab {count} Punkten kann bezahlt werden",
  "payment.pointsBound": "Ohne Verbindung sind davon höchstens {count} möglich.",
  "payment.giveBack.points": "Punkte",
  "payment.giveBack.pointsHint":
    "Was mit Punkten bezahlt war, geht als Punkte an die Person zurück, die damit bezahlt hat.",
  "payment.giveBack.pointsDo": "{amount} als Punkte zurückgeben",
  "receipt.points": "{amount} als Punkte",
  "refused.pointsNoCustomer":
    "Mit Punkten zahlt, wer bekannt ist: zuerst die Kundschaft an den Warenkorb nehmen.",
  "refused.pointsPayNothing": "Mit Punkten lässt sich in dieser Filiale nicht zahlen.",
  "refused.pointsOtherCurrency": "In dieser Währung lässt sich nicht mit Punkten zahlen.",
  "refused.pointsHeldByAnother":
    "Eine andere Kasse löst diese Punkte gerade ein. Gleich noch einmal versuchen.",
  "refused.pointsTooFew": "Es sind zu wenige Punkte, um damit zu zahlen.",
  "refused.pointsAboveOfflineLimit":
    "Ohne Verbindung können hier keine weiteren Punkte dieser Person eingelöst werden.",
  "refused.pointsNotInSteps": "Punkte werden nur in ganzen Stufen eingelöst.",
  "refused.pointsTooMany": "So viele Punkte können nicht mehr eingelöst werden.",
  "refused.pointsExceedRemaining": "Punkte können nicht mehr bezahlen, als noch offen ist.",
};
