import type { Catalogue } from "../catalogue.ts";

/** The words of weighed goods, typed prices, deposits and customers' prices, in Polish. */
export const PRICE_POLISH = {
  "price.perKilo": "{price}/kg",
  "price.weighed": "{weight} × {price}/kg",
  "price.kilograms": "{weight} kg",
  "price.grams": "{grams} g",
  "price.open": "Cena ręczna",
  "price.tier": "od {from}: {price}",
  "price.before": "wcześniej {price}",
  "price.lowest30": "najniższa cena z ostatnich 30 dni: {price}",
  "price.weigh": "Waga w gramach",
  "price.weighHint": "Wpisz w gramach, ile pokazuje waga.",
  "price.type": "Cena",
  "price.typeHint": "Wpisz, ile to kosztuje.",
  "price.ring": "Nabij",
  "price.ringFor": "Nabij za {price}",
  "price.linked.deposit": "Kaucja",
  "price.linked.levy": "Opłata",
  "price.linked.bag": "Torba",
  "price.groups": "Ceny: {groups}",
  "price.changed.one": "Zmieniła się {count} cena w koszyku.",
  "price.changed.few": "Zmieniły się {count} ceny w koszyku.",
  "price.changed.many": "Zmieniło się {count} cen w koszyku.",
  "price.changed.other": "Zmieniło się {count} ceny w koszyku.",
  "refused.linkedLine": "To należy do artykułu powyżej: zmień lub usuń tamten.",
  "refused.weighedLine": "Zważone opakowanie to jedna sztuka. Następne też zważ.",
  "refused.notOrderable": "Towar na wagę sprzedaje się tylko przy kasie, nie w zamówieniu. Najpierw go usuń.",
  "refused.weightNeeded": "To sprzedaje się na wagę: wpisz, ile gramów waży.",
  "refused.notByWeight":
    "Na etykiecie jest waga, ale ten artykuł nie jest sprzedawany na wagę. Zapytaj centralę.",
  "refused.priceNeeded": "Wpisz, ile to kosztuje.",
  "refused.priceNotPositive": "Wpisz cenę większą od zera.",
  "refused.linkedMissing": "Należąca do tego kaucja, opłata lub torba nie ma tu ceny. Zapytaj centralę.",
  "refused.scaleLabelDamaged":
    "Nie można odczytać etykiety z wagi. Zeskanuj ją ponownie albo zważ opakowanie od nowa.",
} satisfies Partial<Catalogue>;
