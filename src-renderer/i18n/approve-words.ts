/** The words of a manager's PIN in place, in English. */
export const APPROVE_ENGLISH = {
  "approve.title": "A manager’s PIN is needed",
  "approve.confirm": "Allow it",
  "approve.explain": "It is written down who allowed it. You stay signed in.",
  "approve.problem.wrongPin": "That PIN is not right.",
  "approve.problem.tooManyTries": "Too many wrong PINs. Wait a while, or ask somebody else.",
  "approve.problem.notAManager": "This colleague may not allow it either.",
  "approve.problem.approvalNeeded": "This needs the word of somebody who may do it.",
  "refused.approvalNeeded": "A manager must allow this.",
} as const;
