import type { ReceiptLanguage } from "#domain/receipt/language.ts";

/** The words on an order's slips in one language: the store's, whatever the cashier's screen speaks. */
export interface SlipWords {
  readonly pickSlip: string;
  readonly packingSlip: string;
  readonly shelf: string;
  readonly promised: string;
  readonly pickup: string;
  readonly shipping: string;
  readonly note: string;
  readonly parcels: string;
}

const EN: SlipWords = {
  pickSlip: "Pick slip",
  packingSlip: "Packing slip",
  shelf: "Shelf",
  promised: "Promised for",
  pickup: "Pickup in store",
  shipping: "To be sent",
  note: "Note",
  parcels: "Parcels",
};

const DE: SlipWords = {
  pickSlip: "Pickzettel",
  packingSlip: "Packzettel",
  shelf: "Fach",
  promised: "Zugesagt für",
  pickup: "Abholung im Laden",
  shipping: "Versand",
  note: "Hinweis",
  parcels: "Pakete",
};

const FR: SlipWords = {
  pickSlip: "Bon de préparation",
  packingSlip: "Bon de livraison",
  shelf: "Casier",
  promised: "Promis pour",
  pickup: "Retrait en magasin",
  shipping: "À expédier",
  note: "Message",
  parcels: "Colis",
};

const ES: SlipWords = {
  pickSlip: "Hoja de preparación",
  packingSlip: "Albarán",
  shelf: "Estante",
  promised: "Prometido para",
  pickup: "Recogida en tienda",
  shipping: "Para enviar",
  note: "Nota",
  parcels: "Paquetes",
};

const PL: SlipWords = {
  pickSlip: "Lista kompletacji",
  packingSlip: "Lista pakunkowa",
  shelf: "Półka",
  promised: "Obiecane na",
  pickup: "Odbiór w sklepie",
  shipping: "Do wysyłki",
  note: "Uwaga",
  parcels: "Paczki",
};

const AR: SlipWords = {
  pickSlip: "قائمة التجهيز",
  packingSlip: "قائمة محتويات الطرد",
  shelf: "الرف",
  promised: "الموعد المحدد",
  pickup: "استلام من المتجر",
  shipping: "للشحن",
  note: "ملاحظة",
  parcels: "الطرود",
};

/** The words on an order's slips in each language that paper speaks. */
export const SLIP_WORDS: Readonly<Record<ReceiptLanguage, SlipWords>> = {
  en: EN,
  de: DE,
  fr: FR,
  es: ES,
  pl: PL,
  ar: AR,
};
