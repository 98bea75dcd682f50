import type { Catalogue } from "../catalogue.ts";

/** The words of a manager's PIN in place, in Arabic. */
export const APPROVE_ARABIC = {
  "approve.title": "يلزم الرمز السري للمدير",
  "approve.confirm": "الإذن",
  "approve.explain": "يُسجَّل من أذن بذلك. تبقى مسجّل الدخول.",
  "approve.problem.wrongPin": "الرمز السري غير صحيح.",
  "approve.problem.tooManyTries": "رموز سرية خاطئة كثيرة. انتظر قليلًا، أو اسأل شخصًا آخر.",
  "approve.problem.notAManager": "لا يُسمح لهذا الزميل بالإذن أيضًا.",
  "approve.problem.approvalNeeded": "يلزم لذلك إذن من يحق له.",
  "refused.approvalNeeded": "يجب أن يأذن المدير بذلك.",
} satisfies Partial<Catalogue>;
