import type { Catalogue } from "../catalogue.ts";

/** The words of new versions of the till, in Arabic. */
export const UPDATE_ARABIC = {
  "update.title": "إصدار هذا الصندوق",
  "update.running": "يعمل هذا الصندوق بالإصدار {version}.",
  "update.now.upToDate": "إنه محدَّث.",
  "update.now.byHand": "تريد الإدارة هنا الإصدار {version} ابتداءً من {time}: أعد تشغيل هذا الصندوق به.",
  "update.now.downloading": "يجري تنزيل الإصدار {version}.",
  "update.now.ready": "الإصدار {version} جاهز. سيُثبَّت عندما لا يكون أحد عند الصندوق.",
  "update.now.installing": "يجري تثبيت الإصدار {version}. سيعود الصندوق من تلقاء نفسه.",
  "update.waits.training": "الإصدار {version} جاهز. ينتظر انتهاء التدريب.",
  "update.waits.terminalPending": "الإصدار {version} جاهز. ينتظر رد جهاز البطاقات.",
  "update.waits.openBasket": "الإصدار {version} جاهز. ينتظر بيع كل سلة مفتوحة أو تعليقها.",
  "update.waits.paidParked": "الإصدار {version} جاهز. هناك سلة معلّقة مدفوعة جزئيًا.",
  "update.waits.unsentEntries": "الإصدار {version} جاهز. ينتظر إرسال كل شيء إلى الخادم.",
  "update.waits.notYet": "الإصدار {version} جاهز. تسمح الإدارة بتثبيته ابتداءً من {time}.",
  "update.failed.download": "تعذّر تنزيل الإصدار {version}. سيحاول الصندوق مجددًا: {time}.",
  "update.failed.install": "تعذّر تثبيت الإصدار {version}. سيحاول الصندوق مجددًا: {time}.",
  "update.install": "ثبّت الآن",
  "update.allow": "تثبيت الإصدار الجديد على هذا الصندوق الآن. سيُعاد تشغيل الصندوق.",
  "refused.training": "أنهِ التدريب أولًا.",
  "refused.openBasket": "هناك سلة مفتوحة. بعها أو علّقها أولًا، وكذلك سلال الزملاء.",
  "refused.paidParked": "هناك سلة معلّقة مدفوعة جزئيًا. أكملها أولًا.",
  "refused.unsentEntries": "لم يُرسل كل شيء إلى الخادم بعد. انتظر حتى يُرسل.",
  "refused.notYet": "لا تسمح الإدارة بتثبيت الإصدار الجديد بعد.",
  "refused.noUpdate": "لا يوجد هنا إصدار جديد لتثبيته.",
} satisfies Partial<Catalogue>;
