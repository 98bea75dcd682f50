import { movementsOfTicket } from "../stock/movements.ts";
import type { StockMovement } from "../stock/stock.ts";
import type { Ticket } from "../ticket/ticket.ts";
import type { Fact, FactType, JournalEntry } from "./entry.ts";

/** What a fact changes. The server books it, the till's overlay folds it: the same table serves both. */
export interface EntryEffects {
  readonly tickets: readonly Ticket[];
  readonly movements: readonly StockMovement[];
}

const NOTHING: EntryEffects = { tickets: [], movements: [] };

type EffectTable = { readonly [T in FactType]: (fact: Extract<Fact, { readonly type: T }>) => EntryEffects };

const EFFECTS: EffectTable = {
  "epoch.begun": () => NOTHING,
  "staff.signedIn": () => NOTHING,
  "staff.signedOut": () => NOTHING,
  "ticket.completed": ({ ticket }) => ({ tickets: [ticket], movements: movementsOfTicket(ticket) }),
  "receipt.reprinted": () => NOTHING,
};

export function effectsOfFact<T extends FactType>(fact: Extract<Fact, { readonly type: T }>): EntryEffects {
  const effect: EffectTable[T] = EFFECTS[fact.type as T];
  return effect(fact);
}

export function effectsOf(entry: JournalEntry): EntryEffects {
  return effectsOfFact(entry.fact);
}
