import type { Catalogue } from "../catalogue.ts";

/** The words with which a manager allows something in place, in French. */
export const APPROVE_FRENCH = {
  "approve.title": "Il faut le code PIN d’un responsable",
  "approve.confirm": "Autoriser",
  "approve.explain": "Le nom de qui l’autorise est consigné. Vous restez identifié.",
  "approve.problem.wrongPin": "Ce code PIN n’est pas le bon.",
  "approve.problem.tooManyTries": "Trop de codes PIN erronés. Patientez, ou demandez à quelqu’un d’autre.",
  "approve.problem.notAManager": "Cette personne ne peut pas l’autoriser non plus.",
  "approve.problem.approvalNeeded": "Il faut l’accord de quelqu’un qui y est autorisé.",
  "refused.approvalNeeded": "Un responsable doit l’autoriser.",
} satisfies Partial<Catalogue>;
