import { UserRound, UserRoundCheck } from "lucide-react";
import { useLikeCustomers } from "../../app/like-customers.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import type { CaseForm } from "./case-form.ts";
import type { FormProps } from "./product-fields.tsx";

const MIN_LETTERS = 2;

/** Who comes with it: a customer whom the chain knows, found by their name as one types, else what they give to be called back. */
export function CustomerFields({ form, onForm }: FormProps) {
  const isToFind = form.customer === null && form.name.trim().length >= MIN_LETTERS;
  const like = useLikeCustomers(isToFind ? form.name : null);
  const set = (change: Partial<CaseForm>) => onForm((now) => ({ ...now, ...change }));
  if (form.customer !== null)
    return (
      <div className="flex items-center justify-between gap-3 rounded-2xl bg-brand-soft py-1 pe-1 ps-4">
        <p className="flex min-w-0 items-center gap-3 font-semibold text-lg">
          <UserRoundCheck aria-hidden className="shrink-0" />
          <bdi className="line-clamp-1">
            {form.customer.name === "" ? t("cases.known") : form.customer.name}
          </bdi>
        </p>
        <Button look="quiet" onClick={() => set({ customer: null })}>
          {t("cases.changeCustomer")}
        </Button>
      </div>
    );
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field
        label={t("cases.name")}
        className="col-span-2"
        autoComplete="off"
        maxLength={200}
        value={form.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <ul className="col-span-2 -mt-1 flex flex-col gap-1 empty:hidden">
        {like.map(({ id, name, phone, email }) => (
          <li key={id}>
            <button
              type="button"
              aria-label={t("cases.choose", { name })}
              onClick={() => set({ customer: { id, name } })}
              className="press flex min-h-12 w-full items-center gap-2 rounded-xl border border-line bg-surface px-3 text-start hover:border-brand"
            >
              <UserRound aria-hidden size={18} className="shrink-0 text-ink-soft" />
              <bdi className="line-clamp-1 min-w-0 flex-1">{name}</bdi>
              <span className="figures shrink-0 text-ink-soft text-sm">{phone ?? email}</span>
            </button>
          </li>
        ))}
      </ul>
      <Field
        label={t("cases.phone")}
        className="min-w-0 [&>input]:w-full"
        type="tel"
        autoComplete="off"
        maxLength={40}
        value={form.phone}
        onChange={(event) => set({ phone: event.target.value })}
      />
      <Field
        label={t("cases.email")}
        className="min-w-0 [&>input]:w-full"
        type="email"
        autoComplete="off"
        maxLength={254}
        value={form.email}
        onChange={(event) => set({ email: event.target.value })}
      />
      <p className="col-span-2 -mt-1 text-ink-soft text-sm">{t("cases.contactHint")}</p>
    </div>
  );
}
