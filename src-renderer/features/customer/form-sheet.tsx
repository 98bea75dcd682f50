import { ChevronDown, UserRoundPlus } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import type { Customer } from "#domain/customer/customer.ts";
import { RECEIPT_LANGUAGES } from "#domain/receipt/language.ts";
import { inTurn } from "../../app/in-turn.ts";
import { useScans } from "../../app/keyboard.ts";
import { useLikeCustomers } from "../../app/like-customers.ts";
import { openOverlay } from "../../app/overlay.ts";
import { pressedOnce } from "../../app/pressed-once.ts";
import { ask, tell, useLocale } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Button } from "../../ui/button.tsx";
import { Field } from "../../ui/field.tsx";
import { LanguageChoice } from "../../ui/language-choice.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { ConsentChoice } from "./consent-choice.tsx";
import {
  type CustomerForm,
  emptyForm,
  formOf,
  formProblems,
  hasDetails,
  likelyText,
  saidBy,
} from "./customer-form.ts";
import { attachCustomer } from "./customer-store.ts";
import { DetailFields } from "./detail-fields.tsx";
import { type FormProps, fieldOf } from "./field-of.ts";
import { KnownAlready } from "./known-already.tsx";

/** Registers a customer, or edits one who is known: with and without a connection. A card that is scanned meanwhile is theirs. */
export function CustomerFormSheet({
  known,
  searched,
  onClose,
}: {
  /** Null: somebody new. */
  readonly known: Customer | null;
  readonly searched: string;
  readonly onClose: () => void;
}) {
  const locale = useLocale();
  const [form, setForm] = useState(() =>
    known === null ? emptyForm(locale, searched) : formOf(known, locale),
  );
  const [hadMore] = useState(() => hasDetails(form));
  const [hasMore, setHasMore] = useState(hadMore);
  const [tried, setTried] = useState(false);
  const formId = useId();
  const set = (change: Partial<CustomerForm>) => setForm((now) => ({ ...now, ...change }));
  useScans("over", (code) => set({ cardNumber: code }));
  const like = useLikeCustomers(known === null ? likelyText(form) : null);
  const [problem] = tried ? formProblems(form, known, locale) : [];

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (formProblems(form, known, locale).length > 0) return;
    const said = saidBy(form, known, locale);
    await pressedOnce("saveCustomer", { known: known?.id ?? null, said }, async () => {
      const answer = await inTurn(() =>
        known === null ? ask("registerCustomer", said) : ask("editCustomer", { customer: known.id, ...said }),
      );
      if (answer?.ok !== true) return;
      if (known === null) await attachCustomer(answer.value.id);
      else openOverlay({ kind: "customer", customer: answer.value.id });
      tell("done", t(known === null ? "customer.registered" : "customer.saved", { name: answer.value.name }));
    });
  }

  return (
    <Sheet
      title={known === null ? t("customer.register") : t("customer.edit", { name: known.name })}
      closeLabel={t("app.close")}
      onClose={onClose}
      width="wide"
      footer={
        <div className="flex flex-col gap-2">
          <p role="alert" className="font-semibold text-danger empty:hidden">
            {problem === undefined ? null : t(`refused.${problem}`)}
          </p>
          <Button type="submit" form={formId} look="primary" size="huge" icon={<UserRoundPlus aria-hidden />}>
            {known === null ? t("customer.registerAndAttach") : t("customer.save")}
          </Button>
        </div>
      }
    >
      <form id={formId} onSubmit={(event) => void save(event)} noValidate className="flex flex-col gap-4">
        <MainFields form={form} set={set} />
        <KnownAlready like={like} />
        <div className="grid grid-cols-2 gap-x-6 gap-y-4 max-[900px]:grid-cols-1">
          <ConsentChoice
            consents={form.consents}
            known={known}
            onChoose={(purpose, given) => set({ consents: { ...form.consents, [purpose]: given } })}
          />
          <div className="flex flex-col gap-4">
            <LanguageChoice
              label={t("customer.language")}
              none={t("customer.languageOfStore")}
              languages={RECEIPT_LANGUAGES}
              chosen={form.language}
              onChoose={(language) => set({ language })}
            />
            {hasMore ? null : (
              <Button
                size="large"
                icon={<ChevronDown aria-hidden />}
                aria-expanded={false}
                onClick={() => setHasMore(true)}
              >
                {t("customer.more")}
              </Button>
            )}
          </div>
        </div>
        {hasMore ? <DetailFields form={form} set={set} isAskedFor={!hadMore} /> : null}
      </form>
    </Sheet>
  );
}

function MainFields(props: FormProps) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label={t("customer.name")} data-first-focus maxLength={200} {...fieldOf(props, "name")} />
      <Field label={t("customer.email")} type="email" maxLength={254} {...fieldOf(props, "email")} />
      <Field label={t("customer.phone")} type="tel" maxLength={40} {...fieldOf(props, "phone")} />
      <Field
        label={t("customer.card")}
        placeholder={t("customer.cardHint")}
        maxLength={40}
        {...fieldOf(props, "cardNumber")}
      />
    </div>
  );
}
