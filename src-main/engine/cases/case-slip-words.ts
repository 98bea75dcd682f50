import type { CaseKind } from "#domain/cases/status.ts";
import type { ReceiptLanguage } from "#domain/receipt/language.ts";

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

const FR: CaseSlipWords = {
  kinds: { complaint: "Réclamation", warranty: "Garantie", repair: "Réparation" },
  customerCopy: "Pour le client",
  workshopCopy: "Pour l’atelier",
  opened: "Reçu le",
  until: "Réponse au plus tard le",
  product: "Article",
  serial: "Numéro de série",
  purchase: "Acheté avec",
  fault: "Défaut",
  condition: "État",
  accessories: "Remis avec",
  customer: "Client",
  phone: "Téléphone",
  notes: "Notes",
  bring: "Merci d’apporter ce bon pour le retrait.",
  signature: "Signature",
};

const ES: CaseSlipWords = {
  kinds: { complaint: "Reclamación", warranty: "Garantía", repair: "Reparación" },
  customerCopy: "Para el cliente",
  workshopCopy: "Para el taller",
  opened: "Recibido el",
  until: "Le responderemos antes del",
  product: "Artículo",
  serial: "Número de serie",
  purchase: "Comprado con",
  fault: "Qué le pasa",
  condition: "Estado",
  accessories: "Entregado con él",
  customer: "Cliente",
  phone: "Teléfono",
  notes: "Notas",
  bring: "Traiga este resguardo cuando venga a recogerlo.",
  signature: "Firma",
};

const PL: CaseSlipWords = {
  kinds: { complaint: "Reklamacja", warranty: "Gwarancja", repair: "Naprawa" },
  customerCopy: "Dla klienta",
  workshopCopy: "Dla serwisu",
  opened: "Przyjęto",
  until: "Odpowiemy do",
  product: "Artykuł",
  serial: "Numer seryjny",
  purchase: "Kupiono z",
  fault: "Opis usterki",
  condition: "Stan",
  accessories: "Oddano razem z nim",
  customer: "Klient",
  phone: "Telefon",
  notes: "Notatki",
  bring: "Prosimy zabrać to potwierdzenie przy odbiorze.",
  signature: "Podpis",
};

const AR: CaseSlipWords = {
  kinds: { complaint: "شكوى", warranty: "ضمان", repair: "إصلاح" },
  customerCopy: "نسخة العميل",
  workshopCopy: "نسخة الورشة",
  opened: "تاريخ الاستلام",
  until: "نرد عليكم قبل",
  product: "السلعة",
  serial: "الرقم التسلسلي",
  purchase: "من المشتريات رقم",
  fault: "العيب",
  condition: "الحالة",
  accessories: "سُلّم معها",
  customer: "العميل",
  phone: "الهاتف",
  notes: "ملاحظات",
  bring: "يُرجى إحضار هذا الإيصال عند الاستلام.",
  signature: "التوقيع",
};

/** The words on a case's slips in each language that paper speaks. */
export const CASE_SLIP_WORDS: Readonly<Record<ReceiptLanguage, CaseSlipWords>> = {
  en: EN,
  de: DE,
  fr: FR,
  es: ES,
  pl: PL,
  ar: AR,
};
