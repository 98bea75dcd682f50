import type { Catalogue } from "../catalogue.ts";

/** The words of what HQ asks of the store, in French. */
export const TASK_FRENCH = {
  "bar.tasks": "Tâches",
  "bar.tasksToDo": "Tâches, {count} à faire",
  "tasks.title": "Tâches de ce magasin",
  "tasks.none": "Tout est fait. Personne n’attend rien.",
  "tasks.count": "À compter : {name}",
  "tasks.why.oversold": "Il s’en est vendu plus que le stock n’en compte",
  "tasks.why.handedOutTwice": "Une commande a été remise deux fois",
  "tasks.why.other": "Le stock est peut-être faux",
  "tasks.asked": "Demandé par {who}, {time}",
  "tasks.onShelf": "Pièces en magasin",
  "tasks.hint": "Comptez tout, en rayon et en réserve. Saisissez le nombre ou scannez pièce par pièce.",
  "tasks.enter": "Saisissez ce que vous avez compté",
  "tasks.confirm": "Il y en a {count}",
  "tasks.counted": "{name} : compté {count}. Le stock est corrigé.",
  "tasks.notAsked": "Personne ne demande de compter {code}.",
  "tasks.otherArticle": "{code} est un autre article : il n’a pas été compté.",
  "refused.noSuchTask": "Cette tâche est déjà faite.",
} satisfies Partial<Catalogue>;
