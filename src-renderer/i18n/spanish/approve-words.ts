import type { Catalogue } from "../catalogue.ts";

/** The words with which a manager allows something in place, in Spanish. */
export const APPROVE_SPANISH = {
  "approve.title": "Hace falta el PIN de un encargado",
  "approve.confirm": "Permitir",
  "approve.explain": "Queda anotado quién lo permite. Su sesión sigue abierta.",
  "approve.problem.wrongPin": "Ese PIN no es correcto.",
  "approve.problem.tooManyTries": "Demasiados PIN incorrectos. Espere un rato o pregunte a otra persona.",
  "approve.problem.notAManager": "Esta persona tampoco puede permitirlo.",
  "approve.problem.approvalNeeded": "Hace falta el visto bueno de alguien que pueda darlo.",
  "refused.approvalNeeded": "Esto lo tiene que permitir un encargado.",
} satisfies Partial<Catalogue>;
