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
  readonly pieces: (count: number) => string;
  readonly testPage: string;
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
  pieces: (count) => (count === 1 ? "1 item" : `${count} items`),
  testPage: "The printer works",
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
  pieces: (count) => `${count} Artikel`,
  testPage: "Der Drucker funktioniert",
};

const WORDS: Readonly<Record<string, ReceiptWords>> = { en: EN, de: DE };

/** The words for a locale (BCP 47), English where we have none of its language. */
export function receiptWords(locale: string): ReceiptWords {
  return WORDS[locale.split("-")[0]?.toLowerCase() ?? ""] ?? EN;
}
