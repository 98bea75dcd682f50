import type { RefundTo } from "#domain/ticket/ticket.ts";

/** The words of a receipt in one language. A receipt speaks its store's language, whatever the cashier's screen speaks. */
export interface ReceiptWords {
  readonly copy: string;
  readonly receipt: string;
  readonly servedBy: string;
  readonly vatId: string;
  readonly discount: string;
  readonly subtotal: string;
  readonly rounding: string;
  readonly total: string;
  readonly taxNet: string;
  readonly cash: string;
  readonly card: string;
  readonly approvalCode: string;
  readonly change: string;
  readonly refundedTo: Readonly<Record<RefundTo["kind"], string>>;
  readonly pieces: (count: number) => string;
  readonly testPage: string;
  readonly paidOnline: string;
  /** Why an ordered line costs less than on the shelf. */
  readonly onlinePrice: string;
  readonly order: string;
  readonly sentTo: string;
  readonly sentToUnknown: string;
  readonly collectedAt: string;
  readonly collectedElsewhere: string;
  readonly confirmed: string;
  readonly unconfirmed: string;
  /** What the receipt's code is for. */
  readonly toReturn: string;
}

const EN: ReceiptWords = {
  copy: "COPY",
  receipt: "Receipt",
  servedBy: "Served by",
  vatId: "VAT ID",
  discount: "Discount",
  subtotal: "Subtotal",
  rounding: "Cash rounding",
  total: "Total",
  taxNet: "on",
  cash: "Cash",
  card: "Card",
  approvalCode: "Approval code",
  change: "Change",
  refundedTo: {
    cash: "Refund in cash",
    card: "Refund to card",
    credit: "Refund as store credit",
    online: "Refund to how it was paid online",
  },
  pieces: (count) => (count === 1 ? "1 item" : `${count} items`),
  testPage: "The printer works",
  paidOnline: "Paid online",
  onlinePrice: "Online price",
  order: "Order",
  sentTo: "Will be sent to",
  sentToUnknown: "Will be sent; the address is still to be given",
  collectedAt: "To be collected at",
  collectedElsewhere: "To be collected in another of our shops",
  confirmed: "This order is confirmed.",
  unconfirmed:
    "This order is NOT CONFIRMED yet: the till had no connection. We will tell you as soon as it is. Should the goods not be available, you get your money back.",
  toReturn: "To return or exchange: scan this code",
};

const DE: ReceiptWords = {
  copy: "KOPIE",
  receipt: "Beleg",
  servedBy: "Es bediente Sie",
  vatId: "USt-IdNr.",
  discount: "Rabatt",
  subtotal: "Zwischensumme",
  rounding: "Rundung",
  total: "Summe",
  taxNet: "auf netto",
  cash: "Bar",
  card: "Karte",
  approvalCode: "Genehmigungsnr.",
  change: "Rückgeld",
  refundedTo: {
    cash: "Erstattung bar",
    card: "Erstattung auf Karte",
    credit: "Erstattung als Guthaben",
    online: "Erstattung wie online bezahlt",
  },
  pieces: (count) => `${count} Artikel`,
  testPage: "Der Drucker funktioniert",
  paidOnline: "Online bezahlt",
  onlinePrice: "Online-Preis",
  order: "Bestellung",
  sentTo: "Wird geschickt an",
  sentToUnknown: "Wird geschickt; die Adresse fehlt noch",
  collectedAt: "Abholung in",
  collectedElsewhere: "Abholung in einer anderen Filiale",
  confirmed: "Diese Bestellung ist bestätigt.",
  unconfirmed:
    "Diese Bestellung ist noch NICHT BESTÄTIGT: Die Kasse hatte keine Verbindung. Wir melden uns, sobald sie es ist. Sollte die Ware nicht verfügbar sein, erhalten Sie Ihr Geld zurück.",
  toReturn: "Für Rückgabe oder Umtausch: diesen Code scannen",
};

const WORDS: Readonly<Record<string, ReceiptWords>> = { en: EN, de: DE };

/** The words for a locale (BCP 47), English where we have none of its language. */
export function receiptWords(locale: string): ReceiptWords {
  return WORDS[locale.split("-")[0]?.toLowerCase() ?? ""] ?? EN;
}
