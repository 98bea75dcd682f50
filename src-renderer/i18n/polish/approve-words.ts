import type { Catalogue } from "../catalogue.ts";

/** The words of a manager's PIN in place, in Polish. */
export const APPROVE_POLISH = {
  "approve.title": "Potrzebny PIN kierownika",
  "approve.confirm": "Zezwól",
  "approve.explain": "Zostanie zapisane, kto na to zezwolił. Zalogowana osoba się nie zmienia.",
  "approve.problem.wrongPin": "Ten PIN jest nieprawidłowy.",
  "approve.problem.tooManyTries": "Za dużo błędnych PIN-ów. Odczekaj chwilę albo poproś kogoś innego.",
  "approve.problem.notAManager": "Ta osoba też nie może na to zezwolić.",
  "approve.problem.approvalNeeded": "Musi na to zezwolić ktoś, kto ma takie prawo.",
  "refused.approvalNeeded": "Musi na to zezwolić kierownik.",
} satisfies Partial<Catalogue>;
