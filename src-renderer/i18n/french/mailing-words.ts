import type { Catalogue } from "../catalogue.ts";

/** The words of receipts by e-mail and of invoices, in French. */
export const MAILING_FRENCH = {
  "receipt.mail": "Par e-mail",
  "receipt.invoice": "Facture",
  "mailing.title": "Envoyer {number} par e-mail",
  "mailing.email": "Adresse e-mail du client",
  "mailing.language": "Langue",
  "mailing.storeLanguage": "Celle du client, sinon celle du magasin",
  "mailing.offline":
    "Pas de connexion. La caisse garde l’e-mail et l’envoie toute seule quand la connexion est de retour.",
  "mailing.send": "Envoyer",
  "mailing.notAnAddress": "Ce n’est pas encore une adresse e-mail. Elle ressemble à nom@example.com.",
  "mailing.handedOver": "En route vers {email}.",
  "mailing.waits":
    "Noté pour {email}. L’envoi d’e-mails n’est pas encore configuré, cela peut donc prendre du temps. Imprimez le ticket si le client en a besoin maintenant.",
  "mailing.kept": "Sera envoyé à {email} quand la connexion sera de retour.",
  "invoice.title": "Facture du ticket {number}",
  "invoice.name": "Société",
  "invoice.vatId": "N° de TVA, s’il y en a un",
  "invoice.street": "Rue et numéro",
  "invoice.town": "Code postal et ville",
  "invoice.country": "Pays, si à l’étranger",
  "invoice.issue": "Établir la facture",
  "invoice.issued": "Facture {number}",
  "invoice.printed": "La facture s’imprime.",
  "invoice.notPrinted": "Aucune imprimante configurée. Envoyez la facture par e-mail.",
  "refused.noSuchInvoice": "Cette caisse n’a pas établi cette facture.",
  "refused.mailRefused": "Le serveur n’accepte pas cet e-mail. Vérifiez l’adresse, puis réessayez.",
  "refused.nothingSold": "Rien n’a été vendu sur ce ticket, il n’y a donc rien à facturer.",
  "refused.recipientIncomplete": "Une facture demande le nom et l’adresse de la société.",
  "refused.vatIdNotValid": "Un numéro de TVA n’a que des lettres et des chiffres, par exemple FR12345678901.",
} satisfies Partial<Catalogue>;
