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

const WORDS: Readonly<Record<string, SlipWords>> = { en: EN, de: DE };

/** The words for a locale (BCP 47), English where we have none of its language. */
export function slipWords(locale: string): SlipWords {
  return WORDS[locale.split("-")[0]?.toLowerCase() ?? ""] ?? EN;
}
