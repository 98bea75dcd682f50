/** What a shelf label says besides name and numbers. */
export interface LabelWords {
  readonly lowest30: (price: string) => string;
  readonly before: (price: string) => string;
  readonly per: Readonly<Record<"kg" | "l" | "m" | "piece", (price: string) => string>>;
  readonly from: (pieces: number, price: string) => string;
}

const perUnit = (piece: string): LabelWords["per"] => ({
  kg: (price) => `1 kg = ${price}`,
  l: (price) => `1 l = ${price}`,
  m: (price) => `1 m = ${price}`,
  piece: (price) => `1 ${piece} = ${price}`,
});

const ENGLISH: LabelWords = {
  lowest30: (price) => `Lowest price of the last 30 days: ${price}`,
  before: (price) => `before ${price}`,
  per: perUnit("piece"),
  from: (pieces, price) => `from ${pieces}: ${price} each`,
};

const WORDS: Readonly<Record<string, LabelWords>> = {
  en: ENGLISH,
  de: {
    lowest30: (price) => `Niedrigster Preis der letzten 30 Tage: ${price}`,
    before: (price) => `statt ${price}`,
    per: perUnit("Stück"),
    from: (pieces, price) => `ab ${pieces}: je ${price}`,
  },
  fr: {
    lowest30: (price) => `Prix le plus bas des 30 derniers jours : ${price}`,
    before: (price) => `au lieu de ${price}`,
    per: perUnit("pièce"),
    from: (pieces, price) => `dès ${pieces} : ${price} l’unité`,
  },
  es: {
    lowest30: (price) => `Precio más bajo de los últimos 30 días: ${price}`,
    before: (price) => `antes ${price}`,
    per: perUnit("unidad"),
    from: (pieces, price) => `desde ${pieces}: ${price} c/u`,
  },
  pl: {
    lowest30: (price) => `Najniższa cena z ostatnich 30 dni: ${price}`,
    before: (price) => `zamiast ${price}`,
    per: perUnit("szt."),
    from: (pieces, price) => `od ${pieces}: po ${price}`,
  },
};

/** The words in a store's language; in English where there are none. */
export function labelWords(locale: string): LabelWords {
  return WORDS[locale.split("-")[0] ?? ""] ?? ENGLISH;
}
