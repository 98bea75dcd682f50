import type { Catalogue } from "../catalogue.ts";

/** The words of receipts by e-mail and of invoices, in Polish. */
export const MAILING_POLISH = {
  "receipt.mail": "E-mailem",
  "receipt.invoice": "Faktura",
  "mailing.title": "Wyślij {number} e-mailem",
  "mailing.email": "Adres e-mail klienta",
  "mailing.language": "Język",
  "mailing.storeLanguage": "Klienta, w razie braku tego sklepu",
  "mailing.offline": "Brak połączenia. Kasa zachowa wiadomość i wyśle ją sama, gdy połączenie wróci.",
  "mailing.send": "Wyślij",
  "mailing.notAnAddress": "To jeszcze nie jest adres e-mail. Wygląda on jak imie@przyklad.pl.",
  "mailing.handedOver": "W drodze do {email}.",
  "mailing.waits":
    "Zapisano dla {email}. Poczta tego sklepu nie jest jeszcze ustawiona, więc może to potrwać. Jeśli klient potrzebuje paragonu od razu, wydrukuj go.",
  "mailing.kept": "Zostanie wysłane do {email}, gdy połączenie wróci.",
  "invoice.title": "Faktura do paragonu {number}",
  "invoice.name": "Firma",
  "invoice.vatId": "NIP, jeśli go ma",
  "invoice.street": "Ulica i numer",
  "invoice.town": "Kod i miejscowość",
  "invoice.country": "Kraj, jeśli za granicą",
  "invoice.issue": "Wystaw fakturę",
  "invoice.issued": "Faktura {number}",
  "invoice.printed": "Faktura się drukuje.",
  "invoice.notPrinted": "Nie ustawiono drukarki. Wyślij fakturę e-mailem.",
  "refused.noSuchInvoice": "Tej faktury nie wystawiła ta kasa.",
  "refused.mailRefused": "Serwer nie przyjmuje tej wiadomości. Sprawdź adres i spróbuj ponownie.",
  "refused.nothingSold": "Na tym paragonie nic nie sprzedano, więc nie ma czego fakturować.",
  "refused.recipientIncomplete": "Na fakturze musi być nazwa firmy i jej adres.",
  "refused.vatIdNotValid": "NIP składa się tylko z liter i cyfr, np. PL1234567890.",
} satisfies Partial<Catalogue>;
