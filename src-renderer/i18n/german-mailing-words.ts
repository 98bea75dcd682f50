import type { MAILING_ENGLISH } from "./mailing-words.ts";

/** The words of receipts by e-mail and of invoices, in German. */
export const MAILING_GERMAN: Readonly<Record<keyof typeof MAILING_ENGLISH, string>> = {
  "receipt.mail": "Per E-Mail",
  "receipt.invoice": "Rechnung",
  "mailing.title": "{number} per E-Mail senden",
  "mailing.email": "E-Mail-Adresse der Kundschaft",
  "mailing.language": "Sprache",
  "mailing.storeLanguage": "Die der Kundschaft, sonst die der Filiale",
  "mailing.offline":
    "Keine Verbindung. Die Kasse behält die E-Mail und sendet sie von selbst, sobald die Verbindung wieder da ist.",
  "mailing.send": "Senden",
  "mailing.notAnAddress": "Das ist noch keine E-Mail-Adresse. Sie sieht so aus: name@example.com.",
  "mailing.handedOver": "Unterwegs an {email}.",
  "mailing.waits":
    "Für {email} vorgemerkt. Der Mailversand ist noch nicht eingerichtet, es kann also dauern. Wird der Beleg jetzt gebraucht, bitte drucken.",
  "mailing.kept": "Wird an {email} gesendet, sobald die Verbindung wieder da ist.",
  "invoice.title": "Rechnung über Beleg {number}",
  "invoice.name": "Firma",
  "invoice.vatId": "USt-IdNr., falls vorhanden",
  "invoice.street": "Straße und Hausnummer",
  "invoice.town": "Postleitzahl und Ort",
  "invoice.country": "Land, falls im Ausland",
  "invoice.issue": "Rechnung ausstellen",
  "invoice.issued": "Rechnung {number}",
  "invoice.printed": "Die Rechnung wird gedruckt.",
  "invoice.notPrinted": "Kein Drucker eingerichtet. Senden Sie die Rechnung per E-Mail.",
  "refused.noSuchInvoice": "Diese Kasse hat diese Rechnung nicht ausgestellt.",
  "refused.mailRefused":
    "Der Server nimmt diese E-Mail nicht an. Prüfen Sie die Adresse und versuchen Sie es noch einmal.",
  "refused.nothingSold": "Auf diesem Beleg wurde nichts verkauft, es gibt also nichts zu berechnen.",
  "refused.recipientIncomplete": "Eine Rechnung braucht Namen und Anschrift der Firma.",
  "refused.vatIdNotValid": "Eine USt-IdNr. besteht nur aus Buchstaben und Ziffern, etwa DE123456789.",
};
