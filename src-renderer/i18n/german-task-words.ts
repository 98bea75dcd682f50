import type { TASK_ENGLISH } from "./task-words.ts";

/** The words of what HQ asks of the store, in German. */
export const TASK_GERMAN: Readonly<Record<keyof typeof TASK_ENGLISH, string>> = {
  "bar.tasks": "Aufgaben",
  "bar.tasksToDo": "Aufgaben, {count} offen",
  "tasks.title": "Aufgaben dieser Filiale",
  "tasks.none": "Alles erledigt. Niemand wartet auf etwas.",
  "tasks.count": "Zählen: {name}",
  "tasks.why.oversold": "Es wurde mehr verkauft, als in den Büchern steht",
  "tasks.why.handedOutTwice": "Ein Auftrag wurde zweimal ausgegeben",
  "tasks.why.other": "Die Bücher stimmen vielleicht nicht",
  "tasks.asked": "Gefragt von {who}, {time}",
  "tasks.onShelf": "Stück in der Filiale",
  "tasks.hint": "Alles im Verkauf und im Lager zählen. Die Zahl eintippen oder Stück für Stück scannen.",
  "tasks.enter": "Gezählte Menge eingeben",
  "tasks.confirm": "{count} gezählt",
  "tasks.counted": "{name}: {count} gezählt. Der Bestand ist berichtigt.",
  "tasks.notAsked": "Niemand fragt nach {code}.",
  "tasks.otherArticle": "{code} ist ein anderer Artikel und wurde nicht gezählt.",
  "refused.noSuchTask": "Diese Aufgabe ist schon erledigt.",
};
