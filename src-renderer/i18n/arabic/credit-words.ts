import type { Catalogue } from "../catalogue.ts";

/** The words of store credit, in Arabic. */
export const CREDIT_ARABIC = {
  "payment.credit": "رصيد المتجر",
  "payment.creditShort": "بطاقة هدية، رصيد",
  "payment.creditCode": "رمز رصيد المتجر أو بطاقة الهدية",
  "payment.creditHint": "امسح القسيمة أو البطاقة، أو اكتب رمزها.",
  "payment.creditCheck": "استعلام",
  "payment.creditLeft": "بقي {amount}",
  "payment.creditSince": "صدر في {day}",
  "payment.creditOffline": "حسب آخر ما وصل هذا الصندوق: لا اتصال.",
  "payment.creditBound": "بلا اتصال يمكن أخذ {amount} منه على الأكثر.",
  "payment.creditAmount": "المبلغ منه",
  "payment.creditOther": "رمز آخر",
  "payment.takeCredit": "خذ {amount} من الرصيد",
  "payment.takeGiftCard": "خذ {amount} من بطاقة الهدية",
  "receipt.creditSlip": "طباعة قسيمة للدفع بها",
  "refused.creditMistyped": "ليس هذا رمز رصيد متجر ولا بطاقة هدية: فيه حرف خاطئ. امسحه، أو اكتبه مجددًا.",
  "refused.creditUnknown": "هذا الرمز غير معروف هنا. إن صدر أو بيع للتو في فرع آخر فحاول مجددًا مع اتصال.",
  "refused.creditOtherCurrency": "هذا الرمز بعملة أخرى.",
  "refused.creditHeldByAnother": "صندوق آخر يأخذ هذا الرمز الآن. حاول مجددًا بعد لحظة.",
  "refused.creditEmpty": "لم يبقَ شيء على هذا الرمز.",
  "refused.creditAboveOfflineLimit": "بلا اتصال يمكن أخذ {most} أخرى على الأكثر من هذا الرمز هنا.",
  "refused.creditExceedsBalance": "لم يبقَ على هذا الرمز سوى {most}.",
  "refused.creditExceedsRemaining": "لا يمكن أن يدفع رصيد المتجر أو بطاقة الهدية أكثر من المتبقي.",
  "refused.giftCardNeedsMoney":
    "بطاقة الهدية تُشترى بالمال: النقاط ورصيد المتجر وبطاقات الهدايا الأخرى تدفع ثمن البضاعة التي معها فقط.",
  "refused.noCredit": "لم يصدر مع هذا الإيصال رصيد متجر ولم تُبع بطاقة هدية.",
} satisfies Partial<Catalogue>;
