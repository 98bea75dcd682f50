import type { Catalogue } from "../catalogue.ts";

/** The words of what HQ asks of the store, in Spanish. */
export const TASK_SPANISH = {
  "bar.tasks": "Tareas",
  "bar.tasksToDo": "Tareas, {count} por hacer",
  "tasks.title": "Tareas de esta tienda",
  "tasks.none": "Todo hecho. Nadie espera nada.",
  "tasks.count": "Contar: {name}",
  "tasks.why.oversold": "Se vendió más de lo que consta",
  "tasks.why.handedOutTwice": "Un pedido se entregó dos veces",
  "tasks.why.other": "Puede que el stock no cuadre",
  "tasks.asked": "Lo pide {who}, {time}",
  "tasks.onShelf": "Unidades en la tienda",
  "tasks.hint":
    "Cuente todo lo que hay a la venta y en el almacén. Escriba la cifra o escanee unidad por unidad.",
  "tasks.enter": "Escriba lo que ha contado",
  "tasks.confirm": "Hay {count}",
  "tasks.counted": "{name}: contado {count}. El stock está corregido.",
  "tasks.notAsked": "Nadie pide contar {code}.",
  "tasks.otherArticle": "{code} es otro artículo: no se ha contado.",
  "refused.noSuchTask": "Esta tarea ya está hecha.",
} satisfies Partial<Catalogue>;
