import type { Catalogue } from "../catalogue.ts";

/** The words of practising, in Arabic. */
export const TRAINING_ARABIC = {
  "training.banner": "تدريب – لا شيء يُحتسب",
  "training.end": "إنهاء التدريب",
  "training.ended": "انتهى التدريب. من الآن يُحتسب كل شيء.",
  "training.title": "التدريب",
  "training.hint":
    "تدرّب على نسخة من أصناف هذا الفرع وأسعاره. لا يُرسل شيء ولا يُحفظ، ويبقى الدرج مغلقًا، ويُكتب على الورق «تدريب». يُقفل الصندوق أولًا.",
  "training.start": "بدء التدريب",
  "training.allow": "بدء التدريب على هذا الصندوق. ما يُباع فيه لا يُحتسب.",

  "refused.saleOpen": "أتمم ما في السلة أو علّقه أولًا.",
  "refused.notTraining": "لا تدريب على هذا الصندوق.",
} satisfies Partial<Catalogue>;
