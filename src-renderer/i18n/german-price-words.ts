import type { PRICE_ENGLISH } from "./price-words.ts";

/** The words of weighed goods, typed prices, deposits and customers' prices, in German. */
export const PRICE_GERMAN: Readonly<Record<keyof typeof PRICE_ENGLISH, string>> = {
  "price.perKilo": "{price}/kg",
  "price.weighed": "{weight} × {price}/kg",
  "price.kilograms": "{weight} kg",
  "price.grams": "{grams} g",
  "price.open": "Preis von Hand",
  "price.tier": "ab {from}: {price}",
  "price.before": "vorher {price}",
  "price.lowest30": "niedrigster Preis der letzten 30 Tage: {price}",
  "price.weigh": "Gewicht in Gramm",
  "price.weighHint": "Eintippen, was die Waage zeigt, in Gramm.",
  "price.type": "Preis",
  "price.typeHint": "Eintippen, was es kostet.",
  "price.ring": "Erfassen",
  "price.ringFor": "Für {price} erfassen",
  "price.linked.deposit": "Pfand",
  "price.linked.levy": "Abgabe",
  "price.linked.bag": "Tüte",
  "price.groups": "Preise: {groups}",
  "price.changed.one": "{count} Preis im Warenkorb hat sich geändert.",
  "price.changed.other": "{count} Preise im Warenkorb haben sich geändert.",
  "refused.linkedLine": "Das gehört zum Artikel darüber: bitte diesen ändern oder entfernen.",
  "refused.weighedLine": "Eine gewogene Packung ist ein Stück. Bitte auch die nächste wiegen.",
  "refused.notOrderable": "Gewogene Ware gibt es nur an der Kasse, nicht als Auftrag. Bitte erst entfernen.",
  "refused.weightNeeded": "Das wird nach Gewicht verkauft: bitte eintippen, wie viel Gramm es wiegt.",
  "refused.notByWeight":
    "Auf dem Etikett steht ein Gewicht, aber dieser Artikel wird nicht nach Gewicht verkauft. Bitte die Zentrale fragen.",
  "refused.priceNeeded": "Bitte eintippen, was das kostet.",
  "refused.priceNotPositive": "Bitte einen Preis über null eingeben.",
  "refused.linkedMissing":
    "Pfand, Abgabe oder Tüte, die dazugehören, haben hier keinen Preis. Bitte die Zentrale fragen.",
  "refused.scaleLabelDamaged":
    "Das Etikett der Waage ist nicht lesbar. Bitte noch einmal scannen oder die Packung neu wiegen.",
};
