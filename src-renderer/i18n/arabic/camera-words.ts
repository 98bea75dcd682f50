import type { CAMERA_ENGLISH } from "../camera-words.ts";

/** The words of scanning by camera, in Arabic. */
export const CAMERA_ARABIC: Readonly<Record<keyof typeof CAMERA_ENGLISH, string>> = {
  "camera.title": "الكاميرا",
  "camera.hint": "المسح بكاميرا هذا الجهاز: زر بجانب البحث يعرض ما تراه.",
  "camera.off": "متوقفة",
  "camera.on": "تعمل",
  "camera.which": "أي كاميرا",
  "camera.any": "أي كاميرا متاحة",
  "camera.chosen": "الكاميرا المختارة",
  "camera.unnamed": "الكاميرا {number}",
  "camera.try": "جرّب الكاميرا",
  "camera.stop": "إيقاف",
  "camera.scan": "امسح بالكاميرا",
  "camera.close": "أطفئ الكاميرا",
  "camera.starting": "يجري تشغيل الكاميرا…",
  "camera.aim": "ضع رمزًا أمام الكاميرا.",
  "camera.again": "حاول مرة أخرى",
  "camera.trouble.denied":
    "لا يُسمح للصندوق باستخدام الكاميرا. اسمح بذلك بجانب عنوان هذه الصفحة أو في إعدادات النظام، ثم حاول مرة أخرى.",
  "camera.trouble.noCamera": "لم يُعثر على كاميرا. هل هي موصولة؟",
  "camera.trouble.notThere": "الكاميرا المختارة غير موجودة. صِلها أو اختر غيرها ضمن الأجهزة.",
  "camera.trouble.inUse": "برنامج آخر يستخدم الكاميرا. أغلقها هناك ثم حاول مرة أخرى.",
  "camera.trouble.unplugged": "اختفت الكاميرا. هل هي موصولة؟",
  "camera.trouble.noDecoder": "لا يستطيع الصندوق قراءة صور الكاميرا. أعد تشغيل الصندوق.",
  "camera.trouble.failed": "لا يمكن استخدام الكاميرا.",
  "counter.allow.camera": "إعداد الكاميرا",
};
