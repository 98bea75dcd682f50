import { BadgeCheck, MessageCircleWarning, Wrench } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { MAX_CASE_TEXT_CHARS } from "#domain/cases/case.ts";
import { useScans } from "../../app/keyboard.ts";
import type { NewCaseStart } from "../../app/overlay.ts";
import { goTo } from "../../app/place.ts";
import { playTone } from "../../app/tones.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { Segments } from "../../ui/segments.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import { argsOf, type CaseForm, EMPTY_CASE_FORM, problemsOf, withPurchase } from "./case-form.ts";
import { takeIn } from "./cases-store.ts";
import { CustomerFields } from "./customer-fields.tsx";
import { articleOfCode, findPurchase, isOfReceipt } from "./find-goods.ts";
import { PhotoField } from "./photo-field.tsx";
import { type FormProps, ProductField, PurchaseField } from "./product-fields.tsx";

/** What the form begins with. */
function begun({ purchase = null, customer }: NewCaseStart): CaseForm {
  const form = { ...EMPTY_CASE_FORM, customer: customer ?? null };
  return purchase === null ? form : withPurchase(form, purchase);
}

/** A complaint, warranty case or repair is taken in: what it is, whose, what is wrong with it and what was left with it. */
export function NewCaseSheet({
  start,
  onClose,
}: {
  readonly start: NewCaseStart;
  readonly onClose: () => void;
}) {
  const [form, setForm] = useState(() => begun(start));
  const [tried, setTried] = useState(false);
  const formId = useId();
  const [problem] = problemsOf(form);
  useScans("over", (code) => void scanned(code, setForm));
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    const args = argsOf(form);
    if (args === null || (await takeIn(args)) === null) return;
    onClose();
    goTo("cases");
  }
  const props = { form, onForm: setForm };
  return (
    <Sheet
      title={t("cases.openTitle")}
      closeLabel={t("app.close")}
      onClose={onClose}
      width="wide"
      footer={
        <div className="flex items-center gap-4">
          <p role="alert" className="min-w-0 flex-1 font-semibold text-danger">
            {tried && problem !== undefined ? t(problem) : null}
          </p>
          <Button type="submit" form={formId} look="primary" size="huge" className="min-w-72">
            {t("cases.openConfirm")}
          </Button>
        </div>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => void submit(event)}
        noValidate
        className="grid grid-cols-2 gap-x-6 gap-y-4"
      >
        <KindChoice {...props} />
        <div className="flex min-w-0 flex-col gap-4">
          <PurchaseField {...props} />
          <ProductField {...props} />
          <TextArea
            label={t("cases.fault")}
            rows={3}
            maxLength={MAX_CASE_TEXT_CHARS}
            value={form.fault}
            onChange={(event) => setForm({ ...form, fault: event.target.value })}
          />
          <PhotoField
            photos={form.photos}
            onPhotos={(change) => setForm((now) => ({ ...now, photos: change(now.photos) }))}
          />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <CustomerFields {...props} />
          <DetailFields {...props} />
        </div>
      </form>
    </Sheet>
  );
}

function KindChoice({ form, onForm }: FormProps) {
  return (
    <div className="col-span-2">
      <Segments
        segments={[
          {
            value: "complaint",
            words: t("cases.kind.complaint"),
            icon: <MessageCircleWarning aria-hidden size={22} />,
          },
          {
            value: "warranty",
            words: t("cases.kind.warranty"),
            icon: <BadgeCheck aria-hidden size={22} />,
          },
          { value: "repair", words: t("cases.kind.repair"), icon: <Wrench aria-hidden size={22} /> },
        ]}
        chosen={form.kind}
        onChoose={(kind) => onForm((now) => ({ ...now, kind }))}
      />
    </div>
  );
}

/** A receipt brings its purchase, anything else is the article itself. */
async function scanned(code: string, onForm: (change: (form: CaseForm) => CaseForm) => void): Promise<void> {
  if (isOfReceipt(code)) {
    const found = await findPurchase(code);
    if (found === null) return;
    onForm((form) => withPurchase(form, found));
  } else {
    const product = await articleOfCode(code);
    if (product === null) return;
    onForm((form) => ({ ...form, product }));
  }
  playTone("ok");
}

function DetailFields({ form, onForm }: FormProps) {
  const set = (change: Partial<CaseForm>) => onForm((now) => ({ ...now, ...change }));
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field
        label={t("cases.condition")}
        className="col-span-2"
        autoComplete="off"
        maxLength={500}
        value={form.condition}
        onChange={(event) => set({ condition: event.target.value })}
      />
      <Field
        label={t("cases.accessories")}
        className="col-span-2"
        autoComplete="off"
        maxLength={500}
        value={form.accessories}
        onChange={(event) => set({ accessories: event.target.value })}
      />
      <Field
        label={t("cases.serial")}
        className="min-w-0 [&>input]:w-full"
        autoComplete="off"
        maxLength={120}
        value={form.serial}
        onChange={(event) => set({ serial: event.target.value })}
      />
      <Field
        label={t("cases.deadline")}
        hint={form.day === "" ? t("cases.deadlineDefault") : ""}
        className="min-w-0 [&>input]:w-full"
        type="date"
        value={form.day}
        onChange={(event) => set({ day: event.target.value })}
      />
    </div>
  );
}
