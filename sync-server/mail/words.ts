import type { ReceiptLanguage } from "#domain/receipt/language.ts";

/** What a mail says around the document that it brings. `of` is the retailer. */
export interface MailWords {
  readonly subject: (title: string, of: string) => string;
  readonly lead: (of: string) => string;
}

export const MAIL_WORDS: Readonly<Record<ReceiptLanguage, MailWords>> = {
  en: {
    subject: (title, of) => `${title} from ${of}`,
    lead: (of) => `Thank you for shopping at ${of}. Your document is attached as a PDF.`,
  },
  de: {
    subject: (title, of) => `${title} von ${of}`,
    lead: (of) => `Danke für Ihren Einkauf bei ${of}. Das Dokument liegt als PDF bei.`,
  },
  fr: {
    subject: (title, of) => `${title} de ${of}`,
    lead: (of) => `Merci de votre achat chez ${of}. Le document est joint en PDF.`,
  },
  es: {
    subject: (title, of) => `${title} de ${of}`,
    lead: (of) => `Gracias por su compra en ${of}. El documento se adjunta en PDF.`,
  },
  pl: {
    subject: (title, of) => `${title} – ${of}`,
    lead: (of) => `Dziękujemy za zakupy w ${of}. Dokument w formacie PDF jest w załączniku.`,
  },
  ar: {
    subject: (title, of) => `${title} – ${of}`,
    lead: (of) => `شكرًا لتسوقكم لدى ${of}. المستند مرفق بصيغة PDF.`,
  },
};
