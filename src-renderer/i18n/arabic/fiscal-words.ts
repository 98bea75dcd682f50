import type { Catalogue } from "../catalogue.ts";

/** The words of the fiscal device: setting it up, and how it is. In Arabic. */
export const FISCAL_ARABIC = {
  "fiscal.title": "الجهاز الضريبي",
  "fiscal.none": "لم يُعدّ جهاز ضريبي: لا توقَّع المبيعات بجهاز.",
  "fiscal.simulator": "محاكٍ (للتجربة، غير معتمد)",
  "fiscal.works": "يعمل. الرقم التسلسلي {serial}، عدد العمليات {transactions}، عدّاد التوقيعات {counter}.",
  "fiscal.failed": "لا يوقّع: {why} البيع مستمر، والإيصالات تذكر ذلك.",
  "fiscal.why.gone": "لا يمكن الوصول إليه.",
  "fiscal.why.slow": "لا يستجيب في الوقت المحدد.",
  "fiscal.why.full": "ذاكرته ممتلئة.",
  "fiscal.why.certificateExpired": "انتهت صلاحية شهادته.",
  "fiscal.why.refused": "لم يقبل عملية البيع.",
  "fiscal.setUp": "إعداد المحاكي",
  "fiscal.remove": "إزالة",
  "fiscal.test": "اسأله الآن",
  "fiscal.saved": "حُفظ الجهاز الضريبي",
  "fiscal.allow": "الإذن بالجهاز الضريبي",
  "fiscal.reason": "إعداد",
  "refused.noDriver": "لا برنامج تشغيل لمثل هذا الجهاز على هذا الصندوق.",
} satisfies Partial<Catalogue>;
