import type { Catalogue } from "../catalogue.ts";

/** The words of practising, in Spanish. */
export const TRAINING_SPANISH = {
  "training.banner": "PRÁCTICA – nada cuenta",
  "training.end": "Terminar la práctica",
  "training.ended": "La práctica ha terminado. A partir de ahora todo cuenta.",
  "training.title": "Práctica",
  "training.hint":
    "Practicar con una copia de los artículos y precios de esta tienda. No se envía ni se guarda nada, el cajón queda cerrado y en el papel pone PRÁCTICA. Antes se bloquea la caja.",
  "training.start": "Empezar la práctica",
  "training.allow": "Practicar en esta caja. Nada de lo que se venda cuenta.",
  "refused.saleOpen": "Termine o aparque antes lo que hay en la cesta.",
  "refused.notTraining": "En esta caja no se está practicando.",
} satisfies Partial<Catalogue>;
