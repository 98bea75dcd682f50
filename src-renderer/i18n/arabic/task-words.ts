import type { Catalogue } from "../catalogue.ts";

/** The words of what HQ asks of the store, in Arabic. */
export const TASK_ARABIC = {
  "bar.tasks": "المهام",
  "bar.tasksToDo": "المهام، المطلوب إنجازه: {count}",
  "tasks.title": "مهام هذا الفرع",
  "tasks.none": "أُنجز كل شيء. لا أحد ينتظر شيئًا.",
  "tasks.count": "عدّ: {name}",
  "tasks.why.oversold": "بيع أكثر مما في الدفاتر",
  "tasks.why.handedOutTwice": "سُلّم طلب مرتين",
  "tasks.why.other": "قد تكون الدفاتر خاطئة",
  "tasks.asked": "طلبه {who}، {time}",
  "tasks.onShelf": "القطع في الفرع",
  "tasks.hint": "عُدّ كل ما في العرض والمخزن. اكتب العدد، أو امسح قطعة قطعة.",
  "tasks.enter": "أدخل ما عددته",
  "tasks.confirm": "الموجود {count}",
  "tasks.counted": "{name}: عُدّ {count}. صُحّح المخزون.",
  "tasks.notAsked": "لا أحد يطلب عدّ {code}.",
  "tasks.otherArticle": "{code} صنف آخر: لم يُعدّ.",
  "refused.noSuchTask": "أُنجزت هذه المهمة من قبل.",
} satisfies Partial<Catalogue>;
