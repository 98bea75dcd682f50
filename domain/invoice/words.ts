import type { ReceiptLanguage } from "../receipt/language.ts";

/** The words of an invoice in one language, besides those of a receipt. */
export interface InvoiceWords {
  readonly title: string;
  readonly number: string;
  readonly issuedOn: string;
  readonly suppliedOn: string;
  readonly recipient: string;
  /** After the price of one piece. */
  readonly withoutTax: string;
}

export const INVOICE_WORDS: Readonly<Record<ReceiptLanguage, InvoiceWords>> = {
  en: {
    title: "Invoice",
    number: "Invoice number",
    issuedOn: "Date of issue",
    suppliedOn: "Date of supply",
    recipient: "Invoice to",
    withoutTax: "without tax",
  },
  de: {
    title: "Rechnung",
    number: "Rechnungsnummer",
    issuedOn: "Rechnungsdatum",
    suppliedOn: "Lieferdatum",
    recipient: "Rechnung an",
    withoutTax: "ohne Steuer",
  },
  fr: {
    title: "Facture",
    number: "Numéro de facture",
    issuedOn: "Date d’émission",
    suppliedOn: "Date de livraison",
    recipient: "Facturé à",
    withoutTax: "hors taxes",
  },
  es: {
    title: "Factura",
    number: "Número de factura",
    issuedOn: "Fecha de expedición",
    suppliedOn: "Fecha de la operación",
    recipient: "Facturado a",
    withoutTax: "sin impuestos",
  },
  pl: {
    title: "Faktura",
    number: "Numer faktury",
    issuedOn: "Data wystawienia",
    suppliedOn: "Data dostawy",
    recipient: "Nabywca",
    withoutTax: "netto",
  },
  ar: {
    title: "فاتورة",
    number: "رقم الفاتورة",
    issuedOn: "تاريخ الإصدار",
    suppliedOn: "تاريخ التوريد",
    recipient: "فاتورة إلى",
    withoutTax: "بدون ضريبة",
  },
};
