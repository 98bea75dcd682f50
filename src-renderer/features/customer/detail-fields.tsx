import { useEffect, useRef } from "react";
import { t } from "../../i18n/translate.ts";
import { Field } from "../../ui/field.tsx";
import { TextArea } from "../../ui/text-area.tsx";
import type { CustomerField } from "./customer-form.ts";
import { type FormProps, fieldOf } from "./field-of.ts";

const MAX_NOTE_CHARS = 2_000;

/** What is not asked of everybody: an address, a company for invoices, notes and preferences. */
export function DetailFields({
  form,
  set,
  isAskedFor,
}: FormProps & {
  /** Somebody pressed for them: they come into sight, and typing goes into the first. */
  readonly isAskedFor: boolean;
}) {
  const first = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isAskedFor) return;
    first.current?.querySelector("input")?.focus({ preventScroll: true });
    first.current?.scrollIntoView({ block: "start" });
  }, [isAskedFor]);
  const field = (name: CustomerField) => ({
    ...fieldOf({ form, set }, name),
    className: "min-w-0 [&>input]:w-full",
  });
  return (
    <div ref={first} className="grid grid-cols-2 gap-x-6 gap-y-4 max-[900px]:grid-cols-1">
      <fieldset className="grid min-w-0 grid-cols-[7rem_minmax(0,1fr)_5.5rem] gap-3 border-0 p-0">
        <legend className="mb-2 font-bold">{t("customer.address")}</legend>
        <div className="col-span-3">
          <Field label={t("customer.street")} maxLength={200} {...field("street")} />
        </div>
        <Field label={t("customer.postcode")} maxLength={20} {...field("postcode")} />
        <Field label={t("customer.city")} maxLength={120} {...field("city")} />
        <Field label={t("customer.country")} maxLength={2} {...field("country")} />
      </fieldset>
      <fieldset className="grid min-w-0 grid-cols-2 gap-3 border-0 p-0">
        <legend className="mb-2 font-bold">{t("customer.company")}</legend>
        <Field label={t("customer.companyName")} maxLength={120} {...field("company")} />
        <Field label={t("customer.vatId")} maxLength={40} {...field("vatId")} />
        <Field label={t("customer.street")} maxLength={120} {...field("companyStreet")} />
        <Field label={t("customer.companyTown")} maxLength={120} {...field("companyTown")} />
      </fieldset>
      <TextArea
        label={t("customer.notes")}
        rows={2}
        maxLength={MAX_NOTE_CHARS}
        {...fieldOf({ form, set }, "notes")}
      />
      <TextArea
        label={t("customer.preferences")}
        rows={2}
        maxLength={MAX_NOTE_CHARS}
        {...fieldOf({ form, set }, "preferences")}
      />
    </div>
  );
}
