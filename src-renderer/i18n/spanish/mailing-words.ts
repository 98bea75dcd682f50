import type { Catalogue } from "../catalogue.ts";

/** The words of receipts by e-mail and of invoices, in Spanish. */
export const MAILING_SPANISH = {
  "receipt.mail": "Por correo",
  "receipt.invoice": "Factura",
  "mailing.title": "Enviar {number} por correo",
  "mailing.email": "Correo electrónico del cliente",
  "mailing.language": "Idioma",
  "mailing.storeLanguage": "El del cliente; si no, el de la tienda",
  "mailing.offline": "Sin conexión. La caja guarda el correo y lo envía sola cuando vuelva la conexión.",
  "mailing.send": "Enviar",
  "mailing.notAnAddress": "Aún no es un correo electrónico. Tiene la forma nombre@example.com.",
  "mailing.handedOver": "En camino a {email}.",
  "mailing.waits":
    "Anotado para {email}. El correo de esta tienda aún no está configurado, así que puede tardar. Imprima el ticket si el cliente lo necesita ahora.",
  "mailing.kept": "Se enviará a {email} cuando vuelva la conexión.",
  "invoice.title": "Factura del ticket {number}",
  "invoice.name": "Empresa",
  "invoice.vatId": "NIF-IVA, si lo tiene",
  "invoice.street": "Calle y número",
  "invoice.town": "Código postal y población",
  "invoice.country": "País, si es otro",
  "invoice.issue": "Hacer la factura",
  "invoice.issued": "Factura {number}",
  "invoice.printed": "La factura se está imprimiendo.",
  "invoice.notPrinted": "No hay impresora configurada. Envíe la factura por correo.",
  "refused.noSuchInvoice": "Esta caja no ha hecho esta factura.",
  "refused.mailRefused": "El servidor no acepta este correo. Compruebe la dirección e inténtelo de nuevo.",
  "refused.nothingSold": "En este ticket no se vendió nada: no hay nada que facturar.",
  "refused.recipientIncomplete": "Una factura necesita el nombre y la dirección de la empresa.",
  "refused.vatIdNotValid": "Un NIF-IVA solo tiene letras y cifras, por ejemplo ESB12345678.",
} satisfies Partial<Catalogue>;
