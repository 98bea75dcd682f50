import type { Catalogue } from "../catalogue.ts";

/** The words of practising, in French. */
export const TRAINING_FRENCH = {
  "training.banner": "EXERCICE – rien ne compte",
  "training.end": "Terminer l’exercice",
  "training.ended": "L’exercice est terminé. À partir de maintenant, tout compte.",
  "training.title": "Exercice",
  "training.hint":
    "S’exercer sur une copie des articles et des prix de ce magasin. Rien n’est envoyé ni gardé, le tiroir reste fermé et le papier porte la mention EXERCICE. La caisse se verrouille d’abord.",
  "training.start": "Commencer l’exercice",
  "training.allow": "S’exercer à cette caisse. Rien de ce qui y est vendu ne compte.",
  "refused.saleOpen": "Terminez ou mettez d’abord en attente ce qui est dans le panier.",
  "refused.notTraining": "Aucun exercice n’est en cours à cette caisse.",
} satisfies Partial<Catalogue>;
