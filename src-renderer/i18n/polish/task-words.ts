import type { Catalogue } from "../catalogue.ts";

/** The words of what HQ asks of the store, in Polish. */
export const TASK_POLISH = {
  "bar.tasks": "Zadania",
  "bar.tasksToDo": "Zadania, do zrobienia: {count}",
  "tasks.title": "Zadania tego sklepu",
  "tasks.none": "Wszystko zrobione. Nikt na nic nie czeka.",
  "tasks.count": "Policz: {name}",
  "tasks.why.oversold": "Sprzedano więcej, niż jest w ewidencji",
  "tasks.why.handedOutTwice": "Zamówienie wydano dwa razy",
  "tasks.why.other": "Ewidencja może się nie zgadzać",
  "tasks.asked": "Prosi {who}, {time}",
  "tasks.onShelf": "Sztuki w sklepie",
  "tasks.hint": "Policz wszystko w sklepie i na zapleczu. Wpisz liczbę albo skanuj sztuka po sztuce.",
  "tasks.enter": "Wpisz, ile policzono",
  "tasks.confirm": "Jest ich {count}",
  "tasks.counted": "{name}: policzono {count}. Stan jest poprawiony.",
  "tasks.notAsked": "Nikt nie prosi o policzenie {code}.",
  "tasks.otherArticle": "{code} to inny artykuł: nie policzono go.",
  "refused.noSuchTask": "To zadanie jest już zrobione.",
} satisfies Partial<Catalogue>;
