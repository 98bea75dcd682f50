import type { CaseKind } from "#domain/cases/status.ts";

/** The words on a case's slips in one language: the store's, whatever the cashier's screen speaks. */
export interface CaseSlipWords {
  readonly kinds: Readonly<Record<CaseKind, string>>;
  readonly customerCopy: string;
  readonly workshopCopy: string;
  readonly opened: string;
  readonly until: string;
  readonly product: string;
  readonly serial: string;
  readonly purchase: string;
  readonly fault: string;
  readonly condition: string;
  readonly accessories: string;
  readonly customer: string;
  readonly phone: string;
  readonly notes: string;
  readonly bring: string;
  readonly signature: string;
}

const EN: CaseSlipWords = {
  kinds: { complaint: "Complaint", warranty: "Warranty", repair: "Repair" },
  customerCopy: "For the customer",
  workshopCopy: "For the workshop",
  opened: "Handed in",
  until: "You hear from us by",
  product: "Article",
  serial: "Serial number",
  purchase: "Bought with",
  fault: "What is wrong",
  condition: "Condition",
  accessories: "Left with it",
  customer: "Customer",
  phone: "Phone",
  notes: "Notes",
  bring: "Please bring this slip when you collect it.",
  signature: "Signature",
};

const DE: CaseSlipWords = {
  kinds: { complaint: "Reklamation", warranty: "Garantie", repair: "Reparatur" },
  customerCopy: "Für die Kundschaft",
  workshopCopy: "Für die Werkstatt",
  opened: "Angenommen",
  until: "Sie hören von uns bis",
  product: "Artikel",
  serial: "Seriennummer",
  purchase: "Gekauft mit",
  fault: "Was fehlt",
  condition: "Zustand",
  accessories: "Dazu abgegeben",
  customer: "Kundschaft",
  phone: "Telefon",
  notes: "Notizen",
  bring: "Bitte bringen Sie diesen Zettel zur Abholung mit.",
  signature: "Unterschrift",
};

const WORDS: Readonly<Record<string, CaseSlipWords>> = { en: EN, de: DE };

/** The words for a locale (BCP 47), English where we have none of its language. */
export function caseSlipWords(locale: string): CaseSlipWords {
  return WORDS[locale.split("-")[0]?.toLowerCase() ?? ""] ?? EN;
}
