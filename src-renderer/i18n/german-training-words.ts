import type { TRAINING_ENGLISH } from "./training-words.ts";

/** The words of practising, in German. */
export const TRAINING_GERMAN: Readonly<Record<keyof typeof TRAINING_ENGLISH, string>> = {
  "training.banner": "ÜBUNG – nichts davon zählt",
  "training.end": "Übung beenden",
  "training.ended": "Die Übung ist vorbei. Ab jetzt zählt alles.",
  "training.title": "Übung",
  "training.hint":
    "Üben mit einer Kopie der Artikel und Preise dieser Filiale. Nichts wird gesendet oder aufgehoben, die Schublade bleibt zu, und auf dem Papier steht ÜBUNG. Vorher wird die Kasse gesperrt.",
  "training.start": "Übung beginnen",
  "training.allow": "An dieser Kasse üben. Nichts, was dabei verkauft wird, zählt.",

  "refused.saleOpen": "Bitte erst den Warenkorb abschließen oder parken.",
  "refused.notTraining": "An dieser Kasse wird nicht geübt.",
};
