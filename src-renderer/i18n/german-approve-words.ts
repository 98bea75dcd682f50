import type { APPROVE_ENGLISH } from "./approve-words.ts";

/** The words of a manager's PIN in place, in German. */
export const APPROVE_GERMAN: Readonly<Record<keyof typeof APPROVE_ENGLISH, string>> = {
  "approve.title": "Die PIN der Leitung wird gebraucht",
  "approve.confirm": "Erlauben",
  "approve.explain": "Es wird festgehalten, wer es erlaubt hat. Die Anmeldung bleibt, wie sie ist.",
  "approve.problem.wrongPin": "Die PIN stimmt nicht.",
  "approve.problem.tooManyTries": "Zu viele falsche PINs. Bitte etwas warten oder jemand anderen fragen.",
  "approve.problem.notAManager": "Diese Person darf das auch nicht erlauben.",
  "approve.problem.approvalNeeded": "Das muss jemand erlauben, der es darf.",
  "refused.approvalNeeded": "Das muss die Leitung erlauben.",
};
