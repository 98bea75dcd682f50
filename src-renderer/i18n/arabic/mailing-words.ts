import type { Catalogue } from "../catalogue.ts";

/** The words of receipts by e-mail and of invoices, in Arabic. */
export const MAILING_ARABIC = {
  "receipt.mail": "بريد إلكتروني",
  "receipt.invoice": "فاتورة",
  "mailing.title": "إرسال {number} بالبريد الإلكتروني",
  "mailing.email": "البريد الإلكتروني للعميل",
  "mailing.language": "اللغة",
  "mailing.storeLanguage": "لغة العميل، وإلا فلغة هذا الفرع",
  "mailing.offline": "لا اتصال. يحفظ الصندوق الرسالة ويرسلها تلقائيًا عند عودة الاتصال.",
  "mailing.send": "إرسال",
  "mailing.notAnAddress": "ليس هذا بريدًا إلكترونيًا بعد. يكون مثل name@example.com.",
  "mailing.handedOver": "في الطريق إلى {email}.",
  "mailing.waits":
    "سُجّل لـ {email}. لم يُعدّ بريد هذا المتجر بعد، فقد يتأخر. اطبع الإيصال إن احتاجه العميل الآن.",
  "mailing.kept": "سيُرسل إلى {email} عند عودة الاتصال.",
  "invoice.title": "فاتورة عن الإيصال {number}",
  "invoice.name": "الشركة",
  "invoice.vatId": "الرقم الضريبي، إن وُجد",
  "invoice.street": "الشارع والرقم",
  "invoice.town": "الرمز البريدي والمدينة",
  "invoice.country": "البلد، إن كان في الخارج",
  "invoice.issue": "إصدار الفاتورة",
  "invoice.issued": "فاتورة {number}",
  "invoice.printed": "تُطبع الفاتورة.",
  "invoice.notPrinted": "لم تُعدّ أي طابعة. أرسل الفاتورة بالبريد الإلكتروني.",
  "refused.noSuchInvoice": "لم يُصدر هذا الصندوق هذه الفاتورة.",
  "refused.mailRefused": "لا يقبل الخادم هذه الرسالة. تحقق من العنوان، ثم حاول مجددًا.",
  "refused.nothingSold": "لم يُبع شيء في هذا الإيصال، فلا شيء للفوترة.",
  "refused.recipientIncomplete": "تحتاج الفاتورة إلى اسم الشركة وعنوانها.",
  "refused.vatIdNotValid": "الرقم الضريبي أحرف وأرقام فقط، مثل DE123456789.",
} satisfies Partial<Catalogue>;
